package hall_test

import (
	"testing"
	"time"

	"anquanda/internal/hall"
	"anquanda/internal/sqldb"
)

func anyQuestion(string, string) bool { return true }

func (h *house) most(of *hall.Service, fits func(bank, question string) bool) *hall.Missed {
	h.t.Helper()
	for _, node := range []*hall.Service{h.Service, h.other} {
		if err := node.StoreHeard(h.t.Context()); err != nil {
			h.t.Fatal(err)
		}
	}
	h.later.Add(time.Minute.Milliseconds()) // a node's answer is kept for some seconds
	most, err := of.MostMissed(h.t.Context(), contest, fits)
	if err != nil {
		h.t.Fatal(err)
	}
	return most
}

// answer lets players from first to last answer a question, all rightly or all wrongly.
func (h *house) answer(of *hall.Service, question string, first, last int, correct bool) {
	for player := first; player <= last; player++ {
		of.Heard(contest, sqldb.ID(player), "safety", question, correct)
	}
}

func TestTheQuestionMissedMostIsCountedByAllNodesAndOfEnoughPeople(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		// Begin with a slot, so that none is cut while this goes on.
		ms := time.Now().UnixMilli() + h.later.Load()
		h.later.Add(600_000 - ms%600_000 + 1000)

		h.answer(h.Service, "easy", 1, 40, true)
		h.answer(h.Service, "rare", 1, 19, false) // one too few
		for range 60 {
			h.answer(h.Service, "alone", 1, 1, false) // one person again and again
		}
		if most := h.most(h.Service, anyQuestion); most != nil {
			t.Errorf("of an easy one, a rare one and one person's, %+v is told", most)
		}
		h.answer(h.Service, "hard", 1, 15, false)
		h.answer(h.other, "hard", 16, 30, false)
		h.answer(h.other, "hard", 31, 40, true)
		h.answer(h.other, "half", 1, 20, true)
		h.answer(h.Service, "half", 21, 40, false)
		for _, node := range []*hall.Service{h.Service, h.other} {
			most := h.most(node, anyQuestion)
			if most == nil || most.Question != "hard" || most.Bank != "safety" || most.Answers != 40 || most.Wrong != 30 {
				t.Errorf("a node tells %+v", most)
			}
		}
		if most := h.most(h.Service, func(_, question string) bool { return question != "hard" }); most == nil ||
			most.Question != "half" {
			t.Errorf("where the hardest may not be told, %+v is", most)
		}
		wipe := func(tx *sqldb.Tx) error { return hall.Wipe(t.Context(), tx, contest) }
		if err := h.db.InTx(t.Context(), wipe); err != nil {
			t.Fatal(err)
		}
		h.answer(h.Service, "hard", 1, 40, false)
		h.most(h.Service, anyQuestion)
		h.later.Add((80 * time.Minute).Milliseconds())
		if most := h.most(h.Service, anyQuestion); most != nil {
			t.Errorf("after more than an hour %+v is told", most)
		}
		h.later.Add((3 * time.Hour).Milliseconds())
		h.answer(h.Service, "easy", 1, 1, true)
		h.most(h.Service, anyQuestion)
		var rows int
		if err := h.db.Get(t.Context(), &rows, "SELECT COUNT(*) FROM missed_answers"); err != nil || rows != 1 {
			t.Errorf("%d rows are kept, %v", rows, err)
		}
	})
}
