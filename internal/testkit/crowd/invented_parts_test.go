package crowd_test

import (
	"slices"
	"testing"

	"anquanda/internal/testkit/crowd"
)

const dayMS = 24 * 60 * 60 * 1000

// "Five points whenever somebody has come on three days in a row, so on the sixth and the
// ninth too. Five days in a row give twenty points and a draw, once. A right answer of the
// day is a point."
func TestDaysInARowAreWorthMore(t *testing.T) {
	script := crowd.Script{Days: days(9), Crowd: 12, Comes: true}
	invented(t, "days-in-a-row", script, func(l *lived) {
		var lines []line
		rows := 0
		l.held(func(player int) (h crowd.Held) {
			var gains []gain
			row, last, five := 0, int64(0), false
			for _, e := range earliest(l.deeds(player, "checkin"), 1, day) {
				if row++; day(e.At-dayMS) != day(last) {
					row = 1
				}
				last = e.At
				if row%3 == 0 {
					rows++
					gains = append(gains, gain{e.At, 5})
				}
				if row == 5 && !five {
					five = true
					gains = append(gains, gain{e.At, 20})
					h.Chances++
				}
			}
			for _, e := range l.finishedOf(player) {
				if e.Try.Passed {
					gains = append(gains, gain{e.Try.Finished, 1})
				}
			}
			var reached int64
			h.Points, reached = earned(gains, 0, nil)
			if h.Points > 0 {
				lines = append(lines, line{l.name(player), h.Points, (reached - date("2026-06-01")) / 100, l.Players[player].ID})
			}
			return h
		})
		if rows < 10 {
			l.t.Errorf("only %d rows of three days", rows)
		}
		l.board("points", lines)
	})
}

// "Flowers and stars lie beside the points: two flowers for sharing, three times a day, three
// for a friend, three a day at most; a star for all right, two points for a pass. Who has
// six flowers is in the urn, with a ticket for each pass."
func TestFlowersLieBesideThePoints(t *testing.T) {
	script := crowd.Script{Days: days(4), Crowd: 14}
	invented(t, "flowers", script, func(l *lived) {
		urn, capped := map[int]int{}, 0
		l.held(func(player int) (h crowd.Held) {
			var gains []gain
			for _, e := range earliest(l.deeds(player, "share"), 3, day) {
				gains = append(gains, gain{e.At, 2})
			}
			for _, e := range l.deeds(player, "invite") {
				gains = append(gains, gain{e.At, 3})
			}
			all := 0
			for _, g := range gains {
				all += g.points
			}
			flowers, _ := earned(gains, 3, day)
			if flowers < all {
				capped++
			}
			stars, passes := 0, 0
			for _, e := range l.finishedOf(player) {
				if e.Try.Passed {
					h.Points, passes = h.Points+2, passes+1
				}
				if e.Try.Correct() == 4 {
					stars++
				}
			}
			if got := []int{l.Purse(player, "flowers"), l.Purse(player, "stars")}; !slices.Equal(got, []int{flowers, stars}) {
				l.t.Errorf("player %d holds flowers and stars %v, want %d and %d", player, got, flowers, stars)
			}
			if flowers >= 6 && passes > 0 {
				urn[player] = passes
			}
			return h
		})
		if capped == 0 {
			l.t.Error("nobody met the cap of flowers")
		}
		l.eligible("flowers", date("2026-06-06"), urn)
	})
}

// "Everybody may answer the first set. Cold is for the north alone; the new rules are for two
// sections, one of them in the south, once they have tried the first set. The final is for
// the north and for whoever has passed the first set."
func TestSomeLevelsAreForSomeUnits(t *testing.T) {
	script := crowd.Script{Days: days(3), Crowd: 16, Units: []string{"n1", "n2", "s1", "s2", ""}}
	invented(t, "north-and-south", script, func(l *lived) {
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			unit := l.Players[player].Unit
			north := unit == "n1" || unit == "n2"
			open := map[string]bool{"all": true, "cold": north,
				"new":   (unit == "n1" || unit == "s2") && did(before, player, "all", "", at, false),
				"final": north || did(before, player, "all", "", at, true)}[level]
			switch {
			case day(at) >= "2026-06-04":
				return "contest_closed"
			case !open:
				return "level_locked"
			case len(tries(begun(before, player, level), func(e crowd.Event) bool { return day(e.At) == day(at) })) >= 3:
				return "no_tries_left"
			}
			return ""
		})
		l.scores(func(t *crowd.Try) (int, bool) { return 10 * t.Correct(), t.Correct() >= 2 })
	})
}

// "People are ranked by the share of right answers, where twelve questions came before them;
// firms by that of all their people, where six have played and twenty questions came. What
// is asked again does not count again, and a question that was passed over is not right."
func TestTheSharpestEyesAreRankedByTheirShare(t *testing.T) {
	script := crowd.Script{Days: days(3), Crowd: 21, Units: []string{"a", "b", "c"}}
	invented(t, "sharp-eyes", script, func(l *lived) {
		shops, people := map[string][2]int{}, map[string]int{}
		var lines []line
		for player := range l.Players {
			right, asked, again, reached := 0, 0, false, int64(0)
			for _, e := range l.finishedOf(player) {
				kept := again && e.Try.Level == "boiler"
				if e.Try.Level == "boiler" {
					again = !e.Try.Passed
				}
				if kept || len(e.Try.Rights) == 0 {
					continue
				}
				was := share(right, asked)
				right, asked = right+e.Try.Correct(), asked+len(e.Try.Rights)
				if share(right, asked) != was || reached == 0 {
					reached = e.Try.Finished
				}
			}
			if asked == 0 {
				continue
			}
			shop := map[string]string{"a": "甲公司", "b": "乙公司", "c": "丙公司"}[l.Players[player].Unit]
			shops[shop] = [2]int{shops[shop][0] + right, shops[shop][1] + asked}
			people[shop]++
			if asked >= 12 {
				lines = append(lines, line{l.name(player), share(right, asked), (reached - date("2026-06-01")) / 100,
					l.Players[player].ID})
			}
		}
		l.board("eyes", lines)
		ranked := map[string]int{}
		for shop, n := range shops {
			if people[shop] >= 6 && n[1] >= 20 {
				ranked[shop] = share(n[0], n[1])
			}
		}
		l.unitBoard("shops", ranked)
	})
}

// share is in one ten-thousandth, cut off.
func share(right, asked int) int {
	if asked == 0 {
		return 0
	}
	return right * 10_000 / asked
}

// "Before the storm one reads what to do in it: forty seconds must pass between opening it
// and the first question, once. Three tries a day. The flood opens after any try."
func TestOneReadsBeforeTheStorm(t *testing.T) {
	script := crowd.Script{Days: days(3), Crowd: 14}
	invented(t, "read-first", script, func(l *lived) {
		unread := 0
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			read := slices.ContainsFunc(before, func(e crowd.Event) bool {
				return e.Player == player && e.Opened == level && e.At <= at-40_000
			})
			switch {
			case day(at) >= "2026-06-04":
				return "contest_closed"
			case level == "flood" && !did(before, player, "storm", "", at, false):
				return "level_locked"
			case len(tries(begun(before, player, level), func(e crowd.Event) bool { return day(e.At) == day(at) })) >= 3:
				return "no_tries_left"
			case level == "storm" && !read:
				unread++
				return "material_first"
			}
			return ""
		})
		if unread < 10 {
			l.t.Errorf("only %d wanted to begin unread", unread)
		}
	})
}

// "From late June into July: the track three times a month, the signal twice a week, the
// bridge in the first week of July; two different sets a week. Five points for the first
// two tries of a month, a draw for the first of a week that is all right. Each month those
// with two tries of it are in the urn, with a ticket for each."
func TestAMonthEndsInTheMiddle(t *testing.T) {
	script := crowd.Script{Days: []int{0, 5, 6, 7, 12, 13, 17}, Crowd: 12}
	invented(t, "two-months", script, func(l *lived) {
		month := func(ms int64) string { return day(ms)[:7] }
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			sets, here, week := map[string]bool{}, 0, monday(at)
			for _, e := range begun(before, player, "") {
				if monday(e.At) == week {
					sets[e.Try.Level] = true
				}
				same := map[string]bool{"track": month(e.At) == month(at), "signal": monday(e.At) == week,
					"bridge": day(e.At) == day(at)}[level]
				if e.Try.Level == level && same {
					here++
				}
			}
			switch most := map[string]int{"track": 3, "signal": 2, "bridge": 3}[level]; {
			case day(at) >= "2026-07-12":
				return "contest_closed"
			case level == "bridge" && day(at) < "2026-07-01":
				return "level_not_open"
			case level == "bridge" && day(at) >= "2026-07-08":
				return "level_closed"
			case here >= most, !sets[level] && len(sets) >= 2:
				return "no_tries_left"
			}
			return ""
		})
		urn := map[string]map[int]int{"2026-06": {}, "2026-07": {}}
		l.held(func(player int) (h crowd.Held) {
			finished, drawn := map[string]int{}, map[string]bool{}
			for _, e := range l.finishedOf(player) {
				at := e.Try.Finished
				if finished[month(at)]++; finished[month(at)] <= 2 {
					h.Points += 5
				}
				if e.Try.Correct() == 3 && !drawn[monday(at)] {
					drawn[monday(at)] = true
					h.Chances++
				}
			}
			for m, n := range finished {
				if n >= 2 {
					urn[m][player] = n
				}
			}
			return h
		})
		l.eligible("monthly", date("2026-07-01"), urn["2026-06"])
		l.eligible("monthly", date("2026-08-01"), urn["2026-07"])
	})
}
