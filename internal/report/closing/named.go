package closing

import (
	"math"
	"time"

	"anquanda/internal/report"
	"anquanda/internal/report/offline"
	"anquanda/internal/report/tally"
)

// Named are the figures under the names by which tables of other offices are filled; each
// name once. A division of so few people that its figures would tell of them is left out.
func (f *Figures) Named() (named []offline.Counted) {
	taken := map[string]bool{}
	add := func(name string, value float64, measure string) {
		taken[name] = true
		named = append(named, offline.Counted{Name: name, Value: value, Measure: measure})
	}
	whole := func(name string, value int64, measure string) { add(name, float64(value), measure) }
	whole("报名人数", f.Enrolled, "人")
	whole("参与人数", f.Whole.Players, "人")
	whole("答题次数", f.Whole.Attempts, "人次")
	whole("答题数量", f.Whole.Answers, "道")
	whole("答对数量", f.Whole.Correct, "道")
	add("正确率", math.Round(1000*accuracy(f.Whole.Correct, f.Whole.Answers))/10, "%")
	whole("通过次数", f.Whole.Passed, "人次")
	whole("分享次数", f.Events[tally.Shared], "次")
	whole("邀请来的人", f.Events[tally.Invited], "人")
	whole("抽奖次数", f.Events[tally.Drawn], "次")
	whole("倡议签名", f.Pledges.Signed, "人")
	whole(longestRelay, f.Pledges.Deepest, "人")
	whole("直播答题场数", f.Rooms.Played, "场")
	whole("直播答题进场", f.Rooms.Members, "人次")
	whole("直播答题作答", f.Rooms.Answers, "次")
	won, given, cents := f.prizeSums()
	whole("中奖份数", won, "份")
	whole("发放份数", given, "份")
	add("奖品价值", float64(cents)/100, "元")
	whole("公开摇奖次数", int64(len(f.Drawings)), "次")
	whole("参与单位数", int64(f.activeUnits()), "个")
	for _, part := range f.Divisions {
		if name := part.Title + "参与人数"; !part.Hidden() && !taken[name] {
			whole(name, part.Players, "人")
		}
	}
	for _, class := range report.ClassesOf(f.Choices) {
		if name := class.Title + "人数"; !class.Hidden && !taken[name] {
			whole(name, class.People, "人")
		}
	}
	for _, total := range f.offlineTotals() {
		name := total.Title
		if taken[name] {
			name += "（线下）"
		}
		whole(name, total.Value, total.Measure)
	}
	return append(named, f.sinceLast(named)...)
}

// sinceLast are the figures that add up, without what they were when the last period
// ended: weekly tables ask for what is new.
func (f *Figures) sinceLast(named []offline.Counted) (fresh []offline.Counted) {
	before := map[string]float64{}
	for _, c := range f.Before {
		before[c.Name] = c.Value
	}
	for _, c := range named {
		if c.Measure != "%" && c.Name != longestRelay {
			c.Value -= before[c.Name]
			c.Name += "（本期）"
			fresh = append(fresh, c)
		}
	}
	return fresh
}

const longestRelay = "最长的接力"

func (f *Figures) prizeSums() (won, given, cents int64) {
	for _, p := range f.Prizes {
		won, given, cents = won+p.Won, given+p.Given, cents+p.Cents
	}
	return won, given, cents
}

// activeUnits counts the units that somebody played for.
func (f *Figures) activeUnits() (n int) {
	for i := range f.Units {
		if l := &f.Units[i]; l.Unit != nil && l.Unit.GoneAt == 0 && l.Players > 0 {
			n++
		}
	}
	return n
}

// moment writes UTC milliseconds in the contest's zone.
func (f *Figures) moment(ms int64) string { return minute(time.UnixMilli(ms).In(f.At.Location())) }
