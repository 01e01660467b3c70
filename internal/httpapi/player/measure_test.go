package player

import (
	"testing"

	"anquanda/internal/contest"
)

func TestABoardSaysInWhatItCounts(t *testing.T) {
	for measure, unit := range map[contest.Measure]string{contest.MeasureBest: "分", contest.MeasurePoints: "分",
		contest.MeasureAttempts: "次", contest.MeasurePlayers: "人", contest.MeasureRate: "%"} {
		if got := measureName(&contest.Board{Measure: measure}); got != unit {
			t.Errorf("%s counts in %s, not %s", measure, got, unit)
		}
	}
	for measure, unit := range map[contest.Measure]string{contest.MeasureBest: "分/人", contest.MeasurePoints: "分/人",
		contest.MeasureAttempts: "次/人"} {
		if got := measureName(&contest.Board{Measure: measure, Average: 5}); got != unit {
			t.Errorf("the average of %s counts in %s, not %s", measure, got, unit)
		}
	}
}
