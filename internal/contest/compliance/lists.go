package compliance

import (
	"fmt"
	"math"

	"anquanda/internal/contest"
)

// Totals that lists ask for: what one player can hold until the list is made, and what all
// heads of the largest unit can hold together.

// emptyLists finds lists that ask for a total which nobody reaches until they are made.
func emptyLists(d *contest.Definition, found finder) {
	for i := range d.Lists {
		l := &d.Lists[i]
		board, known := d.Board(l.Board)
		if !known || l.Least == 0 || l.At.MS <= d.Window.Opens.MS {
			continue
		}
		until := *d // the contest as far as the list looks at it
		until.Window.Closes.MS = min(d.Window.Closes.MS, l.At.MS)
		most, whose := mostOfOne(&until, &board), "每人"
		if board.Subject != contest.SubjectPlayer && board.Average == 0 {
			most, whose = together(d, &board, most), "按人数和每人最多能得的算，"
		}
		ranked := int64(most)
		if board.Average > 0 { // all of a unit with the most that one can have
			ranked = contest.AverageOf(ranked, 1)
		}
		if most < math.MaxInt32 && !l.Reaches(&board, ranked) {
			found(fmt.Sprintf("lists[%d].least", i), "“%s”要达到 %v，%s到那时最多只能有 %v，没有人能进名单。请改小 least",
				l.Title, d.LeastOf(&board, l), whose, d.PointsOn(&board, ranked))
		}
	}
}

// unfilledLists finds lists that everybody may see and nothing fills but staff, by hand.
func unfilledLists(d *contest.Definition, found finder) {
	for i := range d.Lists {
		if l := &d.Lists[i]; l.Public && l.ByStaff() {
			found(fmt.Sprintf("lists[%d].public", i), "“%s”公开，但没有写取哪个榜、哪些单位或哪组对阵：工作人员在“名单”页加人以前，"+
				"手机上没有这个名单；加进去的人马上公开。要自动确定的，请写上 board、units 或 pairing", l.Title)
		}
	}
}

// tellingLists finds lists that everybody may see while the contest does not tell yet who
// answered right, and that go by a board.
func tellingLists(d *contest.Definition, found finder) {
	for i := range d.Lists {
		if l := &d.Lists[i]; l.Public && l.Board != "" && !d.Tells(l.At.MS) {
			found(fmt.Sprintf("lists[%d].public", i), "“%s”按榜确定，在活动结束以前就公开，而这个活动不公布答案（feedback: none）："+
				"名单会让人猜到谁答对了。请把 at 放在活动结束以后", l.Title)
		}
	}
}

// mostOfOne is the most that one player brings to a board; math.MaxInt32 where nothing
// bounds it.
func mostOfOne(d *contest.Definition, b *contest.Board) int {
	open, days := anyReached(d), daysIn(d, d.Window.Opens.MS, d.Window.Closes.MS)
	level, _, ofLevel := d.Level(b.Level)
	best := bestPossible(d, open)
	if ofLevel {
		best = bestScore(level)
	}
	switch b.Measure {
	case contest.MeasureBest, contest.MeasureFirst, contest.MeasureLast:
		return best
	case contest.MeasureSum, contest.MeasureAttempts:
		attempts, once := mostAttempts(d, open, days), 1
		if ofLevel && !givesTries(d) && level.Attempts.Max > 0 {
			attempts = min(attempts, level.Attempts.Max*timesIn(level.Attempts.Per, days))
		}
		if b.Measure == contest.MeasureSum {
			once = mostAtOnce(d, level, open)
		}
		if attempts > math.MaxInt32/max(1, once) {
			return math.MaxInt32
		}
		return attempts * once
	case contest.MeasurePoints:
		if most := mostInto(d, b.Purse, open, days); most < contest.MaxTotal {
			return most
		}
	case contest.MeasurePlayers:
		return 1
	}
	return math.MaxInt32
}

// mostAtOnce is the most that one attempt scores, at a level or, of none, at any.
func mostAtOnce(d *contest.Definition, of *contest.Level, open map[string]bool) (most int) {
	if of != nil {
		return bestScore(of)
	}
	for i := range d.Levels {
		if l := &d.Levels[i]; open[l.Key] && !l.Practice {
			most = max(most, bestScore(l))
		}
	}
	return most
}

// together is what so many players as a unit or team has at most hold together, each as
// much as one can.
func together(d *contest.Definition, b *contest.Board, one int) int {
	people := math.MaxInt32
	if b.Subject == contest.SubjectTeam && d.Teams != nil {
		people = d.Teams.Size.Most
	} else if !d.Players.Unit.Typed {
		people = largest(d.Units)
	}
	if b.Top > 0 {
		people = min(people, b.Top)
	}
	if people == math.MaxInt32 || one == math.MaxInt32 || people > math.MaxInt32/max(1, one) {
		return math.MaxInt32
	}
	return people * one
}

// largest is the headcount of the largest unit of a tree; math.MaxInt32 where one is not
// known, and for units that are written elsewhere.
func largest(units []contest.Unit) (most int) {
	if len(units) == 0 {
		return math.MaxInt32
	}
	for i := range units {
		u := &units[i]
		heads := u.Headcount
		for k := range u.Children {
			below := largest(u.Children[k : k+1])
			if below == math.MaxInt32 {
				return below
			}
			if u.Headcount == 0 {
				heads += below
			}
		}
		if heads == 0 {
			return math.MaxInt32
		}
		most = max(most, heads)
	}
	return most
}
