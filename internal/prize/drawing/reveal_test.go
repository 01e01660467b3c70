package drawing_test

import (
	"slices"
	"strings"
	"testing"

	"anquanda/internal/testkit/fair"
)

func TestAHallLearnsOfWinnersFromTheLastPrizeToTheFirstEachByTheSlipOnThePhone(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		people := h.People(30, "n1")
		id := h.KnownDrawing("grand")
		row, err := h.Drawing(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if shown, total, err := h.Reveal(t.Context(), h.Contest, row, 3); err != nil || len(shown) != 0 || total != 0 {
			t.Errorf("before the draw: %v of %d, %v", shown, total, err)
		}
		if row, err = h.Draw(t.Context(), fair.Sun, id); err != nil {
			t.Fatal(err)
		}
		slips := map[string]bool{}
		for _, player := range people {
			_, held, err := h.Slips(t.Context(), id, player)
			if err != nil {
				t.Fatal(err)
			}
			slips[held[0]] = true
		}
		var before []string
		for step := range 8 {
			shown, total, err := h.Reveal(t.Context(), h.Contest, row, step)
			if err != nil || total != 5 || len(shown) != min(step, total) {
				t.Fatalf("step %d: %d of %d, %v", step, len(shown), total, err)
			}
			var now []string
			for i, w := range shown {
				now = append(now, w.Slip)
				if !slips[w.Slip] || w.Name == "" || w.Prize == "" {
					t.Errorf("step %d: a winner is %+v", step, w)
				}
				if i > 0 && w.Tier > shown[i-1].Tier {
					t.Errorf("step %d: the prize of tier %d comes after that of %d", step, w.Tier, shown[i-1].Tier)
				}
			}
			if !slices.Equal(now[:min(len(before), len(now))], before[:min(len(before), len(now))]) {
				t.Errorf("step %d: %v were told, then %v", step, before, now)
			}
			before = now
		}
	})
}

func TestNumbersAreKeptAsTheyCameAndComputedInTheirOneOrder(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		h.People(12, "n1")
		id := h.FrozenDrawing("grand")
		h.At("2026-06-18 21:00:00")
		if _, err := h.Enter(t.Context(), fair.Sun, id, []string{"20、１ 3,9 12 31", "16"}); err != nil {
			t.Fatal(err)
		}
		row, err := h.Enter(t.Context(), fair.Wu, id, []string{"31 12 9 3 1 20", "16"})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(row.Thrown(), "|"); got != "20 1 3 9 12 31|16" {
			t.Errorf("they came as %s", got)
		}
		if got := strings.Join(row.Values(), "|"); got != "1 3 9 12 20 31|16" {
			t.Errorf("they are computed as %s", got)
		}
		if _, err := h.Draw(t.Context(), fair.Sun, id); err != nil {
			t.Fatal(err)
		}
		if err := h.Publish(t.Context(), fair.Sun, id); err != nil {
			t.Fatal(err)
		}
		tr := h.Transcript(id)
		if !slices.Equal(tr.Draw.Thrown, []string{"20 1 3 9 12 31", "16"}) {
			t.Errorf("the transcript tells %q", tr.Draw.Thrown)
		}
		tr.Draw.Thrown[0] = "20 1 3 9 12 30"
		if text := tr.Draw.Seal(tr.Freeze.Hash()); text == tr.Seal {
			t.Error("the seal does not hold how the numbers came")
		}
	})
}
