package crowd_test

import (
	"testing"

	"anquanda/internal/question"
	"anquanda/internal/testkit/crowd"
)

// totals are the lines of a board that adds up the scores of a player and their times, or
// keeps the last.
func (l *lived) totals(sum bool) (lines []line) {
	for player := range l.Players {
		finished := l.finishedOf(player)
		if len(finished) == 0 {
			continue
		}
		at := line{name: l.name(player), id: l.Players[player].ID}
		for _, e := range finished {
			if !sum {
				at.points, at.tie = 0, 0
			}
			at.points, at.tie = at.points+e.Try.Score, at.tie+e.Try.UsedMS
		}
		at.tie /= 100
		lines = append(lines, at)
	}
	return lines
}

// "Eight questions, ten points each if answered within three seconds, from then on evenly
// less, down to four points at twenty seconds; what is left of a point is lost. The second
// wrong answer ends it. Six right pass. Four tries a day."
func TestAFastAnswerIsWorthMore(t *testing.T) {
	script := crowd.Script{Days: days(3), Crowd: 12}
	invented(t, "speed-dash", script, func(l *lived) {
		late := 0
		l.scores(func(t *crowd.Try) (score int, passed bool) {
			wrong := 0
			for i, right := range t.Rights {
				switch over := max(0, t.TookMS[i]-3000); {
				case !right:
					wrong++
				case over > 0:
					late++
					score += int((10*17_000 - 6*over) / 17_000)
				default:
					score += 10
				}
				if wrong == 2 && i != len(t.Rights)-1 {
					l.t.Errorf("it went on after the second wrong answer: %v", t.Rights)
				}
			}
			return score, t.Correct() >= 6
		})
		if late < 50 {
			l.t.Errorf("only %d answers were late", late)
		}
		l.board("best", l.bests())
		l.board("last", l.totals(false))
	})
}

// "Six questions of one right answer, four points, two off for a wrong one; four of several,
// six points, three off. Nothing is off for what is left out, and nobody falls below
// nothing. Once a day the score is paid out in points. From eight tenths right the
// certificate says excellent, from twenty points and a pass, passed: the better one is given."
func TestAWrongAnswerTakesPointsOff(t *testing.T) {
	script := crowd.Script{Days: days(3), Crowd: 12}
	invented(t, "minus-bowl", script, func(l *lived) {
		below := 0
		l.scores(func(t *crowd.Try) (score int, passed bool) {
			for i, right := range t.Rights {
				worth, off := 4, 2
				if t.Parts[i].Kind == question.Multiple {
					worth, off = 6, 3
				}
				if right {
					score += worth
				} else {
					score -= off
				}
			}
			if score < 0 {
				score, below = 0, below+1
			}
			return score, t.Correct() >= 6
		})
		if below == 0 {
			l.t.Error("nobody would have fallen below nothing")
		}
		l.held(func(player int) (h crowd.Held) {
			paid := map[string]bool{}
			for _, e := range l.finishedOf(player) {
				if on := day(e.Try.Finished); !paid[on] {
					h.Points += e.Try.Score
					// A score of nothing gives nothing, and the next one of the day is paid.
					paid[on] = e.Try.Score > 0
				}
			}
			return h
		})
		l.certified(func(player int) (certificate string) {
			best, right, passed := 0, 0, false
			for _, e := range l.finishedOf(player) {
				best, right, passed = max(best, e.Try.Score), max(right, e.Try.Correct()), passed || e.Try.Passed
			}
			switch {
			case right >= 8:
				return "gold"
			case best >= 20 && passed:
				return "pass"
			}
			return ""
		})
		l.board("sum", l.totals(true))
	})
}

// "Choices of several. In the first set each right option chosen is a point, three at most.
// In the second a choice that lacks some is worth their share of two and a half, rounded
// down to a tenth, and a wrong answer takes half a point. In the third it is worth a point
// of four. A wrong option makes it wrong."
func TestAChoiceThatLacksSomeIsWorthAPart(t *testing.T) {
	script := crowd.Script{Days: days(2), Crowd: 14, Parts: true}
	invented(t, "part-credit", script, func(l *lived) {
		parts := 0
		l.scores(func(t *crowd.Try) (score int, passed bool) {
			for i, right := range t.Rights {
				part := t.Parts[i]
				if part.Hit > 0 {
					parts++
				}
				several := part.Kind == question.Multiple
				switch {
				case t.Level == "each" && right:
					score += 30
				case t.Level == "each":
					score += 10 * min(3, part.Hit)
				case t.Level == "fixed" && right:
					score += 40
				case t.Level == "fixed" && part.Hit > 0:
					score += 10
				case t.Level == "fixed":
				case right && several:
					score += 25
				case right:
					score += 10
				case part.Hit > 0:
					score += 25 * part.Hit / part.Of
				default:
					score -= 5
				}
			}
			return max(0, score), t.Correct() >= 2
		})
		if parts < 10 {
			l.t.Errorf("only %d answers were right in part", parts)
		}
		var lines []line
		for _, best := range l.bests() {
			best.tie = l.reachedBest(best.name)
			lines = append(lines, best)
		}
		l.board("best", lines)
	})
}

// reachedBest is when the best scores of a player's levels came to their sum, in tenths of
// seconds from the opening.
func (l *lived) reachedBest(name string) (at int64) {
	for player := range l.Players {
		if l.name(player) != name {
			continue
		}
		best := map[string]int{}
		for i, e := range l.finishedOf(player) {
			if e.Try.Score > best[e.Try.Level] || i == 0 {
				best[e.Try.Level], at = max(best[e.Try.Level], e.Try.Score), e.Try.Finished
			}
		}
	}
	return (at - l.Contest.Window.Opens.MS) / 100
}

// "One paper, thirty minutes, twice at most: four questions of two and a half points, three
// of several at four, one and a half where some are lacking, three statements at one point,
// one off for a wrong one. What was put down last counts, and what was left out is nothing.
// Six right pass. From twenty points excellent, from eight tenths right good, else passed: the best
// of them."
func TestAPaperIsMarkedBySections(t *testing.T) {
	script := crowd.Script{Days: days(3), Crowd: 24, Parts: true}
	invented(t, "paper-exam", script, func(l *lived) {
		l.replay(func(before crowd.Log, player int, level string, at int64) string {
			switch {
			case day(at) >= "2026-06-18":
				return "contest_closed"
			case len(begun(before, player, level)) >= 2:
				return "no_tries_left"
			}
			return ""
		})
		halves, left := 0, 0
		l.scores(func(t *crowd.Try) (score int, passed bool) {
			for i, right := range t.Rights {
				part := t.Parts[i]
				switch section := i; {
				case part.Kind == "":
					left++
				case section < 4 && right:
					score += 25
				case section < 4:
				case section < 7 && right:
					score += 40
				case section < 7 && part.Hit > 0:
					score += 15
				case section < 7:
				case right:
					score += 10
				default:
					score -= 10
				}
			}
			if score%10 != 0 {
				halves++
			}
			return max(0, score), t.Correct() >= 6
		})
		if halves < 5 || left < 5 {
			l.t.Errorf("%d scores had halves, %d questions were left out", halves, left)
		}
		l.certified(func(player int) (certificate string) {
			best := 0 // 1 passed, 2 good, 3 excellent
			for _, e := range l.finishedOf(player) {
				switch {
				case e.Try.Score >= 200:
					best = max(best, 3)
				case e.Try.Correct() >= 8:
					best = max(best, 2)
				case e.Try.Correct() >= 6:
					best = max(best, 1)
				}
			}
			return []string{"", "pass", "good", "best"}[best]
		})
	})
}

// "Villages compare what their people have on the average, where at least three took part;
// the parts of the town by their three best; and in the north the villages by how often
// their people have played."
func TestVillagesCompareTheirAverages(t *testing.T) {
	script := crowd.Script{Days: days(3), Crowd: 13, Units: []string{"n1", "n1", "n2", "s1", "s1", "s2"}}
	invented(t, "villages", script, func(l *lived) {
		names := map[string]string{"n1": "北一村", "n2": "北二村", "s1": "南一村", "s2": "南二村"}
		best, tried := map[string][]int{}, map[string]int{}
		for player := range l.Players {
			unit, top := l.Players[player].Unit, -1
			for _, e := range l.finishedOf(player) {
				top = max(top, e.Try.Score)
				if unit == "n1" || unit == "n2" {
					tried[names[unit]]++
				}
			}
			if top >= 0 {
				best[unit] = append(best[unit], top)
			}
		}
		mean, parts := map[string]int{}, map[string][]int{}
		for unit, scores := range best {
			sum := 0
			for _, score := range scores {
				sum += score
			}
			if len(scores) >= 3 {
				mean[names[unit]] = sum * 1000 / len(scores)
			}
			part := map[byte]string{'n': "北片", 's': "南片"}[unit[0]]
			parts[part] = append(parts[part], scores...)
		}
		l.unitBoard("mean", mean)
		three := map[string]int{}
		for part, scores := range parts {
			three[part] = sumOfBest(scores, 3)
		}
		l.unitBoard("three", three)
		l.unitBoard("tries", tried)
	})
}
