package report_test

import (
	"testing"

	"anquanda/internal/report"
)

func TestAHalfIsRoundedUpAsThePagesDo(t *testing.T) {
	for part, want := range map[float64]string{73.0 / 80: "91.3%", 0.0025: "0.3%", 1: "100.0%", 0: "0.0%"} {
		if got := report.Percent(part); got != want {
			t.Errorf("%v is %s, want %s", part, got, want)
		}
	}
}
