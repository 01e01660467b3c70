package prize_test

import (
	"errors"
	"testing"

	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/prize/handout"
	"anquanda/internal/sqldb"
)

// disqualify disqualifies a player, by two persons, and returns what takes it back.
func (f *fair) disqualify(player sqldb.ID) (undo func()) {
	f.t.Helper()
	ctx, cases := f.t.Context(), conduct.New(f.db, f.ids, f.clock)
	must := func(err error) {
		f.t.Helper()
		if err != nil {
			f.t.Fatal(err)
		}
	}
	c, err := cases.Open(ctx, sun, f.contest.ContestID, player, conduct.ByHand, "有人反映")
	must(err)
	must(cases.Propose(ctx, sun, c.ID, "用程序答题"))
	must(cases.Agree(ctx, wu, c.ID))
	return func() {
		f.t.Helper()
		must(cases.Undo(ctx, sun, c.ID, "查明是误会"))
	}
}

func TestADisqualifiedPlayerKeepsChancesAndPointsUntilRestored(t *testing.T) {
	eachHall(t, func(t *testing.T, h *hall) {
		player := h.people(1, "n1")[0]
		h.grant(player, contest.GrantPoints, 9, 1)
		undo := h.disqualify(player)
		if _, err := h.prizes.Exchange(t.Context(), h.contest, player, "cup", "one"); !errors.Is(err, conduct.ErrDisqualified) {
			t.Errorf("the shop: %v", err)
		}
		if b, err := h.prizes.Balance(t.Context(), h.contest.ContestID, player); err != nil || b.Left() != 10 {
			t.Errorf("the balance is %+v, %v", b, err)
		}
		undo()
		if _, err := h.prizes.Exchange(t.Context(), h.contest, player, "cup", "one"); err != nil {
			t.Errorf("the shop after it was taken back: %v", err)
		}
	})
}

func TestAnInstantDrawOfADisqualifiedPlayerUsesNoChance(t *testing.T) {
	eachFair(t, func(t *testing.T, f *fair) {
		player, other := f.player(""), f.player("")
		chance, others := f.chances(player, 1)[0], f.chances(other, 1)[0]
		undo := f.disqualify(player)
		if _, err := f.prizes.Draw(t.Context(), f.contest, player, "sure", chance); !errors.Is(err, conduct.ErrDisqualified) {
			t.Errorf("the draw: %v", err)
		}
		if _, err := f.prizes.Draw(t.Context(), f.contest, other, "sure", others); err != nil {
			t.Errorf("the draw of another player: %v", err)
		}
		if _, left, err := f.prizes.Chances(t.Context(), f.contest.ContestID, player, 10); err != nil || left != 1 {
			t.Errorf("%d chances are left, %v", left, err)
		}
		undo()
		if _, err := f.prizes.Draw(t.Context(), f.contest, player, "sure", chance); err != nil {
			t.Errorf("the draw after it was taken back: %v", err)
		}
	})
}

func TestMoneyWaitsWhileItsWinnerIsDisqualified(t *testing.T) {
	eachTill(t, 2, func(t *testing.T, l *till) {
		winner := l.player("")
		if err := l.exec("UPDATE awards SET player_id = ? WHERE unit_no = 1", winner); err != nil {
			t.Fatal(err)
		}
		undo := l.disqualify(winner)
		if n, err := l.ledgers[0].Plan(t.Context(), sun, l.contest, "hand"); err != nil || n != 1 {
			t.Errorf("%d planned, %v", n, err)
		}
		undo()
		if n, err := l.ledgers[0].Plan(t.Context(), sun, l.contest, "hand"); err != nil || n != 1 {
			t.Errorf("%d planned after it was taken back, %v", n, err)
		}
	})
}

func TestTheBoothHoldsWhatItsWinnerMayNotHaveForNow(t *testing.T) {
	eachCounter(t, func(t *testing.T, c *counter) {
		ctx := t.Context()
		award, held := c.ready()
		var winner sqldb.ID
		if err := c.db.Get(ctx, &winner, "SELECT player_id FROM awards WHERE id = ?", award); err != nil {
			t.Fatal(err)
		}
		undo := c.disqualify(winner)
		if v, err := c.booth.Look(ctx, c.contest, held); err != nil || v.Problem != handout.ErrHeld {
			t.Errorf("the booth shows %+v, %v", v, err)
		}
		if _, _, err := c.booth.Redeem(ctx, sun, c.contest, held, "press-0001"); code(err) != "award_held" {
			t.Errorf("handed out: %v", err)
		}
		undo()
		if _, _, err := c.booth.Redeem(ctx, sun, c.contest, held, "press-0002"); err != nil {
			t.Errorf("after it was taken back: %v", err)
		}
		// What was handed out before stays handed out.
		c.disqualify(winner)
		if n := c.count("SELECT COUNT(*) FROM awards WHERE id = ? AND status = 'redeemed'", award); n != 1 {
			t.Error("what was handed out is touched")
		}
	})
}
