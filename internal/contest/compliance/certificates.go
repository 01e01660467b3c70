package compliance

import (
	"fmt"
	"slices"

	"anquanda/internal/contest"
)

// unmetBest finds what no attempt at a level comes to.
func unmetBest(d *contest.Definition, path string, b *contest.Best, open map[string]bool, found finder) {
	l, _, ok := d.Level(b.Level)
	switch {
	case !ok:
	case !open[b.Level]:
		found(path+".level", "要看“%s”的成绩，可是没有人能答这一关", l.Title)
	case int(b.Score) > bestScore(l):
		found(path+".score", "要 %s 分，“%s”答满只有 %s 分", d.PointsText(int(b.Score)), l.Title, d.PointsText(bestScore(l)))
	case b.Right > mostRight(l):
		found(path+".right", "要答对 %d 题，“%s”一次最多答对 %d 题", b.Right, l.Title, mostRight(l))
	case b.RightOf(l) > mostRight(l):
		found(path+".share", "答对 %d%% 是 %d 题，“%s”一次最多答对 %d 题", b.Share, b.RightOf(l), l.Title, mostRight(l))
	}
}

// contradictingBests finds certificates for the best attempt at a level that players get
// who have not passed it.
func contradictingBests(d *contest.Definition, found finder) {
	for i := range d.Certificates {
		who := &d.Certificates[i].Who
		if who.Best == nil || who.Full {
			continue
		}
		l, _, ok := d.Level(who.Best.Level)
		if !ok || l.Pass == 0 || l.Steps != nil || slices.Contains(who.Passed, l.Key) ||
			slices.Contains(who.Passed, contest.AllLevels) {
			continue
		}
		field, enough := fieldOf(who.Best), who.Best.RightOf(l) < l.Pass
		if who.Best.Score > 0 {
			enough = mostOf(l, l.Pass-1) >= int(who.Best.Score)
		}
		if enough {
			found(fmt.Sprintf("certificates[%d].who.best.%s", i, field),
				"“%s”答对 %d 题才过关，没过关的人也能拿到“%s”。请把两处改成一样，或在 who 里写 passed: [%s]",
				l.Title, l.Pass, d.Certificates[i].Title, l.Key)
		}
	}
}

// fieldOf is which of its fields is set.
func fieldOf(b *contest.Best) string {
	switch {
	case b.Score > 0:
		return "score"
	case b.Share > 0:
		return "share"
	}
	return "right"
}

// mostOf is the most that so many right answers of a level score, with what the others
// score that are right in part.
func mostOf(l *contest.Level, right int) (score int) {
	var more []int // that a right answer scores
	for i := range l.Questions {
		part := l.MostUnright(i)
		for range l.Questions[i].Count {
			score += part
			more = append(more, l.Worth(i)-part)
		}
	}
	slices.Sort(more)
	for _, worth := range more[len(more)-right:] {
		score += worth
	}
	if l.Streak.Length > 0 {
		score += right / l.Streak.Length * int(l.Streak.Score)
	}
	return score
}

// contradictingCertificates finds certificates that players get who have not passed, where
// the only level has a mark of its own.
func contradictingCertificates(d *contest.Definition, found finder) {
	if len(d.Levels) != 1 || d.Levels[0].Pass == 0 || d.Levels[0].Steps != nil {
		return
	}
	l := &d.Levels[0]
	for i := range d.Certificates {
		who := &d.Certificates[i].Who
		if least := scoreOf(l, l.Pass); who.Score > 0 && int(who.Score) < least && len(who.Passed) == 0 && !who.Full {
			found(fmt.Sprintf("certificates[%d].who.score", i),
				"%s 分就有“%s”，答对 %d 题（至少 %s 分）才过关：有人没过关也拿到证书。请把两处改成一样，或在 who 里写 passed",
				d.PointsText(int(who.Score)), d.Certificates[i].Title, l.Pass, d.PointsText(least))
		}
	}
}

// scoreOf is the least that an attempt with so many right answers of a level scores: all
// of them slow, and the others wrong.
func scoreOf(l *contest.Level, right int) (score int) {
	var more []int // that a right answer scores
	for i := range l.Questions {
		for range l.Questions[i].Count {
			score -= l.MinusOf(i)
			more = append(more, l.LeastRight(i)+l.MinusOf(i))
		}
	}
	slices.Sort(more)
	for _, worth := range more[:right] {
		score += worth
	}
	return max(0, score)
}

// idleGrades finds grades that only one certificate bears.
func idleGrades(d *contest.Definition, found finder) {
	bear := map[string]int{}
	for i := range d.Certificates {
		bear[d.Certificates[i].Grade]++
	}
	for i := range d.Certificates {
		if c := &d.Certificates[i]; c.Grade != "" && bear[c.Grade] == 1 {
			found(fmt.Sprintf("certificates[%d].grade", i),
				"只有“%s”写了等级 %s，没有别的证书可以比。请在同一套证书上写一样的等级，或者不写", c.Title, c.Grade)
		}
	}
}

// deadGrades finds certificates below which all who reach them have a better one already.
func deadGrades(d *contest.Definition, found finder) {
	for i := range d.Certificates {
		c := &d.Certificates[i]
		for k := range d.Certificates[:i] {
			better := &d.Certificates[k]
			if c.Grade != "" && better.Grade == c.Grade && implies(d, &c.Who, &better.Who) {
				found(fmt.Sprintf("certificates[%d].who", i),
					"够得上“%s”的人一定也够得上“%s”，它写在前面，算更好的：没有人能拿到“%s”。请把更好的写在前面",
					c.Title, better.Title, c.Title)
				break
			}
		}
	}
}

// implies reports whether everybody who fulfils a condition is known to fulfil another.
func implies(d *contest.Definition, has, asked *contest.Condition) bool {
	passes := func(key string) bool {
		return slices.Contains(has.Passed, key) || slices.Contains(has.Passed, contest.AllLevels)
	}
	return has.Finished >= asked.Finished && has.Points >= asked.Points && has.Score >= asked.Score &&
		has.Cards >= asked.Cards && has.Invited >= asked.Invited && has.Found >= asked.Found &&
		(has.Full || !asked.Full) && (has.Pledged || !asked.Pledged) &&
		!slices.ContainsFunc(asked.Passed, func(key string) bool { return !passes(key) }) &&
		(asked.Unit == "" || has.Unit == asked.Unit) && (asked.Division == "" || has.Division == asked.Division) &&
		(asked.Top == nil || has.Top != nil && has.Top.Board == asked.Top.Board && has.Top.Count <= asked.Top.Count) &&
		impliesBest(d, has.Best, asked.Best)
}

// impliesBest is implies for the best attempt at a level.
func impliesBest(d *contest.Definition, has, asked *contest.Best) bool {
	switch {
	case asked == nil:
		return true
	case has == nil || has.Level != asked.Level || (has.Score > 0) != (asked.Score > 0):
		return false
	}
	l, _, ok := d.Level(asked.Level)
	return ok && has.Score >= asked.Score && has.RightOf(l) >= asked.RightOf(l)
}
