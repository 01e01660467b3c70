package crowd_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"anquanda/internal/testkit/crowd"
)

func days(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// "Five themes; each day from 7 to 11 June opens one more. An attempt is 5 at
// random. All 5 correct: the player collects that day's card, once, and enters an
// instant red-packet draw. Not all correct: sharing revives the player once. At
// most 2 attempts a day. Five cards make the player eligible for the final draw.
// A ranking of areas counts the players whose score is not zero."
func TestChangzhou2021(t *testing.T) {
	themes := map[string]string{"home": "2021-06-07", "community": "2021-06-08", "school": "2021-06-09",
		"village": "2021-06-10", "enterprise": "2021-06-11"}
	script := crowd.Script{Days: days(6), Crowd: 24, Units: []string{"a1", "a2", "a3"}}
	live(t, "changzhou-2021.yaml", script, func(l *lived) {
		revived := func(before crowd.Log, player int, at int64) bool {
			for i, e := range before {
				if e.Player != player || e.Deed != "share" || day(e.At) != day(at) {
					continue
				}
				var last *crowd.Try // finished on that day when it was shared
				for _, s := range before[:i] {
					if s.Player == player && s.Try != nil && s.Try.Refused == "" && day(s.Try.Finished) == day(e.At) {
						last = s.Try
					}
				}
				if last != nil && last.Correct() < 5 {
					return true
				}
			}
			return false
		}
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			if day(at) >= "2021-06-13" {
				return "contest_closed"
			}
			if day(at) < themes[level] {
				return "level_not_open"
			}
			today := len(tries(before, func(e crowd.Event) bool { return e.Player == player && day(e.At) == day(at) }))
			if today == 0 || today == 1 && revived(before, player, at) {
				return ""
			}
			return "no_tries_left"
		})
		l.scores(func(t *crowd.Try) (int, bool) { return 20 * t.Correct(), t.Correct() == 5 })
		final, scored := map[int]int{}, map[string]int{}
		l.held(func(player int) crowd.Held {
			var h crowd.Held
			full := map[string]bool{}
			any := false
			for _, e := range l.finishedOf(player) {
				any = any || e.Try.Correct() > 0
				if e.Try.Correct() == 5 {
					full[e.Try.Level] = true
				}
			}
			for _, level := range []string{"home", "community", "school", "village", "enterprise"} {
				if full[level] {
					if h.Cards != "" {
						h.Cards += " "
					}
					h.Cards += level
				}
			}
			h.Chances = len(full)
			if len(full) == 5 {
				final[player] = 1
			}
			if any {
				scored[map[string]string{"a1": "一区", "a2": "二区", "a3": "三区"}[l.Players[player].Unit]]++
			}
			for _, d := range days(6) {
				end := date("2021-06-07") + int64(d+1)*86_400_000 - 1
				if revived(l.Log, player, end) {
					h.Tries++
				}
			}
			return h
		})
		l.eligible("final", date("2021-06-16"), final)
		l.unitBoard("areas", scored)
	})
}

// "Two question categories. 4 or more correct: 2 points and one draw chance. Fewer:
// 1 point, no chance. Each day gives 1 attempt in each category; a successfully
// registered invitee gives 1 more in each category that day, and sharing a result
// gives 1 more in each, once a day. Area (down to the county) or central
// enterprise: two separate rankings."
func TestNationalHazchem2019(t *testing.T) {
	script := crowd.Script{Days: days(5), Crowd: 20, Units: []string{"p1-1", "p1-2", "p2-1", "f1", "f2"}}
	live(t, "national-hazchem-2019.yaml", script, func(l *lived) {
		extras := func(log crowd.Log, player int, date string) int {
			shared, invited := 0, 0
			for _, e := range log {
				switch {
				case e.Player != player || day(e.At) != date:
				case e.Deed == "share":
					shared = 1
				case e.Deed == "invite":
					invited++
				}
			}
			return shared + invited
		}
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			if day(at) >= "2019-07-01" {
				return "contest_closed"
			}
			used := len(tries(before, func(e crowd.Event) bool {
				return e.Player == player && e.Try.Level == level && day(e.At) == day(at)
			}))
			if used < 1+extras(before, player, day(at)) {
				return ""
			}
			return "no_tries_left"
		})
		l.scores(func(t *crowd.Try) (int, bool) { return 20 * t.Correct(), t.Correct() >= 4 })
		counties, provinces, firms := map[string]int{}, map[string]int{}, map[string]int{}
		l.held(func(player int) crowd.Held {
			var h crowd.Held
			finished := l.finishedOf(player)
			for _, e := range finished {
				if e.Try.Correct() >= 4 {
					h.Points, h.Chances = h.Points+2, h.Chances+1
				} else {
					h.Points++
				}
			}
			for _, d := range days(31) {
				h.Tries += extras(l.Log, player, day(date("2019-06-01")+int64(d)*86_400_000))
			}
			if len(finished) > 0 {
				switch unit := l.Players[player].Unit; unit {
				case "f1", "f2":
					firms[map[string]string{"f1": "石油企业", "f2": "化工企业"}[unit]] += h.Points
				default:
					counties[map[string]string{"p1-1": "甲县", "p1-2": "乙县", "p2-1": "丙县"}[unit]] += h.Points
					provinces[map[byte]string{'1': "甲省", '2': "乙省"}[unit[1]]] += h.Points
				}
			}
			return h
		})
		l.unitBoard("counties", counties)
		l.unitBoard("provinces", provinces)
		l.unitBoard("firms", firms)
	})
}

// "One challenge a day, up to 15 questions, played as levels of 5. Every 5 correct
// give one draw chance. Every attempt gives points to the player's area and unit."
func TestSafetyPower2021(t *testing.T) {
	script := crowd.Script{Days: days(5), Crowd: 24, Units: []string{"n1", "n2", "s1", "s2"}}
	live(t, "safety-power-2021.yaml", script, func(l *lived) {
		before := map[string]string{"second": "first", "third": "second"}
		l.replay(func(log crowd.Log, player int, level string, at int64) string {
			if day(at) >= "2021-07-01" {
				return "contest_closed"
			}
			if need := before[level]; need != "" {
				done := tries(log, func(e crowd.Event) bool {
					return e.Player == player && e.Try.Level == need && e.Try.Finished <= at && day(e.Try.Finished) == day(at)
				})
				if len(done) == 0 {
					return "level_locked"
				}
			}
			today := tries(log, func(e crowd.Event) bool {
				return e.Player == player && e.Try.Level == level && day(e.At) == day(at)
			})
			if len(today) > 0 {
				return "no_tries_left"
			}
			return ""
		})
		l.scores(func(t *crowd.Try) (int, bool) { return t.Correct(), t.Correct() >= 3 })
		areas, units := map[string]int{}, map[string]int{}
		l.held(func(player int) crowd.Held {
			var h crowd.Held
			right := map[string]int{}
			finished := l.finishedOf(player)
			for _, e := range finished {
				h.Points += e.Try.Correct()
				right[day(e.Try.Finished)] += e.Try.Correct()
			}
			for _, n := range right {
				h.Chances += n / 5
			}
			if len(finished) > 0 {
				unit := l.Players[player].Unit
				areas[map[byte]string{'n': "北区", 's': "南区"}[unit[0]]] += h.Points
				units[map[string]string{"n1": "北一厂", "n2": "北二校", "s1": "南一厂", "s2": "南二校"}[unit]] += h.Points
			}
			return h
		})
		l.unitBoard("areas", areas)
		l.unitBoard("units", units)
	})
}

// "One topic a week, each topic from another department's bank. 2 attempts a day,
// 5 questions each; 3 correct open a red-packet draw."
func TestJinhu2022(t *testing.T) {
	script := crowd.Script{Days: []int{0, 1, 6, 7, 8, 13, 14, 20, 21, 27}, Crowd: 16}
	live(t, "jinhu-2022.yaml", script, func(l *lived) {
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			if day(at) >= "2022-06-29" {
				return "contest_closed"
			}
			week := int(level[len("week-")] - '1')
			from := date("2022-06-01") + int64(week)*7*86_400_000
			switch {
			case at < from:
				return "level_not_open"
			case at >= from+7*86_400_000:
				return "level_closed"
			}
			if len(tries(before, func(e crowd.Event) bool { return e.Player == player && day(e.At) == day(at) })) >= 2 {
				return "no_tries_left"
			}
			return ""
		})
		l.scores(func(t *crowd.Try) (int, bool) { return 20 * t.Correct(), t.Correct() >= 3 })
		l.held(func(player int) (h crowd.Held) {
			for _, e := range l.finishedOf(player) {
				if e.Try.Correct() >= 3 {
					h.Chances++
				}
			}
			return h
		})
	})
}

// "Registration, then question papers. Once a week staff draw 50 lucky players
// among that week's participants; first, second, third and participation prizes at
// the end."
func TestShanxi2022(t *testing.T) {
	script := crowd.Script{Days: []int{0, 1, 2, 3, 8, 9, 10}, Crowd: 14}
	live(t, "shanxi-2022.yaml", script, func(l *lived) {
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			if day(at) >= "2022-07-02" {
				return "contest_closed"
			}
			if len(tries(before, func(e crowd.Event) bool { return e.Player == player && monday(e.At) == monday(at) })) >= 3 {
				return "no_tries_left"
			}
			return ""
		})
		l.scores(func(t *crowd.Try) (int, bool) { return 5 * t.Correct(), t.Correct() >= 12 })
		l.held(func(int) crowd.Held { return crowd.Held{} })
		final := map[int]int{}
		for _, held := range []string{"2022-06-06", "2022-06-13", "2022-06-20"} {
			week := map[int]int{}
			for player := range l.Players {
				for _, e := range l.finishedOf(player) {
					if at := date(held); e.Try.Finished >= at-7*86_400_000 && e.Try.Finished < at {
						week[player] = 1
					}
					if e.Try.Passed {
						final[player] = 1
					}
				}
			}
			l.eligible("weekly", date(held)+10*3_600_000, week)
		}
		l.eligible("final", date("2022-07-04"), final)
		l.board("total", l.bests())
	})
}

// bests ranks players by the sum over levels of the best attempt, then by the time
// used in those.
func (l *lived) bests() []line {
	var lines []line
	for player := range l.Players {
		type best struct {
			score int
			used  int64
		}
		levels := map[string]best{}
		finished := l.finishedOf(player)
		for _, e := range finished {
			b, played := levels[e.Try.Level]
			if !played || e.Try.Score > b.score || e.Try.Score == b.score && e.Try.UsedMS < b.used {
				levels[e.Try.Level] = best{e.Try.Score, e.Try.UsedMS}
			}
		}
		if len(finished) == 0 {
			continue
		}
		line := line{name: l.name(player), id: l.Players[player].ID}
		var used int64
		for _, b := range levels {
			line.points += b.score
			used += b.used
		}
		line.tie = used / 100
		lines = append(lines, line)
	}
	return lines
}

// "Six monthly periods. 10 questions of 10 points, 15 minutes. 10 attempts in each
// period; every attempt with 60 or more gives one draw, so at most 10 draws in a
// period."
func TestFireAssociation2020(t *testing.T) {
	script := crowd.Script{Days: []int{0, 1, 30, 31, 61, 122, 183}, Crowd: 6}
	live(t, "fire-association-2020.yaml", script, func(l *lived) {
		period := func(ms int64) int { // from the 15th to the 15th
			at := time.UnixMilli(ms).In(shanghai).AddDate(0, 0, -14)
			return int(at.Month())
		}
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			if day(at) >= "2020-11-15" {
				return "contest_closed"
			}
			if len(tries(before, func(e crowd.Event) bool { return e.Player == player && period(e.At) == period(at) })) >= 10 {
				return "no_tries_left"
			}
			return ""
		})
		l.scores(func(t *crowd.Try) (int, bool) { return 10 * t.Correct(), t.Correct() >= 6 })
		l.held(func(player int) (h crowd.Held) {
			draws := map[int]int{}
			for _, e := range l.finishedOf(player) {
				if e.Try.Score >= 60 {
					draws[period(e.Try.Finished)]++
				}
			}
			for _, n := range draws {
				h.Chances += min(n, 10)
			}
			return h
		})
	})
}

// "One attempt only: 20 questions of 5 points. Players rank by score, then by time
// used. Individual or team entry; a team's score is the sum of its ten best
// players."
func TestBeijingFire2021(t *testing.T) {
	script := crowd.Script{Days: days(2), Crowd: 70, Units: []string{"t1", "t1", "t1", "t2", "t3", ""}}
	live(t, "beijing-fire-2021.yaml", script, func(l *lived) {
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			if len(tries(before, func(e crowd.Event) bool { return e.Player == player })) > 0 {
				return "no_tries_left"
			}
			return ""
		})
		l.scores(func(t *crowd.Try) (int, bool) { return 5 * t.Correct(), t.Correct() >= 12 })
		l.board("players", l.bests())
		teams, members := map[string]int{}, map[string]int{}
		for _, best := range l.ranked() {
			team := map[string]string{"t1": "第一队", "t2": "第二队", "t3": "第三队"}[l.Players[best].Unit]
			if team == "" {
				continue
			}
			if members[team]++; members[team] <= 10 {
				teams[team] += l.finishedOf(best)[0].Try.Score
			} else {
				teams[team] += 0
			}
		}
		if members["第一队"] <= 10 {
			l.t.Errorf("the largest team has only %d players", members["第一队"])
		}
		l.unitBoard("teams", teams)
	})
}

// ranked are the players who finished, the best first.
func (l *lived) ranked() []int {
	byName := map[string]int{}
	for player := range l.Players {
		byName[l.name(player)] = player
	}
	var order []int
	lines := l.bests()
	for range lines {
		best := 0
		for i := range lines {
			if lines[i].points > lines[best].points || lines[i].points == lines[best].points && lines[i].tie < lines[best].tie {
				best = i
			}
		}
		order = append(order, byName[lines[best].name])
		lines = append(lines[:best], lines[best+1:]...)
	}
	return order
}

// "Four scenes of 5 questions. A day allows one scene; 3 attempts a day, the best
// counts, at equal scores the shorter time. Final score: the sum of the scenes.
// Team rankings by number of participants and by participation rate (participants
// over the team's registered size)."
func TestIllegalFinance2024(t *testing.T) {
	script := crowd.Script{Days: days(7), Crowd: 20, Units: []string{"u1", "u2", "u3"}}
	live(t, "illegal-finance-2024.yaml", script, func(l *lived) {
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			if day(at) >= "2024-06-19" {
				return "contest_closed"
			}
			today := tries(before, func(e crowd.Event) bool { return e.Player == player && day(e.At) == day(at) })
			if len(today) >= 3 || len(today) > 0 && today[0].Try.Level != level {
				return "no_tries_left"
			}
			return ""
		})
		l.scores(func(t *crowd.Try) (int, bool) { return 20 * t.Correct(), t.Correct() >= 3 })
		l.board("players", l.bests())
		crowdOf, rate := map[string]int{}, map[string]int{}
		for player := range l.Players {
			if len(l.finishedOf(player)) > 0 {
				crowdOf[map[string]string{"u1": "第一单位", "u2": "第二单位", "u3": "第三单位"}[l.Players[player].Unit]]++
			}
		}
		rate["第一单位"], rate["第二单位"] = min(10_000, crowdOf["第一单位"]*10_000/40), crowdOf["第二单位"]*10_000/200
		l.unitBoard("crowd", crowdOf)
		l.unitBoard("rate", rate) // the third's size is not known
	})
}

// "First sign-in of a day: 1 point. First share of a day: 2 points. Questions come
// one at a time; a wrong answer, a time-out or leaving ends the game. Ordinary
// question 1 point, landmark question 2 points, ten in a row 3 points on top. Games
// are not limited, points are capped at 43 a day. Guests may play but hold no
// points. Equal points rank by who reached them first. Top of the ranking wins; 50
// lucky draws besides." Landmark questions are those of difficulty 4 and 5.
func TestShenzhenLibrary2020(t *testing.T) {
	script := crowd.Script{Days: days(4), Crowd: 16, Leave: true, Guests: true}
	live(t, "shenzhen-library-2020.yaml", script, func(l *lived) {
		for _, e := range l.Log {
			if e.Try != nil && e.Try.Refused != "" && day(e.At) < "2020-07-01" {
				l.t.Errorf("games are not limited, but one was refused: %s", e.Try.Refused)
			}
		}
		l.scores(func(t *crowd.Try) (score int, passed bool) {
			for i, right := range t.Rights {
				if !right {
					if i != len(t.Rights)-1 {
						l.t.Errorf("a game went on after a wrong answer: %v", t.Rights)
					}
					break
				}
				score++
				if t.Hard[i] {
					score++
				}
				if (i+1)%10 == 0 {
					score += 3
				}
			}
			return score, t.Correct() >= 10
		})
		var lines []line
		lucky := map[int]int{}
		capped := 0
		l.held(func(player int) (h crowd.Held) {
			if l.Players[player].Guest {
				return h
			}
			type gain struct {
				at     int64
				points int
			}
			var gains []gain
			for _, kind := range []string{"checkin", "share"} {
				first := map[string]bool{}
				for _, e := range l.deeds(player, kind) {
					if !first[day(e.At)] {
						first[day(e.At)] = true
						gains = append(gains, gain{e.At, map[string]int{"checkin": 1, "share": 2}[kind]})
					}
				}
			}
			for _, e := range l.finishedOf(player) {
				gains = append(gains, gain{e.Try.Finished, e.Try.Score})
			}
			slices.SortStableFunc(gains, func(a, b gain) int { return cmp.Compare(a.at, b.at) })
			today, reached := map[string]int{}, int64(0)
			for _, g := range gains {
				points := min(g.points, 43-today[day(g.at)])
				if points < g.points {
					capped++
				}
				if points > 0 || reached == 0 {
					reached = g.at
				}
				today[day(g.at)] += points
				h.Points += points
			}
			if h.Points > 0 || len(l.finishedOf(player)) > 0 {
				lines = append(lines, line{l.name(player), h.Points, (reached - date("2020-06-01")) / 100, l.Players[player].ID})
			}
			if h.Points > 0 {
				lucky[player] = 1
			}
			return h
		})
		if capped < 3 {
			l.t.Errorf("only %d gains met the cap", capped)
		}
		l.board("points", lines)
		l.eligible("lucky", date("2020-07-03"), lucky)
	})
}
