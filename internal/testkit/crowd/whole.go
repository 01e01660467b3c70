package crowd

import (
	"time"

	"anquanda/internal/play"
)

// sit answers a whole paper as people do: from the back or the front, some of it twice,
// some of it not at all; what was put down last counts. Most hand it in, and the others are
// out of time. Try.Rights and Try.Parts are by the paper's order; Part.Kind is empty for
// what was left out.
func (c *Crowd) sit(player int, try *Try, step *play.Step, m Manner) {
	questions := step.Whole.Questions
	try.Rights, try.Parts = make([]bool, len(questions)), make([]Part, len(questions))
	try.Hard = make([]bool, len(questions))
	for n, at := range c.Random.Perm(len(questions)) {
		if m.Quit > 0 && n >= m.Quit || c.Random.IntN(12) == 0 {
			continue
		}
		for revision := 1; revision <= 1+c.Random.IntN(2); revision++ {
			c.Clock.Pass(time.Duration(1000+c.Random.IntN(4000)) * time.Millisecond)
			right := c.Random.Float64() < c.Players[player].Right
			answer := play.PaperAnswer{Response: c.response(questions[at], right), Revision: revision}
			kept, err := c.Play.SavePaper(c.T.Context(), c.Players[player].ID, step.Ticket, []play.PaperAnswer{answer})
			if err != nil || len(kept) != 1 || kept[0].Ahead != nil {
				c.T.Fatalf("put down %d of a paper: %+v, %v", at+1, kept, err)
			}
			try.Rights[at], try.Parts[at] = right, c.put
		}
	}
	if m.Quit > 0 {
		c.abandon(step, try)
		return
	}
	result, err := c.Play.Finish(c.T.Context(), c.Players[player].ID, step.Ticket)
	if err != nil {
		c.T.Fatalf("hand in a paper: %v", err)
	}
	try.take(result)
}
