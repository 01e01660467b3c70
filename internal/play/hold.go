package play

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/question"
)

// pacer tells answers that are faster than anybody reads (contest.LeastFor).
type pacer struct{ atOnce bool }

// least is what a response takes at least, in milliseconds; 0 for one that was never
// given.
func (p pacer) least(s *sheet, r *responseRow) int64 {
	if r.UsedMS == neverShown || int(r.Position) > len(s.asked) {
		return 0
	}
	least := s.level.LeastFor(s.question(int(r.Position)))
	if p.atOnce { // asked after the work, so that benches show what it costs
		return 0
	}
	return least
}

// hasty reports whether a response came faster than anybody reads, passed over or
// answered.
func (p pacer) hasty(s *sheet, r *responseRow) bool { return r.UsedMS < p.least(s, r) }

// hastyBy is hasty for a response of which the level and the question are known.
func (p pacer) hastyBy(c *catalog.Contest, level string, q *question.Question, used int64) bool {
	l, _, ok := c.Level(level)
	return ok && !p.atOnce && used < l.LeastFor(q)
}

// pace counts the hasty responses of an attempt, and tells whether all that it asks
// was reached.
func (p pacer) pace(s *sheet, responses []responseRow) (hasty int, whole bool) {
	reached := 0
	for i := range responses {
		if responses[i].UsedMS == neverShown {
			continue
		}
		reached++
		if p.hasty(s, &responses[i]) {
			hasty++
		}
	}
	return hasty, s.level.Whole() || reached >= len(s.asked) || s.over(s.run(responses))
}

// tell decides what may be told of an attempt that ended: what was hasty waits until
// all is answered, or giving up after one answer would tell it.
func (row *attemptRow) tell(hasty int, whole bool) {
	row.whole = whole
	row.told = row.Held == contest.HeldNot && (hasty == 0 || whole)
}

// tellAgain is tell for an attempt that ended before.
func (s *Service) tellAgain(ctx context.Context, c *catalog.Contest, row *attemptRow) error {
	sheet, err := sheetOfRow(c, row)
	if err != nil {
		return err
	}
	responses, err := s.storedResponses(ctx, s.db, row.ID)
	if err != nil {
		return err
	}
	row.tell(s.pace(sheet, responses))
	return nil
}
