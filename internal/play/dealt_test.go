package play_test

import (
	"slices"
	"strings"
	"testing"

	"anquanda/internal/testkit/arena"
)

// stems are the questions of a candidate's paper, in its order.
func (c *candidate) stems() string {
	var stems []string
	for _, asked := range c.step.Whole.Questions {
		stems = append(stems, asked.Stem)
	}
	return strings.Join(stems, " ")
}

func TestEachPlayerKeepsOneOfSeveralPapers(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(exam("paper: same, papers: 2"))
		papers := map[string]int{}
		for i := range 12 {
			c := sits(a, "考生"+string(rune('A'+i)))
			first := c.stems()
			papers[first]++
			again, err := a.Play.Resume(t.Context(), c.id, c.step.Ticket)
			if err != nil {
				t.Fatal(err)
			}
			if c.step = again; c.stems() != first {
				t.Errorf("after a reload the paper is %s, not %s", c.stems(), first)
			}
			for position := 1; position <= 6; position++ {
				c.save(c.put(position, 1, position <= 3))
			}
			if result := c.handIn(); result.Correct != 3 {
				t.Errorf("%d of 3 right answers count", result.Correct)
			}
			if c.step = a.Start(c.id, "first"); c.stems() != first {
				t.Errorf("at the second try the paper is %s, not %s", c.stems(), first)
			}
		}
		if len(papers) != 2 {
			t.Fatalf("%d papers are dealt to 12 players", len(papers))
		}
		var all []string
		for paper := range papers {
			all = append(all, strings.Split(paper, " ")...)
		}
		slices.Sort(all)
		if len(slices.Compact(all)) != 12 {
			t.Error("the papers share questions, though the bank has enough")
		}
	})
}
