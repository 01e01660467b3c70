package closing

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"anquanda/internal/identity/personal"
	"anquanda/internal/report"
	"anquanda/internal/report/tally"
	"anquanda/internal/sheet"
)

// Tables are all figures as the sheets of a workbook, in the order in which an office asks
// for them. Parts of fewer than report.SmallGroup people are not told.
func (f *Figures) Tables() []sheet.Table {
	tables := []sheet.Table{f.totalsTable(), f.daysTable(), f.levelsTable(), f.unitsTable(),
		partsTable("渠道", f.Channels), partsTable("组别", f.Divisions), f.missedTable(), f.prizesTable(),
		f.drawingsTable(), f.offlineTable(), f.entriesTable(), f.changesTable()}
	if len(f.honoured) > 0 {
		tables = append(tables, f.honoursTable())
	}
	if len(f.Pairings) > 0 {
		tables = append(tables, f.pairingsTable())
	}
	if len(f.Lists) > 0 {
		tables = append(tables, f.listsTable())
	}
	if len(f.Choices) > 0 {
		tables = append(tables, choicesTable("登记的选项", f.Choices))
	}
	if len(f.Polls) > 0 {
		tables = append(tables, choicesTable("答完后的问题", f.Polls))
	}
	return tables
}

func (f *Figures) totalsTable() sheet.Table {
	t := sheet.Table{Name: "总数", Header: []string{"项目", "数量", "单位", "怎样统计"}, Widths: []float64{26, 16, 8, 60}}
	t.Rows = [][]any{
		{"活动名称", f.Title, "", ""},
		{"主办", f.Organizer, "", ""},
		{"活动时间", minute(f.Opens) + " 至 " + end(f.Closes), "", ""},
		{"统计时间", minute(f.At), "", "这份材料里的数都数到这一刻"},
		{"报名人数", int(f.Enrolled), "人", "填过昵称、进入活动的人，不管有没有答完"},
		{"参与人数", int(f.Whole.Players), "人", "至少答完一次的人，每人只数一次"},
		{"答题次数", int(f.Whole.Attempts), "人次", "答完的次数；核查中扣下的不算"},
		{"答题数量", int(f.Whole.Answers), "道", "答完的那些次里回答的题"},
		{"答对数量", int(f.Whole.Correct), "道", ""},
		{"正确率", percent(f.Whole.Correct, f.Whole.Answers), "", "答对数量除以答题数量"},
		{"通过次数", int(f.Whole.Passed), "人次", "达到通过线的次数"},
		{"分享次数", int(f.Events[tally.Shared]), "次", ""},
		{"邀请来的人", int(f.Events[tally.Invited]), "人", "从别人的邀请链接进来的人"},
		{"抽奖次数", int(f.Events[tally.Drawn]), "次", "即时抽奖"},
		{"倡议签名", int(f.Pledges.Signed), "人", "每人只数一次"},
		{"最长的接力", int(f.Pledges.Deepest), "人", ""},
		{"直播答题场数", int(f.Rooms.Played), "场", "演练不算"},
		{"直播答题进场", int(f.Rooms.Members), "人次", ""},
		{"直播答题作答", int(f.Rooms.Answers), "次", "改答案不重复数"},
	}
	return t
}

func (f *Figures) daysTable() sheet.Table {
	t := sheet.Table{Name: "每日", Header: []string{"日期", "参与人数", "首次参与", "答题次数", "答题数量", "正确率", "通过次数",
		"报名", "分享", "抽奖", "倡议签名"}, Widths: []float64{14, 12, 12, 12, 12, 10, 12, 10, 10, 10, 10}}
	for _, d := range f.Days {
		t.Rows = append(t.Rows, []any{dayText(d.Day), int(d.Players), int(d.FirstTimers), int(d.Attempts), int(d.Answers),
			percent(d.Correct, d.Answers), int(d.Passed), int(d.Events[tally.Joined]), int(d.Events[tally.Shared]),
			int(d.Events[tally.Drawn]), int(d.Events[tally.Pledged])})
	}
	return t
}

func (f *Figures) levelsTable() sheet.Table {
	t := sheet.Table{Name: "关卡", Header: []string{"关卡", "参与人数", "答题次数", "通过次数", "通过率", "答题数量", "正确率"},
		Widths: []float64{28, 12, 12, 12, 10, 12, 10}}
	for _, l := range f.Levels {
		t.Rows = append(t.Rows, []any{l.Title, int(l.Players), int(l.Attempts), int(l.Passed),
			percent(l.Passed, l.Attempts), int(l.Answers), percent(l.Correct, l.Answers)})
	}
	return t
}

func (f *Figures) unitsTable() sheet.Table {
	t := sheet.Table{Name: "单位", Header: []string{"编码", "单位", "全称", "层级", "应参加人数", "报名人数", "参与人数", "参与率",
		"答题次数", "通过次数", "正确率"}, Widths: []float64{14, 26, 40, 6, 12, 12, 12, 10, 12, 12, 10}}
	for i := range f.Units {
		t.Rows = append(t.Rows, unitRow(&f.Units[i]))
	}
	return t
}

func unitRow(l *report.UnitLine) []any {
	code, name := "", "没有单位的参赛者"
	if l.Unit != nil {
		code, name = l.Unit.Code, l.Unit.Name
	}
	row := []any{code, name, l.Path, l.Depth, count(l.Heads)}
	if l.Hidden() {
		return append(row, tooFew, "", "", "", "", "")
	}
	part, known := l.Participation()
	rate := ""
	if known {
		rate = report.Percent(part)
	}
	return append(row, int(l.Enrolled), int(l.Players), rate, int(l.Attempts), int(l.Passed),
		percent(l.Correct, l.Answers))
}

func partsTable(name string, parts []Part) sheet.Table {
	t := sheet.Table{Name: name, Header: []string{name, "参与人数", "答题次数", "通过次数", "答题数量", "正确率"},
		Widths: []float64{28, 12, 12, 12, 12, 10}}
	for _, p := range parts {
		row := []any{p.Title, tooFew, "", "", "", ""}
		if !p.Hidden() {
			row = []any{p.Title, int(p.Players), int(p.Attempts), int(p.Passed), int(p.Answers), percent(p.Correct, p.Answers)}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func choicesTable(name string, choices []personal.Choice) sheet.Table {
	t := sheet.Table{Name: name, Header: []string{"项目", "选项", "选的人数"}, Widths: []float64{20, 24, 12}}
	add := func(label string, options []report.Option) {
		for _, o := range options {
			row := []any{label, o.Title, int(o.People)}
			if o.Hidden {
				row[2] = "人少，不显示"
			}
			t.Rows = append(t.Rows, row)
		}
	}
	for _, c := range choices {
		add(c.Field.Label, report.OptionsOf(c))
	}
	add(report.ClassesLabel, report.ClassesOf(choices))
	return t
}

func (f *Figures) missedTable() sheet.Table {
	t := sheet.Table{Name: "最容易答错", Header: []string{"题目", "正确答案", "依据", "答过的人", "第一次答错的人", "答错的比例"},
		Widths: []float64{60, 40, 40, 12, 16, 12}}
	for _, m := range f.Missed {
		t.Rows = append(t.Rows, []any{m.Stem, m.Answer, m.Source, int(m.People), int(m.Wrong), report.Percent(m.Part())})
	}
	return t
}

func (f *Figures) prizesTable() sheet.Table {
	t := sheet.Table{Name: "奖品", Header: []string{"奖品", "中奖", "已发放", "退回", "中奖价值（元）", "已发放价值（元）"},
		Widths: []float64{30, 10, 10, 10, 16, 16}}
	var won, given, back, cents, settled int64
	for _, p := range f.Prizes {
		t.Rows = append(t.Rows, []any{p.Title, int(p.Won), int(p.Given), int(p.Back), yuan(p.Cents), yuan(p.Settled)})
		won, given, back, cents, settled = won+p.Won, given+p.Given, back+p.Back, cents+p.Cents, settled+p.Settled
	}
	if len(f.Prizes) > 0 {
		t.Rows = append(t.Rows, []any{"合计", int(won), int(given), int(back), yuan(cents), yuan(settled)})
	}
	return t
}

func (f *Figures) drawingsTable() sheet.Table {
	t := sheet.Table{Name: "公开摇奖", Header: []string{"摇奖", "公布时间", "名单人数", "中奖人数", "名单指纹"},
		Widths: []float64{30, 18, 12, 12, 44}}
	for _, d := range f.Drawings {
		t.Rows = append(t.Rows, []any{d.Title, minute(d.At), int(d.People), int(d.Winners), d.Fingerprint})
	}
	return t
}

func (f *Figures) changesTable() sheet.Table {
	t := sheet.Table{Name: "规则修改", Header: []string{"时间", "原因", "改了什么"}, Widths: []float64{18, 40, 80}}
	for _, c := range f.Changes {
		var what []string
		for _, d := range c.Differences {
			what = append(what, d.Section+"："+strings.Join(d.Come, "；"))
		}
		t.Rows = append(t.Rows, []any{minute(c.At), c.Reason, strings.Join(what, "\n")})
	}
	return t
}

// tooFew stands where figures would tell of single people.
var tooFew = "少于 " + strconv.Itoa(report.SmallGroup) + " 人"

func minute(at time.Time) string { return at.Format("2006年1月2日 15:04") }

// end is the moment that something ends; midnight is told as the end of the day before, as on
// the rules page (ISO 8601-1, 4.2.3).
func end(at time.Time) string {
	if at.Hour() == 0 && at.Minute() == 0 {
		return at.AddDate(0, 0, -1).Format("2006年1月2日") + " 24:00"
	}
	return minute(at)
}

// dayText is a day yyyymmdd as people write it.
func dayText(day int) string { return fmt.Sprintf("%d月%d日", day/100%100, day%100) }

// percent is a part of a whole in per cent; empty without a whole.
func percent(part, whole int64) string {
	if whole == 0 {
		return ""
	}
	return report.Percent(float64(part) / float64(whole))
}

func yuan(cents int64) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

// count is a number, or nothing where it is not known.
func count(n int64) any {
	if n == 0 {
		return ""
	}
	return int(n)
}
