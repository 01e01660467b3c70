package contest_test

import (
	"testing"

	"anquanda/internal/contest"
)

// What is decided on the ten thousandth attempt takes as much memory as on the tenth.
func TestDecidingTakesNoMoreMemoryWithTheAttemptsOfThePast(t *testing.T) {
	d, err := contest.Parse("cost.yaml", []byte(`contest: cost
title: 花费
organizer: 测试
window: {opens: 2026-06-01, closes: 2026-07-01}
bank: safety
levels:
  - {key: a, title: 甲, questions: [{count: 5}], pass: 3, attempts: {max: 0}}
  - {key: b, title: 乙, questions: [{count: 5}], attempts: {max: 0}}
attempts: [{max: 1000, per: day}]
earnings: [{key: e, when: {result: passed}, give: {points: 1}, max: 3, per: day}]
boards: [{key: b, title: 榜, subject: player, measure: best, ties: time}]
`))
	if err != nil {
		t.Fatal(err)
	}
	const second = 1000
	cost := func(past int) float64 {
		r := &contest.Record{Registered: true}
		start := d.Window.Opens.MS
		for i := range past {
			at := start + int64(i)*200*second
			r.History = append(r.History, contest.Attempt{ID: int64(i + 100_000), Level: "a", Ordinal: i + 1, StartedAt: at,
				FinishedAt: at + 30*second, Correct: 4, Score: 40, Passed: true, UsedMS: 30 * second})
		}
		now := start + int64(past+1)*200*second
		s := d.Summarize(r, now)
		last := r.History[past-1]
		return testing.AllocsPerRun(50, func() {
			if _, _, err := d.NewAttempt(s, "b", now, false); err != nil {
				t.Fatal(err)
			}
			d.LevelStates(s, now)
			d.EarnAttempt(s, last)
			d.Totals(s)
		})
	}
	if few, many := cost(10), cost(10_000); few != many {
		t.Errorf("%v allocations after 10 attempts, %v after 10000", few, many)
	}
}
