package contest

import (
	"fmt"
	"slices"
	"time"
)

// Round is a kind of stretches of a contest each of which a board ranks by itself.
type Round string

// The kinds of rounds.
const (
	RoundWeek Round = "week" // from Monday, in the contest's zone
	RoundOwn  Round = "own"  // the periods of the definition
)

var rounds = []Round{RoundWeek, RoundOwn}

// RoundTally are the totals of one round, by their names.
type RoundTally struct {
	Number int                      `json:"number"` // see RoundOf; nothing is counted in 0
	By     map[string]*MeasureTally `json:"by,omitempty"`
}

// RoundOf is the number of the round in which something counts that happened at a
// moment: the Monday of its week as yyyymmdd, or which of the definition's periods, from
// 1; 0 between those. What was begun in time and ends after the contest counts for the
// round in which the contest ends: a week that begins with the close is none.
func (d *Definition) RoundOf(round Round, ms int64) int {
	ms = min(ms, d.Window.Closes.MS-1)
	if round == RoundOwn {
		return d.PeriodOf(PerPeriod, ms)
	}
	return d.PeriodOf(PerWeek, ms)
}

// turnRounds begins new totals for the rounds that are over at a moment.
func (d *Definition) turnRounds(s *Summary, at int64) {
	for _, round := range rounds {
		if !d.ranksBy(round) {
			continue
		}
		if number := d.RoundOf(round, at); s.Rounds[round] == nil || number != s.Rounds[round].Number {
			*entry(&s.Rounds, round) = RoundTally{Number: number}
		}
	}
}

func (d *Definition) ranksBy(round Round) bool {
	for i := range d.Boards {
		if d.Boards[i].Period == round {
			return true
		}
	}
	return false
}

// Totals of a round stand in the store beside those of days under the number of the
// round and more: a Monday has a total of its day and one of its week.
const weeksFrom = 100_000_000

func (r Round) stored(number int) int {
	if r == RoundWeek {
		return weeksFrom + number
	}
	return number
}

// RoundIn tells what a stored period is: of which rounds it is one, or whether it is a day.
func RoundIn(period int) (round Round, day bool) {
	switch {
	case period >= weeksFrom:
		return RoundWeek, false
	case period >= 10_000_000:
		return "", true
	case period > 0:
		return RoundOwn, false
	}
	return "", false
}

// RanksIn reports whether the board has a ranking of a stored period.
func (b *Board) RanksIn(period int) bool {
	round, day := RoundIn(period)
	return round == b.Period && (!day || b.Daily)
}

// RankedAt lists the stored periods, but for the whole contest, for which the boards
// rank what happened at a moment.
func (d *Definition) RankedAt(ms int64) []int {
	periods := []int{d.Day(ms)}
	for _, round := range rounds {
		if number := d.RoundOf(round, ms); number != 0 && d.ranksBy(round) {
			periods = append(periods, round.stored(number))
		}
	}
	return periods
}

// BoardRound is one of the rounds that a board ranks.
type BoardRound struct {
	Number int // see RoundOf
	Period int // under which its totals stand
	Title  string
}

// RoundsOf lists the rounds of a board that have begun at a moment, the newest first; of
// a contest that has not begun, the first one. It is empty for a board of the whole contest.
func (d *Definition) RoundsOf(b *Board, now int64) (begun []BoardRound) {
	now = max(now, d.Window.Opens.MS)
	switch b.Period {
	case RoundWeek:
		last := d.RoundOf(RoundWeek, now)
		for at := d.Window.Opens.MS; ; _, at = d.Bounds(PerWeek, at) {
			number := d.RoundOf(RoundWeek, at)
			begun = append(begun, BoardRound{number, RoundWeek.stored(number), d.weekTitle(at)})
			if number >= last {
				break
			}
		}
	case RoundOwn:
		for i := range d.Periods {
			if i == 0 || d.Periods[i].Opens.MS <= now {
				begun = append(begun, BoardRound{i + 1, RoundOwn.stored(i + 1), d.Periods[i].Title})
			}
		}
	}
	slices.Reverse(begun)
	return begun
}

// weekTitle is the week of a moment: its first and last day that are of the contest.
func (d *Definition) weekTitle(at int64) string {
	from, to := d.Bounds(PerWeek, at)
	from, to = max(from, d.Window.Opens.MS), min(to, d.Window.Closes.MS)-1
	first, last := time.UnixMilli(from).In(d.zone), time.UnixMilli(to).In(d.zone)
	title := fmt.Sprintf("%d月%d日", first.Month(), first.Day())
	switch {
	case first.YearDay() == last.YearDay():
		return title
	case first.Month() == last.Month():
		return fmt.Sprintf("%s至%d日", title, last.Day())
	}
	return fmt.Sprintf("%s至%d月%d日", title, last.Month(), last.Day())
}
