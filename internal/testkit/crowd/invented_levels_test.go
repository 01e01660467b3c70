package crowd_test

import (
	"testing"
	"time"

	"anquanda/internal/testkit/crowd"
)

// hour is the hour of a moment in the contest's zone.
func hour(ms int64) int { return time.UnixMilli(ms).In(shanghai).Hour() }

// begun are the attempts of a player at a level, all levels with "".
func begun(log crowd.Log, player int, level string) []crowd.Event {
	return tries(log, func(e crowd.Event) bool { return e.Player == player && (level == "" || e.Try.Level == level) })
}

// did reports whether a player has passed a level by a moment, or only finished it, on the
// day ("" for any day).
func did(log crowd.Log, player int, level, on string, at int64, pass bool) bool {
	for _, e := range begun(log, player, level) {
		if e.Try.Finished != 0 && e.Try.Finished <= at && (e.Try.Passed || !pass) && (on == "" || day(e.Try.Finished) == on) {
			return true
		}
	}
	return false
}

// "A lesson a week, on two Mondays. Who has missed one makes it up from Monday to
// Wednesday of the third week. Each lesson can be tried twice. Who has passed both gets a
// certificate."
func TestLessonsAreMadeUpInTheThirdWeek(t *testing.T) {
	script := crowd.Script{Days: []int{0, 6, 7, 13, 14, 16, 17, 20}, Crowd: 10}
	invented(t, "makeup-weeks", script, func(l *lived) {
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			makeup := day(at) >= "2026-06-15" && day(at) <= "2026-06-17"
			week := map[string]string{"first": "2026-06-01", "second": "2026-06-08"}[level]
			switch {
			case day(at) >= "2026-06-22":
				return "contest_closed"
			case day(at) > "2026-06-17":
				return "level_closed"
			case monday(at) != week && !makeup:
				return "level_not_open"
			case len(begun(before, player, level)) >= 2:
				return "no_tries_left"
			}
			return ""
		})
		l.scores(func(t *crowd.Try) (int, bool) { return 10 * t.Correct(), t.Correct() >= 3 })
		l.certified(func(player int) string {
			end := date("2026-06-22")
			if did(l.Log, player, "first", "", end, true) && did(l.Log, player, "second", "", end, true) {
				return "both"
			}
			return ""
		})
	})
}

// "Three booths on the square, open from six to ten at night; the gas booth comes on the second
// day, and the code on the road hangs there day and night, and counts once a day. The
// fire's questions open with the fire booth, the gas's with the gas booth or after the
// fire's are passed; crossing opens with today's code on the road once the fire's are
// done. Five points for a booth, one for the road. Who has found all three may win."
func TestBoothsOnTheSquareOpenTheirQuestions(t *testing.T) {
	script := crowd.Script{Days: days(3), Crowd: 28}
	invented(t, "booths", script, func(l *lived) {
		found := func(log crowd.Log, player int, spot, on string) bool {
			for _, e := range log {
				if e.Player == player && e.Spot == spot && e.Refused == "" && (on == "" || day(e.At) == on) {
					return true
				}
			}
			return false
		}
		refused := map[string]int{}
		for _, e := range l.Log {
			if e.Spot == "" {
				continue
			}
			want := ""
			switch {
			case day(e.At) >= "2026-06-19":
				want = "contest_closed"
			case e.Spot == "gas" && day(e.At) < "2026-06-17":
				want = "spot_not_open"
			case e.Spot != "road" && (hour(e.At) < 6 || hour(e.At) >= 22):
				want = "spot_hours"
			}
			if e.Refused != want {
				l.t.Errorf("at %s the spot %s is refused with %q, not %q", time.UnixMilli(e.At).In(shanghai), e.Spot, e.Refused, want)
			}
			refused[want]++
		}
		if refused["spot_hours"] < 3 || refused["spot_not_open"] < 1 {
			l.t.Errorf("the crowd was refused only %v", refused)
		}
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			open := false
			switch level {
			case "burning":
				open = found(before, player, "fire", "")
			case "leaking":
				open = found(before, player, "gas", "") || did(before, player, "burning", "", at, true)
			case "crossing":
				open = found(before, player, "road", day(at)) && did(before, player, "burning", "", at, false)
			}
			switch {
			case day(at) >= "2026-06-19":
				return "contest_closed"
			case !open:
				return "level_locked"
			case len(tries(begun(before, player, level), func(e crowd.Event) bool { return day(e.At) == day(at) })) >= 3:
				return "no_tries_left"
			}
			return ""
		})
		hunters := map[int]int{}
		l.held(func(player int) (h crowd.Held) {
			all := 0
			for spot, worth := range map[string]int{"fire": 5, "gas": 5, "road": 1} {
				n := 0
				for _, d := range []string{"2026-06-16", "2026-06-17", "2026-06-18"} {
					if found(l.Log, player, spot, d) {
						n++
					}
				}
				if n > 0 {
					all++
				}
				if spot != "road" {
					n = min(n, 1)
				}
				h.Points += n * worth
			}
			if all == 3 {
				hunters[player] = 1
			}
			return h
		})
		l.eligible("hunters", date("2026-06-20"), hunters)
	})
}

// "Home and school are open to all. The street opens when either is passed. The plant opens
// for the day on which home was passed and school was at least tried. The whole city opens
// after any try at the street, or the plant passed. Three different places a day."
func TestManyDoorsLeadToTheCity(t *testing.T) {
	script := crowd.Script{Days: days(4), Crowd: 14}
	invented(t, "many-doors", script, func(l *lived) {
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			today := day(at)
			passed := func(level, on string) bool { return did(before, player, level, on, at, true) }
			tried := func(level, on string) bool { return did(before, player, level, on, at, false) }
			open := map[string]bool{"home": true, "school": true,
				"street": passed("home", "") || passed("school", ""),
				"plant":  passed("home", today) && tried("school", today),
				"city":   tried("street", "") || passed("plant", "")}[level]
			places, here := map[string]bool{}, 0
			for _, e := range begun(before, player, "") {
				if day(e.At) == today {
					places[e.Try.Level] = true
					if e.Try.Level == level {
						here++
					}
				}
			}
			switch {
			case today >= "2026-06-05":
				return "contest_closed"
			case !open:
				return "level_locked"
			case here >= 3, !places[level] && len(places) >= 3:
				return "no_tries_left"
			}
			return ""
		})
		need := map[string]int{"home": 2, "school": 2, "street": 3, "plant": 3, "city": 2}
		l.scores(func(t *crowd.Try) (int, bool) { return 10 * t.Correct(), t.Correct() >= need[t.Level] })
		var lines []line
		for player := range l.Players {
			for _, e := range l.finishedOf(player) {
				if e.Try.Level == "street" {
					lines = append(lines, line{l.name(player), e.Try.Score, (e.Try.Finished - date("2026-06-01")) / 100,
						l.Players[player].ID})
					break
				}
			}
		}
		l.board("city", lines)
	})
}

// "Practise as you like, six times a day: it counts for nothing. The exam can be taken
// three times in all and at most twice a day; only what was wrong is asked again. The
// first pass gives six points. Sharing gives one more try, but never a third on a day."
func TestPractiseFirstThenTheExam(t *testing.T) {
	script := crowd.Script{Days: days(3), Crowd: 12}
	invented(t, "practice-first", script, func(l *lived) {
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			if day(at) >= "2026-06-23" {
				return "contest_closed"
			}
			mine := begun(before, player, level)
			today := len(tries(mine, func(e crowd.Event) bool { return day(e.At) == day(at) }))
			if level == "drill" {
				if today >= 6 {
					return "no_tries_left"
				}
				return ""
			}
			extra := 0
			if len(l.sharedBy(before, player)) > 0 {
				extra++
			}
			if did(before, player, "exam", "", at, true) {
				extra++
			}
			if len(mine) >= 3+extra || today >= 2 {
				return "no_tries_left"
			}
			return ""
		})
		var lines []line
		l.held(func(player int) (h crowd.Held) {
			n, last := 0, int64(0)
			for _, e := range l.finishedOf(player) {
				if e.Try.Level == "exam" {
					n, last = n+1, e.Try.Finished
					if e.Try.Passed && h.Points == 0 {
						h.Points, h.Tries = 6, 1
					}
				}
			}
			if len(l.deeds(player, "share")) > 0 {
				h.Tries++
			}
			if n > 0 {
				lines = append(lines, line{l.name(player), n, (last - date("2026-06-20")) / 100, l.Players[player].ID})
			}
			return h
		})
		l.board("tried", lines)
	})
}

// sharedBy are the times that a player has shared.
func (l *lived) sharedBy(log crowd.Log, player int) (shared []crowd.Event) {
	for _, e := range log {
		if e.Player == player && e.Deed == "share" {
			shared = append(shared, e)
		}
	}
	return shared
}
