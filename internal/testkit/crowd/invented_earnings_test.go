package crowd_test

import (
	"cmp"
	"slices"
	"testing"

	"anquanda/internal/testkit/crowd"
)

// gain is points that came at a moment, and when they would have counted.
type gain struct {
	at     int64
	points int
}

// earned adds up gains in the order of time, of which at most so many count in each part of
// the calendar, and tells when the sum was reached.
func earned(gains []gain, most int, part func(ms int64) string) (points int, reached int64) {
	slices.SortStableFunc(gains, func(a, b gain) int { return cmp.Compare(a.at, b.at) })
	held := map[string]int{}
	for _, g := range gains {
		got := g.points
		if part != nil {
			got = min(got, most-held[part(g.at)])
			held[part(g.at)] += got
		}
		if got > 0 || reached == 0 {
			reached = g.at
		}
		points += got
	}
	return points, reached
}

// third is the part of June of a moment, "" after the second.
func third(ms int64) string {
	switch on := day(ms); {
	case on < "2026-06-11":
		return "first"
	case on < "2026-06-21":
		return "second"
	}
	return ""
}

// "Two rounds of ten days, and nothing between the second and the end. Each set of questions
// three times a round, four in all. Four points for a pass, one for trying, nine a round at
// most. At the end of a round those with five points of it are in the urn, with a ticket
// for each pass of the round."
func TestTwoRoundsOfTenDays(t *testing.T) {
	script := crowd.Script{Days: []int{0, 9, 10, 19, 20, 22}, Crowd: 12}
	invented(t, "ten-days", script, func(l *lived) {
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			of := func(level string) int {
				return len(tries(begun(before, player, level), func(e crowd.Event) bool { return third(e.At) == third(at) }))
			}
			switch {
			case day(at) >= "2026-06-24":
				return "contest_closed"
			case third(at) == "":
				return "level_not_open"
			case of(level) >= 3, of("") >= 4:
				return "no_tries_left"
			}
			return ""
		})
		l.scores(func(t *crowd.Try) (int, bool) { return 10 * t.Correct(), t.Correct() >= 3 })
		urn := map[string]map[int]int{"first": {}, "second": {}}
		l.held(func(player int) (h crowd.Held) {
			var gains []gain
			passes := map[string]int{}
			for _, e := range l.finishedOf(player) {
				points := 1
				if e.Try.Passed {
					points = 4
					passes[third(e.Try.Finished)]++
				}
				gains = append(gains, gain{e.Try.Finished, points})
			}
			h.Points, _ = earned(gains, 9, third)
			for round, passed := range passes {
				in := slices.DeleteFunc(slices.Clone(gains), func(g gain) bool { return third(g.at) != round })
				if points, _ := earned(in, 9, third); points >= 5 && passed > 0 {
					urn[round][player] = passed
				}
			}
			return h
		})
		l.eligible("round", date("2026-06-11"), urn["first"])
		l.eligible("round", date("2026-06-21"), urn["second"])
	})
}

// "Two points for every three right answers of a day. Three points the first time that a
// set is all right, on a later day where that one has no room for any of them. Four right
// at the silo give a draw. Ten points a day and three draws a week, no more."
func TestTheHarvestIsCountedByTheDay(t *testing.T) {
	script := crowd.Script{Days: []int{0, 1, 4, 5}, Crowd: 12}
	invented(t, "harvest", script, func(l *lived) {
		l.scores(func(t *crowd.Try) (int, bool) { return 10 * t.Correct(), t.Correct() >= 3 })
		var lines []line
		capped, late := 0, 0
		l.held(func(player int) (h crowd.Held) {
			right, paid, full := map[string]int{}, map[string]int{}, map[string]bool{}
			draws, got, reached := map[string]int{}, map[string]int{}, int64(0)
			finished := l.finishedOf(player)
			for _, e := range finished {
				on, week := day(e.Try.Finished), monday(e.Try.Finished)
				give := func(points int) int {
					points = min(points, 10-got[on])
					if got[on] += points; points > 0 || reached == 0 {
						reached = e.Try.Finished
					}
					h.Points += points
					return points
				}
				right[on] += e.Try.Correct()
				times := right[on]/3 - paid[on]
				paid[on] += times
				give(2 * times)
				asked := map[string]int{"tractor": 4, "silo": 5}[e.Try.Level]
				if e.Try.Correct() == asked && !full[e.Try.Level] {
					if full[e.Try.Level] = give(3) > 0; !full[e.Try.Level] {
						late++
					}
				}
				if e.Try.Level == "silo" && e.Try.Correct() >= 4 {
					if draws[week]++; draws[week] <= 3 {
						h.Chances++
					} else {
						capped++
					}
				}
			}
			if len(finished) > 0 {
				lines = append(lines, line{l.name(player), h.Points, (reached - date("2026-06-04")) / 100, l.Players[player].ID})
			}
			return h
		})
		if capped == 0 || late == 0 {
			l.t.Errorf("%d draws and %d full sets met the caps", capped, late)
		}
		l.board("grain", lines)
	})
}

// "Twenty points for signing the pledge, seven for a friend, two friends a day; two for
// sharing on a day on which one has answered right before; one for coming, three days a
// week. Who signed and brought two is in the urn with a ticket a point. The board shows
// people with at least five points."
func TestThePledgeIsHandedOn(t *testing.T) {
	script := crowd.Script{Days: days(5), Crowd: 12, Pledge: true}
	invented(t, "relay", script, func(l *lived) {
		urn := map[int]int{}
		var lines []line
		l.held(func(player int) (h crowd.Held) {
			var gains []gain
			pledged, brought := l.deeds(player, "pledge"), l.deeds(player, "invite")
			for _, e := range pledged {
				gains = append(gains, gain{e.At, 20})
			}
			for _, e := range earliest(slices.Clone(brought), 2, day) {
				gains = append(gains, gain{e.At, 7})
			}
			shared := slices.DeleteFunc(l.deeds(player, "share"), func(e crowd.Event) bool {
				last := -1
				for _, f := range l.finishedOf(player) {
					if f.Try.Finished <= e.At && day(f.Try.Finished) == day(e.At) {
						last = f.Try.Correct()
					}
				}
				return last < 1
			})
			for _, e := range earliest(shared, 1, day) {
				gains = append(gains, gain{e.At, 2})
			}
			for _, e := range earliest(l.deeds(player, "checkin"), 3, monday) {
				gains = append(gains, gain{e.At, 1})
			}
			var reached int64
			h.Points, reached = earned(gains, 0, nil)
			if len(pledged) > 0 && len(brought) >= 2 {
				urn[player] = h.Points
			}
			if h.Points >= 5 && !l.Players[player].Unproven {
				lines = append(lines, line{l.name(player), h.Points, (reached - date("2026-06-08")) / 100, l.Players[player].ID})
			}
			return h
		})
		l.eligible("relay", date("2026-06-15"), urn)
		l.board("baton", lines)
	})
}

// "A point for a ride with two right, three for two right at the exit, six and a card for all
// three. Each Sunday night those with two points of the week who have passed the ride in it
// are in the urn, a ticket a point; in the end those with a card, a ticket for each try."
func TestPointsAreTicketsOfTheWeek(t *testing.T) {
	script := crowd.Script{Days: []int{0, 3, 6, 7, 10, 13}, Crowd: 12}
	invented(t, "points-lottery", script, func(l *lived) {
		urn, cards := map[string]map[int]int{"2026-06-01": {}, "2026-06-08": {}}, map[int]int{}
		l.held(func(player int) (h crowd.Held) {
			points, rode := map[string]int{}, map[string]bool{}
			finished := l.finishedOf(player)
			for _, e := range finished {
				week, n := monday(e.Try.Finished), 0
				switch {
				case e.Try.Level == "ride" && e.Try.Correct() >= 2:
					n, rode[week] = 1, true
				case e.Try.Level == "exit" && e.Try.Correct() == 3:
					n, h.Cards = 6, "exit"
				case e.Try.Level == "exit" && e.Try.Correct() == 2:
					n = 3
				}
				h.Points, points[week] = h.Points+n, points[week]+n
			}
			for week, n := range points {
				if n >= 2 && rode[week] {
					urn[week][player] = n
				}
			}
			if h.Cards != "" {
				cards[player] = len(finished)
			}
			return h
		})
		l.eligible("weekly", date("2026-06-08"), urn["2026-06-01"])
		l.eligible("weekly", date("2026-06-15"), urn["2026-06-08"])
		l.eligible("cards", date("2026-06-16"), cards)
	})
}
