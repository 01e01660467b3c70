package crowd_test

import (
	"cmp"
	"slices"
	"testing"

	"anquanda/internal/testkit/crowd"
)

// Of no real contest: "From 1 to 3 June all may practise, and it counts for nothing.
// From the 3rd workers climb the stairs, three times a day: a right answer is one
// step up, a wrong one a step back, never below the ground; the fifth step ends it.
// Residents do a paper of ten, three times a day; who had some wrong is asked only
// those again, until all are right. One point a day for checking in, ten points for
// the first pass, and a certificate for it. Both roles are ranked by themselves."
func TestRolesStepsRetriesTrainingAndCertificates(t *testing.T) {
	script := crowd.Script{Days: days(6), Crowd: 16}
	live(t, "stairs-and-papers.yaml", script, func(l *lived) {
		training := func(ms int64) bool { return day(ms) < "2026-06-03" }
		role := map[string]string{"stairs": "worker", "paper": "resident"}
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			if role[level] != l.Players[player].Division {
				return "level_other_division"
			}
			used := tries(before, func(e crowd.Event) bool {
				return e.Player == player && e.Try.Level == level && day(e.At) == day(at)
			})
			if len(used) >= 3 {
				return "no_tries_left"
			}
			return ""
		})
		retried := l.checkScores(training)
		if retried < 10 {
			l.t.Errorf("only %d attempts asked wrong ones again", retried)
		}
		lines := map[string][]line{}
		l.held(func(player int) (h crowd.Held) {
			type gain struct {
				at     int64
				points int
			}
			var gains []gain
			for _, e := range l.deeds(player, "checkin") {
				if !training(e.At) {
					gains = append(gains, gain{e.At, 1})
				}
			}
			certified, played := false, int64(0)
			for _, e := range l.finishedOf(player) {
				if training(e.At) {
					continue
				}
				if played == 0 {
					played = e.Try.Finished
				}
				if e.Try.Passed && !certified {
					certified = true
					gains = append(gains, gain{e.Try.Finished, 10})
				}
			}
			slices.SortFunc(gains, func(a, b gain) int { return cmp.Compare(a.at, b.at) })
			reached := played
			for _, g := range gains {
				h.Points, reached = h.Points+g.points, g.at
			}
			p := l.Players[player]
			if reached != 0 {
				lines[p.Division] = append(lines[p.Division], line{l.name(player), h.Points,
					(reached - date("2026-06-03")) / 100, p.ID})
			}
			for _, certificate := range l.Contest.Certificates {
				if got := l.Certified(player, certificate); got != (certified && certificate.Key == p.Division) {
					l.t.Errorf("player %d, certificate %s: %v", player, certificate.Key, got)
				}
			}
			return h
		})
		l.board("workers", lines["worker"])
		l.board("residents", lines["resident"])
	})
}

// checkScores compares scores and passes, and counts the attempts that asked less
// than a whole paper.
func (l *lived) checkScores(training func(int64) bool) (retried int) {
	l.t.Helper()
	for player := range l.Players {
		kept := map[bool]int{} // right answers carried on, in training and after it
		for _, e := range l.finishedOf(player) {
			score, passed := 0, false
			if e.Try.Level == "stairs" {
				step := 0
				for _, right := range e.Try.Rights {
					if right {
						step, score = step+1, score+2
					} else {
						step = max(0, step-1)
					}
				}
				passed = step == 5
			} else {
				phase := training(e.At)
				if kept[phase] > 0 {
					retried++
				}
				if most := 10 - kept[phase]; len(e.Try.Rights) > most {
					l.t.Errorf("player %d was asked %d questions, only %d were wrong", player, len(e.Try.Rights), most)
				}
				all := kept[phase] + e.Try.Correct()
				score, passed = 10*all, all == 10
				if kept[phase] = all; passed {
					kept[phase] = 0
				}
			}
			if e.Try.Score != score || e.Try.Passed != passed {
				l.t.Errorf("player %d at %s: %v scored %d, %v; want %d, %v", player, e.Try.Level, e.Try.Rights, e.Try.Score,
					e.Try.Passed, score, passed)
			}
		}
	}
	return retried
}
