package report

import (
	"slices"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/identity/personal"
)

func TestAnOptionThatFewChoseIsHiddenAndSoIsWhatWouldTellIt(t *testing.T) {
	field := contest.Field{Options: []string{"甲", "乙", "丙", "丁"}}
	for _, c := range []struct {
		counts []int64
		hidden []bool
	}{
		{[]int64{40, 30, 20, 10}, []bool{false, false, false, false}},
		{[]int64{40, 30, 20, 0}, []bool{false, false, false, false}},
		{[]int64{40, 30, 20, 3}, []bool{false, false, true, true}}, // of all, less the others, 3 would be left
		{[]int64{40, 30, 3, 3}, []bool{false, false, true, true}},  // six together tell of nobody
		{[]int64{0, 0, 0, 2}, []bool{false, false, false, true}},
	} {
		var hidden []bool
		for _, o := range OptionsOf(personal.Choice{Field: field, Counts: c.counts}) {
			hidden = append(hidden, o.Hidden)
		}
		if !slices.Equal(hidden, c.hidden) {
			t.Errorf("%v: hidden are %v, want %v", c.counts, hidden, c.hidden)
		}
	}
}
