package contest

import "testing"

func TestAccuracyCountsWholePapersAndWhatWasNotAnswered(t *testing.T) {
	tally := MeasureTally{Total: Total{Measure: MeasureAccuracy}}
	for _, c := range []struct {
		a               Attempt
		right, answered int64
		reached         int64
	}{
		{Attempt{FinishedAt: 10, Correct: 2, Reached: 4, UsedMS: 5}, 2, 4, 10},
		{Attempt{FinishedAt: 20, Correct: 4, Reached: 4, Retries: 1}, 2, 4, 10}, // carries right ones along
		{Attempt{FinishedAt: 30, Correct: 1, Reached: 2}, 3, 6, 10},             // no better, no worse
		{Attempt{FinishedAt: 40, Correct: 0, Reached: 0}, 3, 6, 10},
		{Attempt{FinishedAt: 50, Correct: 0, Reached: 2}, 3, 8, 50}, // ran out of time before two
	} {
		tally.attempt(&c.a)
		if tally.Points != c.right || tally.Answered != c.answered || tally.ReachedAt != c.reached {
			t.Errorf("at %d: %d of %d since %d", c.a.FinishedAt, tally.Points, tally.Answered, tally.ReachedAt)
		}
	}
	if got := AccuracyOf(tally.Points, tally.Answered); got != 3750 {
		t.Errorf("it is %d", got)
	}
	if AccuracyOf(1, 0) != 0 || AccuracyOf(3, 2) != wholeAccuracy {
		t.Error("accuracy leaves 0 to 1")
	}
}
