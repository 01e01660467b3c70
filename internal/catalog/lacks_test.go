package catalog_test

import (
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/testkit/arena"
)

func TestWhatABankLacksForADefinitionIsToldByPath(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		for _, c := range []struct{ old, new, want string }{
			{"", "", ""},
			{"count: 3, kinds", "count: 90, kinds", "levels[0].questions[0] “第一关”这一批要 90 道题，题库“safety”里符合条件的只有"},
			{"bank: safety", "bank: nowhere", "bank 没有题库“nowhere”"},
			{"key: second, ", "key: second, bank: nowhere, ", "levels[1].bank 没有题库“nowhere”"},
		} {
			d, err := contest.Parse("x", []byte(strings.Replace(arena.Demo, c.old, c.new, 1)))
			if err != nil {
				t.Fatal(err)
			}
			lacks, err := a.Catalog.Lacks(t.Context(), d)
			said := ""
			for _, f := range lacks {
				said += f.Path + " " + f.Words
			}
			if err != nil || !strings.HasPrefix(said, c.want) || len(lacks) > 1 || c.want == "" && said != "" {
				t.Errorf("%s: %v, %v", c.new, lacks, err)
			}
		}
	})
}
