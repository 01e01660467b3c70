package rulespage_test

import (
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
)

func TestABoardSaysInWhatItCounts(t *testing.T) {
	d := &contest.Definition{Purses: []contest.Purse{{Key: "flowers", Title: "小红花"}}}
	if got := rulespage.MeasureUnit(d, &contest.Board{Measure: contest.MeasurePoints, Purse: "flowers"}); got != "小红花" {
		t.Errorf("the purse counts in %s", got)
	}
	for measure, unit := range map[contest.Measure]string{contest.MeasureBest: "分", contest.MeasurePoints: "积分",
		contest.MeasureTime: "秒", contest.MeasureAccuracy: "%",
		contest.MeasureAttempts: "次", contest.MeasurePlayers: "人", contest.MeasureRate: "%"} {
		if got := rulespage.MeasureUnit(d, &contest.Board{Measure: measure}); got != unit {
			t.Errorf("%s counts in %s, not %s", measure, got, unit)
		}
	}
	for measure, unit := range map[contest.Measure]string{contest.MeasureBest: "分/人", contest.MeasurePoints: "积分/人",
		contest.MeasureAttempts: "次/人"} {
		if got := rulespage.MeasureUnit(d, &contest.Board{Measure: measure, Average: 5}); got != unit {
			t.Errorf("the average of %s counts in %s, not %s", measure, got, unit)
		}
	}
}
