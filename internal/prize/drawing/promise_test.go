package drawing_test

import (
	"strings"
	"sync"
	"testing"

	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/fair"
)

// newer is the definition of lottery with something changed.
func newer(old, new string) string { return strings.Replace(fair.Lottery, old, new, 1) }

func TestADefinitionCannotTakeBackWhatADrawingHasPromised(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		h.Catalog.SetGuard(prize.GuardStock(drawing.Promised))
		h.People(12, "n1")
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
					text = strings.ReplaceAll(fair.Lottery, c.old, c.new)
				}
				err := h.ApplyGuarded(text)
				if e := errs.From(err); err == nil || e.Code != "prize_promised" || !strings.Contains(e.Message, c.want) {
					t.Errorf("%s, %s becomes %q: %v", at, c.old, c.new, err)
				}
			}
		}
		id := h.PlannedDrawing("grand")
		refused("planned")
		if err := h.Cancel(t.Context(), fair.Sun, id, "场地停电"); err != nil {
			t.Fatal(err)
		}
		if err := h.ApplyGuarded(newer("{prize: helmet, count: 4}", "{prize: helmet, count: 3}")); err != nil {
			t.Errorf("once it is cancelled: %v", err)
		}
		if err := h.ApplyGuarded(fair.Lottery); err != nil {
			t.Fatal(err)
		}
		id = h.FrozenDrawing("grand")
		refused("frozen")
		h.At("2026-06-18 21:00:00")
		if _, err := h.Enter(t.Context(), fair.Sun, id, []string{"9 3 20 31 12 1", "16"}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Enter(t.Context(), fair.Wu, id, []string{"9 3 20 31 12 1", "16"}); err != nil {
			t.Fatal(err)
		}
		refused("known")
		if err := h.ApplyGuarded(newer("value: 5000, stock: 20", "value: 5000, stock: 4")); err != nil {
			t.Errorf("cut to what is promised: %v", err)
		}
		if _, err := h.Draw(t.Context(), fair.Sun, id); err != nil {
			t.Fatal(err)
		}
		err := h.ApplyGuarded(newer("value: 5000, stock: 20", "value: 5000, stock: 3"))
		if fair.Code(err) != "prize_awarded" {
			t.Errorf("drawn: %v", err)
		}
		if err := h.ApplyGuarded(strings.ReplaceAll(fair.Lottery, "helmet", "hat")); fair.Code(err) != "prize_awarded" {
			t.Errorf("deleted once it is drawn: %v", err)
		}
	})
}

func TestTwoOrganizersWhoPlanAndCutAtOnceCannotBothBeRight(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		second := h.NewNode()
		second.Catalog.SetGuard(prize.GuardStock(drawing.Promised))
		h.People(12, "n1")
		h.At("2026-06-18 09:00:00")
		plan := drawing.Plan{Key: "grand", Sources: fair.TwoBalls(), SourceAt: fair.MS("2026-06-18 20:00:00")}
		for round := range 8 {
			before := h.Contest
			var planned, cut error
			var row *drawing.Drawing
			var both sync.WaitGroup
			both.Go(func() { row, planned = h.Plan(t.Context(), fair.Sun, before, plan) })
			both.Go(func() {
				_, cut = second.Catalog.Apply(t.Context(), "festival.yaml",
					[]byte(newer("value: 5000, stock: 20", "value: 5000, stock: 3")), "少买了")
			})
			both.Wait()
			if (planned == nil) == (cut == nil) {
				t.Fatalf("round %d: the plan %v, the cut %v", round, planned, cut)
			}
			if planned == nil {
				if fair.Code(cut) != "prize_promised" {
					t.Errorf("the cut: %v", cut)
				}
				if err := h.Cancel(t.Context(), fair.Sun, row.ID, "重新安排"); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if fair.Code(planned) != "contest_changing" {
				t.Errorf("the plan: %v", planned)
			}
			h.Apply(fair.Lottery)
			if err := second.Catalog.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestTwoDrawingsCannotFreezeForTheSameLastPrize(t *testing.T) {
	h := fair.NewHall(t, testkit.Embedded(t))
	h.People(12, "n1")
	h.Apply(newer("value: 90000, stock: 3", "value: 90000, stock: 1"))
	h.FrozenDrawing("grand")
	err := h.Freeze(t.Context(), fair.Sun, h.PlannedDrawing("county"), drawing.Seen{})
	if fair.Code(err) != "drawing_stock" {
		t.Errorf("the second freeze: %v", err)
	}
}
