package simulation

import "anquanda/internal/contest"

// day is one day of the calendar, as far as it can be played on (UTC ms).
type day struct{ from, to int64 }

// daysOf lists the days of the contest's calendar between two moments, at most so many.
func daysOf(d *contest.Definition, from, to int64, most int) (days []day) {
	for from < to && len(days) < most {
		_, end := d.Bounds(contest.PerDay, from)
		days = append(days, day{from, min(end, to)})
		from = end
	}
	return days
}

// busy is how many of a hundred visits begin in each hour of a day: few at night, most
// at noon and in the evening.
var busy = [24]int{1, 0, 0, 0, 0, 1, 2, 4, 6, 6, 5, 5, 8, 6, 4, 4, 4, 5, 7, 9, 10, 8, 3, 2}

// moment is when a player comes on a day. One of few hours is as busy all through.
func (p *person) moment(of day) int64 {
	midnight, _ := p.d.Bounds(contest.PerDay, of.from)
	for range 4 {
		at, visit := 0, p.random.IntN(100)
		for visit >= busy[at] {
			visit -= busy[at]
			at++
		}
		const hour = 60 * 60 * 1000
		if now := midnight + int64(at)*hour + p.random.Int64N(hour); of.from <= now && now < of.to {
			return now
		}
	}
	return of.from + p.random.Int64N(of.to-of.from)
}
