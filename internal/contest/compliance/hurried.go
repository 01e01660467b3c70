package compliance

import (
	"fmt"
	"strconv"

	"anquanda/internal/contest"
	"anquanda/internal/question"
)

const ruleRead = "公平的要求，不是某一条法律：读得慢的人也要来得及读完。按每秒约 4 个汉字、每张图 5 秒估计，是设定的数"

// Hurried warns of levels that give a question less time than reading it takes a slow reader
// (contest.SlowReading). It is apart from Check, which knows no bank: banks are the
// questions in the order of Definition.Banks, and it passes over one that is nil.
func Hurried(d *contest.Definition, banks [][]question.Question) (hurried []Concern) {
	for bank, questions := range banks {
		readings := readingsOf(questions)
		for i := range d.Levels {
			l := &d.Levels[i]
			if d.BankIndex(i) != bank || l.Whole() {
				continue
			}
			pools, err := l.Pools(questions)
			if err != nil { // it cannot be played, which is said elsewhere
				continue
			}
			if message := readings.late(l, questions, pools); message != "" {
				hurried = append(hurried, Concern{Code: "hurried", Path: fmt.Sprintf("levels[%d].time.question", i),
					Severity: Warning, Message: message, Rule: ruleRead, Accepted: accepted(d, "hurried")})
			}
		}
	}
	return hurried
}

// readings are what the questions of a bank take to be read, in ms.
type readings []struct{ asked, material int64 }

func readingsOf(questions []question.Question) readings {
	all := make(readings, len(questions))
	for i := range questions {
		all[i].asked, all[i].material = contest.SlowReading(&questions[i])
	}
	return all
}

// late tells how many of a level's questions take longer than their time; empty for none. A
// material is read with the first question of those that share it.
func (r readings) late(l *contest.Level, questions []question.Question, pools []contest.Pool) string {
	drawn := make([]bool, len(questions))
	for _, pool := range pools {
		for _, at := range pool {
			drawn[at] = true
		}
	}
	all, late, longest, most := 0, 0, 0, int64(0)
	read := map[string]bool{}
	for i := range questions {
		if !drawn[i] {
			continue
		}
		all++
		needs := r[i].asked
		if m := questions[i].MaterialID(); m != "" && !read[m] {
			needs += r[i].material
			read[m] = true
		}
		if needs > l.Time.Question.MS() {
			late++
		}
		if needs > most {
			longest, most = i, needs
		}
	}
	if late == 0 {
		return ""
	}
	with := ""
	if questions[longest].Material != nil {
		with = "连材料"
	}
	seconds := (most + 999) / 1000
	return fmt.Sprintf("“%s”每题 %s 秒，能抽到的 %d 道题里有 %d 道，读得慢的人来不及读完：最长的“%s”%s要读 %d 秒左右。"+
		"请把每题时间改为 %d 秒以上，或换短一些的题，或改成整卷作答（不给每题限时）", l.Title,
		strconv.FormatFloat(float64(l.Time.Question.MS())/1000, 'f', -1, 64), all, late, questions[longest].ID, with, seconds,
		(seconds+4)/5*5)
}
