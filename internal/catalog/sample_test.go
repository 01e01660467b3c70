package catalog_test

import (
	"slices"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/testkit/arena"
)

func TestLevelsOfWhichASampleHoldsEverythingAreNamed(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		for _, c := range []struct {
			guests, old, new string
			want             []int
		}{
			{"{questions: 9}", "", "", nil},
			{"{questions: 0}", "", "", nil},
			{"{questions: 40}", "", "", []int{0, 1, 2}}, // the bank has ten of each kind
			{"{questions: 9}", "count: 3, kinds: [single]", "count: 10, kinds: [single]", []int{0}},
			{"{questions: 9}", "questions: [{count: 3, kinds: [single]}]",
				"paper: same, questions: [{count: 10, kinds: [single]}]", nil},
			{"{questions: 40}", "bank: safety", "bank: nowhere", nil},
			{"{questions: 40}", "count: 2, kinds: [fill]", "count: 11, kinds: [fill]", nil}, // lacks, which is told
		} {
			text := strings.Replace(arena.Demo, "{unit: {ask: optional}}", "{proof: [phone], guests: "+c.guests+"}", 1)
			text = strings.Replace(text, c.old, c.new, 1)
			d, err := contest.Parse("x", []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := a.Catalog.Whole(t.Context(), d); err != nil || !slices.Equal(got, c.want) {
				t.Errorf("guests %s, %s: levels %v, %v", c.guests, c.new, got, err)
			}
		}
	})
}
