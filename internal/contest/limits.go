package contest

import (
	"math"
	"strings"
)

// Slot is one of the tries that a limit over all levels has in a period. It is
// stored with the attempt under a unique key, so that two levels begun at once
// cannot share it.
type Slot struct {
	Limit   string // such as attempts/day
	Period  int
	Ordinal int // from 1
}

// triesLeft is how many attempts at the level the player may still begin in the
// period of now, by the level's own bound and those over all levels.
func (d *Definition) triesLeft(level *Level, h History, grants []Grant, now int64) int {
	left := Unlimited
	if level.Attempts.Max > 0 {
		left = level.Attempts.Max + d.triesGiven(grants, level.Attempts.Per, now) - h.count(level.Key, d.begunIn(level.Attempts.Per, now))
	}
	for _, limit := range d.Attempts {
		most := limit.Max
		if !limit.Firm {
			most += d.triesGiven(grants, limit.Per, now)
		}
		in := d.begunIn(limit.Per, now)
		switch {
		case limit.Of == OfAttempts:
			left = min(left, most-h.count("", in))
		case h.count(level.Key, in) == 0:
			if d.levelsBegun(h, in) >= most {
				left = 0
			}
		}
	}
	return max(0, left)
}

// span is a stretch of time: from its first moment up to, not including, its end.
type span struct{ from, to int64 }

func (s span) holds(ms int64) bool { return s.from <= ms && ms < s.to }

// spanOf is the period that holds now. Everything of the contest lies in the
// whole one, the training too.
func (d *Definition) spanOf(per Per, now int64) span {
	if per == PerContest || per == "" {
		return span{0, math.MaxInt64}
	}
	from, to := d.Bounds(per, now)
	return span{from, to}
}

// begunIn selects the attempts that were begun in the same period as now.
func (d *Definition) begunIn(per Per, now int64) func(Attempt) bool {
	s := d.spanOf(per, now)
	return func(a Attempt) bool { return s.holds(a.StartedAt) }
}

func (d *Definition) levelsBegun(h History, in func(Attempt) bool) int {
	n := 0
	for i := range d.Levels {
		if h.count(d.Levels[i].Key, in) > 0 {
			n++
		}
	}
	return n
}

// triesGiven adds up the tries that were given in the period of now.
func (d *Definition) triesGiven(grants []Grant, per Per, now int64) int {
	sum, s := 0, d.spanOf(per, now)
	for i := range grants {
		if g := &grants[i]; g.Kind == GrantTry && s.holds(g.At) {
			sum += g.Amount
		}
	}
	return sum
}

// slots are those that an attempt begun now takes. Limits that count the same
// share theirs.
func (d *Definition) slots(level *Level, h History, now int64) []Slot {
	var slots []Slot
	seen := ""
	for _, limit := range d.Attempts {
		name := string(limit.Of) + "/" + string(limit.Per)
		if strings.Contains(seen, name+" ") {
			continue
		}
		seen += name + " "
		in := d.begunIn(limit.Per, now)
		taken := h.count("", in)
		if limit.Of == OfLevels {
			if h.count(level.Key, in) > 0 {
				continue
			}
			taken = d.levelsBegun(h, in)
		}
		slots = append(slots, Slot{Limit: name, Period: d.attemptPeriod(limit.Per, now), Ordinal: taken + 1})
	}
	return slots
}
