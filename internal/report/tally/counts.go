package tally

import (
	"cmp"
	"slices"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
)

// Counts are counters of finished attempts.
type Counts struct {
	Players     int64 `db:"players"`      // who finished any
	FirstTimers int64 `db:"first_timers"` // who finished their first of all
	Attempts    int64 `db:"attempts"`
	Answers     int64 `db:"answers"`
	Correct     int64 `db:"correct"`
	Passed      int64 `db:"passed"`
}

func (c *Counts) add(d Counts, times int64) {
	c.Players += times * d.Players
	c.FirstTimers += times * d.FirstTimers
	c.Attempts += times * d.Attempts
	c.Answers += times * d.Answers
	c.Correct += times * d.Correct
	c.Passed += times * d.Passed
}

// Spans of counters.
const (
	spanAll = iota
	spanDay
	spanHour
)

// Kinds of counters.
const (
	kindAll      = ""
	kindChannel  = "channel"
	kindUnit     = "unit"
	kindDivision = "division"
)

// counter names one row of tally_counts of a contest.
type counter struct {
	Span int    `db:"span"`
	Kind string `db:"kind"`
	Slot int    `db:"slot"`
	Ref  string `db:"ref"`
}

func compareCounters(a, b counter) int {
	return cmp.Or(cmp.Compare(a.Span, b.Span), strings.Compare(a.Kind, b.Kind), cmp.Compare(a.Slot, b.Slot),
		strings.Compare(a.Ref, b.Ref))
}

// part is a player's part in a contest by which sheets are counted.
type part struct {
	Channel  string
	Division string
}

const hourMS = 3_600_000

// counts are what one sheet adds to the counters: who played in two hours of a day is a
// player of both, and one player of the day.
func (s *Sheet) counts(d *contest.Definition, p part) map[counter]Counts {
	sums := map[counter]*Counts{}
	for i, v := range s.Visits {
		did := Counts{Attempts: v.Attempts, Answers: v.Answers, Correct: v.Correct, Passed: v.Passed}
		for _, slot := range []counter{{Span: spanAll}, {Span: spanDay, Slot: d.Day(int64(v.Hour) * hourMS)},
			{Span: spanHour, Slot: v.Hour}} {
			for _, key := range slot.by(p, v.Unit) {
				sum := sums[key]
				if sum == nil {
					sum = &Counts{Players: 1, FirstTimers: flag(i == 0)}
					sums[key] = sum
				}
				sum.add(did, 1)
			}
		}
	}
	counts := make(map[counter]Counts, len(sums))
	for key, sum := range sums {
		counts[key] = *sum
	}
	return counts
}

// by lists the counters of a span: units and divisions are not told by the hour.
func (c counter) by(p part, unit sqldb.ID) []counter {
	all := []counter{c, {c.Span, kindChannel, c.Slot, p.Channel}}
	if c.Span != spanHour {
		all = append(all, counter{c.Span, kindUnit, c.Slot, unit.String()},
			counter{c.Span, kindDivision, c.Slot, p.Division})
	}
	return all
}

// differences are what counters change by, those that do not change left out, in order: two
// nodes that write at once then meet at the same counter first.
type differences map[counter]*Counts

func (d differences) add(counts map[counter]Counts, times int64) {
	for key, c := range counts {
		if d[key] == nil {
			d[key] = &Counts{}
		}
		d[key].add(c, times)
	}
}

func (d differences) sorted() []counter {
	var keys []counter
	for key, c := range d {
		if *c != (Counts{}) {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, compareCounters)
	return keys
}
