package instant_test

import (
	"errors"
	"testing"

	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/testkit/fair"
)

func TestADisqualifiedPlayerKeepsChancesAndPointsUntilRestored(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		player := h.People(1, "n1")[0]
		h.Grant(player, contest.GrantPoints, 9, 1)
		undo := h.Disqualify(player)
		if _, err := h.Instant.Exchange(t.Context(), h.Contest, player, "cup", 0, "one"); !errors.Is(err,
			conduct.ErrDisqualified) {
			t.Errorf("the shop: %v", err)
		}
		if b, err := h.Instant.Balance(t.Context(), h.Contest.ContestID, player, ""); err != nil || b.Left() != 10 {
			t.Errorf("the balance is %+v, %v", b, err)
		}
		undo()
		if _, err := h.Instant.Exchange(t.Context(), h.Contest, player, "cup", 0, "one"); err != nil {
			t.Errorf("the shop after it was taken back: %v", err)
		}
	})
}

func TestAnInstantDrawOfADisqualifiedPlayerUsesNoChance(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		player, other := f.Player(""), f.Player("")
		chance, others := f.Chances(player, 1)[0], f.Chances(other, 1)[0]
		undo := f.Disqualify(player)
		if _, err := f.Instant.Draw(t.Context(), f.Contest, player, "sure", chance); !errors.Is(err,
			conduct.ErrDisqualified) {
			t.Errorf("the draw: %v", err)
		}
		if _, err := f.Instant.Draw(t.Context(), f.Contest, other, "sure", others); err != nil {
			t.Errorf("the draw of another player: %v", err)
		}
		if _, left, err := f.Instant.Chances(t.Context(), f.Contest.ContestID, player, 10); err != nil || left != 1 {
			t.Errorf("%d chances are left, %v", left, err)
		}
		undo()
		if _, err := f.Instant.Draw(t.Context(), f.Contest, player, "sure", chance); err != nil {
			t.Errorf("the draw after it was taken back: %v", err)
		}
	})
}
