package prize_test

import (
	"strings"
	"sync"
	"testing"

	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/testkit"
)

// newer is the definition of lottery with something changed.
func newer(old, new string) string { return strings.Replace(lottery, old, new, 1) }

func TestADefinitionCannotTakeBackWhatADrawingHasPromised(t *testing.T) {
	eachHall(t, func(t *testing.T, h *hall) {
		h.catalog.SetGuard(prize.GuardStock(drawing.Promised))
		h.people(12, "n1")
		refused := func(at string) {
			t.Helper()
			for _, c := range []struct{ old, new, want string }{
				{"value: 5000, stock: 20", "value: 5000, stock: 3", "已经公开安排摇出 4 份，另外已经发出 0 份，库存不能减到 3 份"},
				{"{prize: helmet, count: 4}", "{prize: helmet, count: 3}", "不能从“摇奖”里减少或删除"},
				{", {prize: helmet, count: 4}", "", "不能从“摇奖”里减少或删除"},
				{"helmet", "hat", "不能删除"},
			} {
				text := newer(c.old, c.new)
				if c.old == "helmet" {
					text = strings.ReplaceAll(lottery, c.old, c.new)
				}
				err := h.applyGuarded(text)
				if e := errs.From(err); err == nil || e.Code != "prize_promised" || !strings.Contains(e.Message, c.want) {
					t.Errorf("%s, %s becomes %q: %v", at, c.old, c.new, err)
				}
			}
		}
		id := h.planned("grand")
		refused("planned")
		if err := h.Cancel(t.Context(), sun, id, "场地停电"); err != nil {
			t.Fatal(err)
		}
		if err := h.applyGuarded(newer("{prize: helmet, count: 4}", "{prize: helmet, count: 3}")); err != nil {
			t.Errorf("once it is cancelled: %v", err)
		}
		if err := h.applyGuarded(lottery); err != nil {
			t.Fatal(err)
		}
		id = h.frozen("grand")
		refused("frozen")
		h.at("2026-06-18 21:00:00")
		if _, err := h.Enter(t.Context(), sun, id, []string{"9 3 20 31 12 1", "16"}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Enter(t.Context(), wu, id, []string{"9 3 20 31 12 1", "16"}); err != nil {
			t.Fatal(err)
		}
		refused("known")
		if err := h.applyGuarded(newer("value: 5000, stock: 20", "value: 5000, stock: 4")); err != nil {
			t.Errorf("cut to what is promised: %v", err)
		}
		if _, err := h.Draw(t.Context(), sun, id); err != nil {
			t.Fatal(err)
		}
		err := h.applyGuarded(newer("value: 5000, stock: 20", "value: 5000, stock: 3"))
		if code(err) != "prize_awarded" {
			t.Errorf("drawn: %v", err)
		}
		if err := h.applyGuarded(strings.ReplaceAll(lottery, "helmet", "hat")); code(err) != "prize_awarded" {
			t.Errorf("deleted once it is drawn: %v", err)
		}
	})
}

func TestTwoOrganizersWhoPlanAndCutAtOnceCannotBothBeRight(t *testing.T) {
	eachHall(t, func(t *testing.T, h *hall) {
		second := h.newNode()
		second.catalog.SetGuard(prize.GuardStock(drawing.Promised))
		h.people(12, "n1")
		h.at("2026-06-18 09:00:00")
		plan := drawing.Plan{Key: "grand", Sources: twoBalls(), SourceAt: ms("2026-06-18 20:00:00")}
		for round := range 8 {
			before := h.contest
			var planned, cut error
			var row *drawing.Drawing
			var both sync.WaitGroup
			both.Go(func() { row, planned = h.Plan(t.Context(), sun, before, plan) })
			both.Go(func() {
				_, cut = second.catalog.Apply(t.Context(), "festival.yaml", []byte(newer("value: 5000, stock: 20", "value: 5000, stock: 3")), "少买了")
			})
			both.Wait()
			if (planned == nil) == (cut == nil) {
				t.Fatalf("round %d: the plan %v, the cut %v", round, planned, cut)
			}
			if planned == nil {
				if code(cut) != "prize_promised" {
					t.Errorf("the cut: %v", cut)
				}
				if err := h.Cancel(t.Context(), sun, row.ID, "重新安排"); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if code(planned) != "contest_changing" {
				t.Errorf("the plan: %v", planned)
			}
			h.apply(lottery)
			if err := second.catalog.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestTwoDrawingsCannotFreezeForTheSameLastPrize(t *testing.T) {
	h := newHall(t, testkit.Embedded(t))
	h.people(12, "n1")
	h.apply(newer("value: 90000, stock: 3", "value: 90000, stock: 1"))
	h.frozen("grand")
	if err := h.Freeze(t.Context(), sun, h.planned("county")); code(err) != "drawing_stock" {
		t.Errorf("the second freeze: %v", err)
	}
}
