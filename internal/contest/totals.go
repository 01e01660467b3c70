package contest

import (
	"math"
	"slices"
	"time"
)

// Total is what one player holds by one measure in one period.
type Total struct {
	Measure Measure
	Period  int // 0 for the whole contest, else the day yyyymmdd
	Points  int64
	// ReachedAt is when these points were first reached: who got there first
	// stands above others with as many.
	ReachedAt int64
	// UsedMS is the time used in the attempts that the points come from.
	UsedMS int64
}

// Ranked is a measure of players that some board of the contest needs. Boards
// of units are made from the totals of their players.
type Ranked struct {
	Measure Measure
	Daily   bool
}

// Ranked lists the measures of players that the contest's boards need.
func (d *Definition) Ranked() []Ranked {
	var ranked []Ranked
	for _, board := range d.Boards {
		measure := board.PlayerMeasure()
		at := slices.IndexFunc(ranked, func(r Ranked) bool { return r.Measure == measure })
		if at < 0 {
			at = len(ranked)
			ranked = append(ranked, Ranked{Measure: measure})
		}
		ranked[at].Daily = ranked[at].Daily || board.Daily
	}
	return ranked
}

// PlayerMeasure is the measure of players that the board is made from.
func (b Board) PlayerMeasure() Measure {
	if b.Measure == MeasurePlayers || b.Measure == MeasureRate {
		return MeasureBest
	}
	return b.Measure
}

// Totals are the player's totals by every measure that is ranked, for the whole
// contest and for the given days. They are totals and never increments, so
// setting one twice, or late, changes nothing. Only finished attempts of the
// contest proper count, and what was earned; a player who scored nothing has a
// total of 0, since units count who took part.
func (d *Definition) Totals(r *Record, days ...int) []Total {
	if d.EarnsOnlyRegistered() && !r.Registered {
		return nil
	}
	history := r.Counting().byFinish()
	var totals []Total
	add := func(measure Measure, day int) {
		if total, ok := total(measure, history, r.Grants, d.daySpan(day)); ok {
			total.Period = day
			totals = append(totals, total)
		}
	}
	for _, ranked := range d.Ranked() {
		add(ranked.Measure, 0)
		if ranked.Daily {
			for _, day := range days {
				add(ranked.Measure, day)
			}
		}
	}
	return totals
}

// TotalWithin is the player's total by one measure over what finished, or was
// earned, from one moment up to another (UTC ms); ok is false for who did nothing
// then. Over all of the contest, and over a day, it is that of Totals.
func (d *Definition) TotalWithin(measure Measure, r *Record, from, to int64) (t Total, ok bool) {
	if d.EarnsOnlyRegistered() && !r.Registered {
		return Total{}, false
	}
	return total(measure, r.Counting().byFinish(), r.Grants, span{from, to})
}

// total adds up one measure over what finished within a span. history is in the
// order of finishing.
func total(measure Measure, history History, grants []Grant, when span) (Total, bool) {
	t := tally{Total: Total{Measure: measure}}
	for i := range history {
		if a := &history[i]; when.holds(a.FinishedAt) {
			t.attempt(a)
		}
	}
	if measure == MeasurePoints {
		for i := range grants {
			if g := &grants[i]; g.Kind == GrantPoints && when.holds(g.At) {
				t.grow(int64(g.Amount), g.At)
			}
		}
	}
	return t.Total, t.any
}

// daySpan is a day written as yyyymmdd; 0 is all days.
func (d *Definition) daySpan(day int) span {
	if day == 0 {
		return span{0, math.MaxInt64}
	}
	noon := time.Date(day/10_000, time.Month(day/100%100), day%100, 12, 0, 0, 0, d.zone)
	return d.spanOf(PerDay, noon.UnixMilli())
}

// tally is a total while it is added up.
type tally struct {
	Total
	any    bool
	levels []levelTally
}

// levelTally is what a level gives to a total: the score and time of the attempt
// that counts.
type levelTally struct {
	key   string
	score int
	used  int64
}

func (t *tally) attempt(a *Attempt) {
	if !t.any {
		t.any, t.ReachedAt = true, a.FinishedAt
	}
	switch t.Measure {
	case MeasurePoints: // is added up from the ledger
	case MeasureAttempts:
		t.grow(1, a.FinishedAt)
		t.UsedMS += a.UsedMS
	case MeasureSum:
		t.grow(int64(a.Score), a.FinishedAt)
		t.UsedMS += a.UsedMS
	default:
		t.level(a)
	}
}

// level counts one attempt of each level: the best (of equals the quickest), the
// first or the last.
func (t *tally) level(a *Attempt) {
	at := slices.IndexFunc(t.levels, func(l levelTally) bool { return l.key == a.Level })
	if at < 0 {
		t.levels = append(t.levels, levelTally{key: a.Level, score: a.Score, used: a.UsedMS})
		t.UsedMS += a.UsedMS
		t.grow(int64(a.Score), a.FinishedAt)
		return
	}
	held := &t.levels[at]
	better := a.Score > held.score || a.Score == held.score && a.UsedMS < held.used
	if t.Measure == MeasureFirst || t.Measure == MeasureBest && !better {
		return
	}
	t.UsedMS += a.UsedMS - held.used
	t.grow(int64(a.Score-held.score), a.FinishedAt)
	held.score, held.used = a.Score, a.UsedMS
}

// grow changes the points at a moment; no change keeps who got there first.
func (t *tally) grow(points, at int64) {
	if !t.any {
		t.any, t.ReachedAt = true, at
	}
	if points != 0 {
		t.Points += points
		t.ReachedAt = at
	}
}

// Days lists the days on which attempts finished or something was earned, in
// order.
func (d *Definition) Days(r *Record) []int {
	var days []int
	for _, a := range r.Counting() {
		if a.FinishedAt != 0 {
			days = append(days, d.Day(a.FinishedAt))
		}
	}
	for i := range r.Grants {
		days = append(days, d.Day(r.Grants[i].At))
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// TiesOf is how the boards of players rank equals by a measure.
func (d *Definition) TiesOf(measure Measure) Ties {
	for _, board := range d.Boards {
		if board.Subject == SubjectPlayer && board.Measure == measure {
			return board.Ties
		}
	}
	return TiesReached
}
