package drawing_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/fair"
)

func TestADrawingGoesFromThePlanToATranscriptThatVerifies(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		people := h.People(30, "n1")
		h.Player("") // has earned nothing
		id := h.PublishedDrawing("grand")
		tr := h.Transcript(id)
		if tr.Freeze.Entries != 30 || len(tr.Draw.Results) != 7 || tr.Draw.Key != "1.3.9.12.20.31./16./" {
			t.Errorf("the transcript has %d entries, %d results, key %s", tr.Freeze.Entries, len(tr.Draw.Results), tr.Draw.Key)
		}
		row, err := h.Drawing(t.Context(), id)
		if err != nil || row.State != drawing.Published || row.Seal != tr.Seal {
			t.Errorf("the drawing is %+v, %v", row, err)
		}
		winners, err := h.Winners(t.Context(), h.Contest, row)
		if err != nil || len(winners) != 7 {
			t.Fatalf("the winners are %+v, %v", winners, err)
		}
		if w := winners[0]; w.Prize != "割草机" || w.Name != "安*员" || w.Unit != "北一村" || *w.Status != prize.Won {
			t.Errorf("the first winner is %+v", w)
		}
		if w := winners[6]; w.Prize != "" || w.Status != nil {
			t.Errorf("the last reserve is %+v", w)
		}
		if n := h.Count("SELECT COUNT(*) FROM awards WHERE source_id = ? AND unit_no IS NOT NULL", id); n != 5 {
			t.Errorf("%d awards, want 5", n)
		}
		// Everybody finds the own slip at its place of the list.
		salt, err := tr.Freeze.SaltBytes()
		if err != nil {
			t.Fatal(err)
		}
		for _, player := range people {
			tickets, slips, err := h.Slips(t.Context(), id, player)
			if err != nil || tickets != 1 || len(slips) != 1 {
				t.Fatalf("%d tickets, slips %v, %v", tickets, slips, err)
			}
			if _, found := tr.Entrants.Find(selection.ID(salt, slips[0])); !found {
				t.Errorf("the slip %s is not on the list", slips[0])
			}
		}
	})
}

func TestBeforeItIsPublishedTheTranscriptTellsTheFreezeAlone(t *testing.T) {
	h := fair.NewHall(t, testkit.Embedded(t))
	h.People(12, "")
	id := h.PlannedDrawing("grand")
	var out bytes.Buffer
	if err := h.WriteTranscript(t.Context(), id, &out); !errors.Is(err, drawing.ErrDrawingState) || out.Len() > 0 {
		t.Errorf("before the freeze: %v, %d bytes", err, out.Len())
	}
	if err := h.Freeze(t.Context(), fair.Sun, id, drawing.Seen{}); err != nil {
		t.Fatal(err)
	}
	if err := h.WriteTranscript(t.Context(), id, &out); err != nil {
		t.Fatal(err)
	}
	tr, err := selection.Read(out.Bytes())
	if err != nil || tr.Draw != nil || tr.VerifyFrozen(nil) != nil {
		t.Errorf("after the freeze: %v", err)
	}
	var seed string
	if err := h.DB.Get(t.Context(), &seed, "SELECT sealed_seed FROM drawings WHERE id = ?", id); err != nil || seed == "" {
		t.Errorf("the sealed seed is %q, %v", seed, err)
	}
	h.At("2026-06-18 21:00:00")
	for _, by := range []staff.Actor{fair.Sun, fair.Wu} {
		if _, err := h.Enter(t.Context(), by, id, []string{"1 2 3 4 5 6", "1"}); err != nil {
			t.Fatal(err)
		}
	}
	row, err := h.Draw(t.Context(), fair.Sun, id)
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.Draw(t.Context(), fair.Wu, id)
	if err != nil || again.Seal != row.Seal || h.Count("SELECT COUNT(*) FROM awards") != 5 {
		t.Errorf("drawn again: %+v, %v", again, err)
	}
}

func TestWhatCannotBeDoneNowIsRefusedAndChangesNothing(t *testing.T) {
	h := fair.NewHall(t, testkit.Embedded(t))
	h.People(9, "")
	ctx := t.Context()
	plan := drawing.Plan{Key: "grand", Sources: fair.TwoBalls(), SourceAt: fair.MS("2026-06-18 20:00:00")}
	h.At("2026-06-16 12:00:00")
	row, err := h.Plan(ctx, fair.Sun, h.Contest, plan)
	if err != nil {
		t.Fatal(err)
	}
	id := row.ID
	values := []string{"1 2 3 4 5 6", "1"}
	enter := func(by staff.Actor, values ...string) error { _, err := h.Enter(ctx, by, id, values); return err }
	draw := func() error { _, err := h.Draw(ctx, fair.Sun, id); return err }
	for _, step := range []struct {
		at, code string
		try      func() error
	}{
		{"2026-06-16 12:00:00", "drawing_planned",
			func() error { _, err := h.Plan(ctx, fair.Wu, h.Contest, plan); return err }},
		{"2026-06-16 12:00:00", "drawing_early", func() error { return h.Freeze(ctx, fair.Sun, id, drawing.Seen{}) }},
		{"2026-06-16 12:00:00", "drawing_unknown", func() error { return h.Freeze(ctx, fair.Sun, 1, drawing.Seen{}) }},
		{"2026-06-18 20:00:00", "source_out", func() error { return h.Freeze(ctx, fair.Sun, id, drawing.Seen{}) }},
		{"2026-06-18 10:00:00", "drawing_state", func() error { return enter(fair.Sun, values...) }},
		{"2026-06-18 10:00:00", "drawing_state", draw},
		{"2026-06-18 10:00:00", "drawing_unlooked", func() error { return h.Freeze(ctx, fair.Sun, id, drawing.Seen{}) }},
		{"2026-06-18 10:00:00", "", func() error { h.Look(); return h.Freeze(ctx, fair.Sun, id, drawing.Seen{}) }},
		{"2026-06-18 10:00:00", "drawing_state", func() error { return h.Freeze(ctx, fair.Sun, id, drawing.Seen{}) }},
		{"2026-06-18 10:00:00", "drawing_state", draw},
		{"2026-06-18 19:59:59", "source_early", func() error { return enter(fair.Sun, values...) }},
		{"2026-06-18 20:00:00", "cancel_late", func() error { return h.Cancel(ctx, fair.Sun, id, "不想摇了") }},
		{"2026-06-18 20:10:00", "invalid_field", func() error { return enter(fair.Sun, "1 2 3 4 5", "1") }},
		{"2026-06-18 20:10:00", "invalid_field", func() error { return enter(fair.Sun, "1 2 3 4 5 34", "1") }},
		{"2026-06-18 20:10:00", "invalid_field", func() error { return enter(fair.Sun, "1 2 3 4 5 5", "1") }},
		{"2026-06-18 20:10:00", "invalid_field", func() error { return enter(fair.Sun, "1 2 3 4 5 x", "1") }},
		{"2026-06-18 20:10:00", "invalid_field", func() error { return enter(fair.Sun, "1 2 3 4 5 -6", "1") }},
		{"2026-06-18 20:10:00", "invalid_field", func() error { return enter(fair.Sun, "1 2 3 4 5 6") }},
		{"2026-06-18 20:10:00", "", func() error { return enter(fair.Sun, values...) }},
		{"2026-06-18 20:10:00", "", func() error { return enter(fair.Sun, values...) }}, // the same person is not the second
		{"2026-06-18 20:10:00", "drawing_state", draw},
		{"2026-06-18 20:10:00", "source_differs", func() error { return enter(fair.Wu, "1 2 3 4 5 7", "1") }},
		{"2026-06-18 20:10:00", "", func() error { return enter(fair.Wu, "０６、５，4 3 2 1", "01") }},
		{"2026-06-18 20:10:00", "drawing_state", func() error { return enter(fair.Wu, values...) }},
		{"2026-06-18 20:10:00", "drawing_state", func() error { return h.Publish(ctx, fair.Sun, id) }},
		{"2026-06-18 20:10:00", "cancel_late", func() error { return h.Cancel(ctx, fair.Sun, id, "不想摇了") }},
		{"2026-06-18 20:10:00", "", draw},
		{"2026-06-18 20:10:00", "place_gone", func() error { return h.Forfeit(ctx, fair.Sun, id, 8, "联系不上") }},
		{"2026-06-18 20:10:00", "invalid_field", func() error { return h.Forfeit(ctx, fair.Sun, id, 1, "") }},
	} {
		h.At(step.at)
		if err := step.try(); fair.Code(err) != step.code {
			t.Errorf("%s: %v, want %q", step.at, err, step.code)
		}
	}
}

func TestAPlanNamesASourceOfTheFuture(t *testing.T) {
	h := fair.NewHall(t, testkit.Embedded(t))
	good := fair.TwoBalls()[0]
	for field, change := range map[string]func(*drawing.Plan){
		"algorithm":          func(p *drawing.Plan) { p.Algorithm = "dice" },
		"source_at":          func(p *drawing.Plan) { p.SourceAt = fair.MS("2026-06-16 10:00:00") },
		"sources":            func(p *drawing.Plan) { p.Sources = nil },
		"sources[0].name":    func(p *drawing.Plan) { p.Sources[0].Name = " " },
		"sources[0].values":  func(p *drawing.Plan) { p.Sources[0].Values = 34 },
		"sources[0].highest": func(p *drawing.Plan) { p.Sources[0].Highest = 0 },
		"sources[0].hex":     func(p *drawing.Plan) { p.Sources[0].Hex = 300 },
	} {
		plan := drawing.Plan{Key: "grand", Sources: []drawing.Source{good}, SourceAt: fair.MS("2026-06-18 20:00:00")}
		change(&plan)
		if _, err := h.Plan(t.Context(), fair.Sun, h.Contest, plan); err == nil || errs.From(err).Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := h.Plan(t.Context(), fair.Sun, h.Contest, drawing.Plan{Key: "none"}); fair.Code(err) != "drawing_unknown" {
		t.Errorf("a drawing of no definition: %v", err)
	}
}

func TestADrawingIsNotPlannedThatCouldNeverBeFrozen(t *testing.T) {
	h := fair.NewHall(t, testkit.Embedded(t))
	h.At("2026-06-16 12:00:00")
	plan := drawing.Plan{Key: "grand", Sources: fair.TwoBalls()}
	for _, source := range []string{"2026-06-16 22:45:00", "2026-06-17 00:00:00", "2026-06-17 00:01:59"} {
		plan.SourceAt = fair.MS(source)
		_, err := h.Plan(t.Context(), fair.Sun, h.Contest, plan)
		if e := errs.From(err); e.Field != "source_at" || !strings.Contains(e.Message, "最早可以在 6月17日 00:02 公布") {
			t.Errorf("with the source at %s: %v", source, err)
		}
	}
	plan.SourceAt = fair.MS("2026-06-17 00:02:00")
	row, err := h.Plan(t.Context(), fair.Sun, h.Contest, plan)
	if err != nil {
		t.Fatal(err)
	}
	h.People(9, "")
	h.At("2026-06-17 00:00:00")
	h.Look()
	if err := h.Freeze(t.Context(), fair.Sun, row.ID, drawing.Seen{}); err != nil {
		t.Errorf("at the earliest time: %v", err)
	}
}

func TestACancelledDrawingStaysListedAndMayBeHeldAnew(t *testing.T) {
	h := fair.NewHall(t, testkit.Embedded(t))
	h.People(9, "")
	id := h.FrozenDrawing("grand")
	if err := h.Cancel(t.Context(), fair.Wu, id, "场地停电"); err != nil {
		t.Fatal(err)
	}
	next := h.FrozenDrawing("grand")
	rows, err := h.Drawings.Drawings(t.Context(), h.Contest.ContestID)
	if err != nil || len(rows) != 2 || rows[0].ID != next || rows[0].Round != 2 || rows[1].State != drawing.Cancelled ||
		rows[1].Reason != "场地停电" {
		t.Errorf("the drawings are %+v, %v", rows, err)
	}
	if err := h.Exec("UPDATE drawings SET state = 'cancelled', first_by = 1 WHERE id = ?", next); err == nil {
		t.Error("the schema lets a drawing be cancelled whose source is known")
	}
	if err := h.Exec("UPDATE drawings SET first_by = 7, second_by = 7 WHERE id = ?", next); err == nil {
		t.Error("the schema lets one person enter the source twice")
	}
}

func TestWhoIsLeftOutIsToldByReasonAndNumber(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		people := h.People(20, "n1")
		for _, player := range []sqldb.ID{people[0], people[2]} {
			if err := h.Exclude(t.Context(), fair.Sun, h.Contest.ContestID, player, drawing.IsStaff, "核对名单"); err != nil {
				t.Fatal(err)
			}
		}
		if err := h.Exclude(t.Context(), fair.Sun, h.Contest.ContestID, people[1], "disqualified", "核对名单"); err == nil {
			t.Error("one person disqualifies by excluding")
		}
		if err := h.AgreeToAll(t.Context(), fair.Sun); err != nil {
			t.Fatal(err)
		}
		h.Disqualify(people[1])
		h.Disqualify(people[5])()
		if err := h.Readmit(t.Context(), fair.Sun, h.Contest.ContestID, people[2]); err != nil {
			t.Fatal(err)
		}
		if err := h.AgreeToAll(t.Context(), fair.Sun); err != nil {
			t.Fatal(err)
		}
		err := h.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			return identity.Forget(t.Context(), tx, h.Contest.ContestID, people[3])
		})
		if err != nil {
			t.Fatal(err)
		}
		id := h.PublishedDrawing("grand")
		if got := fmt.Sprint(h.Transcript(id).Freeze.Excluded); got != "[{取消资格 1} {工作人员 1} {已退出活动 1}]" {
			t.Errorf("left out are %s", got)
		}
		// Winners of one drawing are not in the next.
		h.Grant(people[4], contest.GrantPoints, 1, 4)
		id = h.FrozenDrawing("again")
		freeze, err := h.Frozen(t.Context(), id)
		if err != nil || !strings.Contains(fmt.Sprint(freeze.Excluded), "{此前摇奖已中奖 5}") {
			t.Errorf("left out are %v, %v", freeze.Excluded, err)
		}
	})
}

func TestTicketsUnitsAndAListThatIsTooShort(t *testing.T) {
	h := fair.NewHall(t, testkit.Embedded(t))
	north, _ := h.People(2, "n1"), h.People(3, "s")
	h.Grant(north[0], contest.GrantPoints, 6, 1)
	row, err := h.Drawing(t.Context(), h.FrozenDrawing("county"))
	if err != nil || row.Entries != 2 || row.Short() != 0 {
		t.Errorf("the list of the north is %+v, %v", row, err)
	}
	row, err = h.Drawing(t.Context(), h.FrozenDrawing("again"))
	if err != nil || row.Entries != 11 || row.People != 5 {
		t.Errorf("by tickets there are %d entries of %d people, %v", row.Entries, row.People, err)
	}
	if tickets, slips, err := h.Slips(t.Context(), row.ID, north[0]); err != nil || tickets != 7 || len(slips) != 7 ||
		slips[0] == slips[6] {
		t.Errorf("%d tickets, %v, %v", tickets, slips, err)
	}
	id := h.PublishedDrawing("grand") // five prizes and two reserves for five people
	tr := h.Transcript(id)
	if len(tr.Draw.Results) != 5 {
		t.Errorf("%d places for five people", len(tr.Draw.Results))
	}
	if row, err = h.Drawing(t.Context(), id); err != nil || row.Short() != 0 || row.Winners() != 5 {
		t.Errorf("short by %d", row.Short())
	}
	empty := fair.NewHall(t, testkit.Embedded(t))
	id = empty.PlannedDrawing("grand")
	if err := empty.Freeze(t.Context(), fair.Sun, id, drawing.Seen{}); fair.Code(err) != "drawing_nobody" {
		t.Errorf("an empty list: %v", err)
	}
	if row, err = empty.Drawing(t.Context(), id); err != nil || row.State != drawing.Planned || row.Problem == "" {
		t.Errorf("then the drawing is %+v", row)
	}
}

func TestAForfeitGoesOnInTheSameStreamAndVerifies(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		h.People(12, "")
		id := h.PublishedDrawing("grand")
		first := h.Transcript(id)
		// Two reserves move up, then new ones are drawn, one after the other.
		for i, place := range []int{1, 6, 3, 2} {
			if err := h.Forfeit(t.Context(), fair.Sun, id, place, "逾期未领"); err != nil {
				t.Fatalf("forfeit %d: %v", i+1, err)
			}
		}
		tr := h.Transcript(id)
		if got := fmt.Sprint(tr.Draw.Forfeits); got != "[{1 逾期未领 6} {6 逾期未领 7} {3 逾期未领 8} {2 逾期未领 9}]" {
			t.Errorf("the forfeits are %s", got)
		}
		if tr.Fingerprint != first.Fingerprint || len(tr.Draw.Results) != 9 {
			t.Errorf("%d places", len(tr.Draw.Results))
		}
		if n := h.Count("SELECT COUNT(*) FROM awards WHERE source_id = ? AND unit_no IS NOT NULL AND status = 'won'",
			id); n != 5 {
			t.Errorf("%d awards stand, want 5", n)
		}
		if n := h.Count("SELECT COUNT(*) FROM awards WHERE source_id = ? AND prize_key = 'mower' AND unit_no IS NOT NULL",
			id); n != 1 {
			t.Errorf("%d mowers are out, want 1", n)
		}
		if err := h.Forfeit(t.Context(), fair.Sun, id, 1, "逾期未领"); fair.Code(err) != "place_gone" {
			t.Errorf("given up twice: %v", err)
		}
	})
}

func TestForfeitsAtOnceOnTwoNodesFollowEachOther(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		h.People(12, "")
		id := h.PublishedDrawing("grand")
		nodes := []*drawing.Drawings{h.Drawings, h.DrawingsOf(h.NewNode())}
		for i := range 4 {
			if err := h.ProposeForfeit(t.Context(), fair.Sun, id, i+1, "逾期未领"); err != nil {
				t.Fatal(err)
			}
		}
		waiting, err := h.Waiting(t.Context(), h.Contest.ContestID)
		if err != nil || len(waiting) != 4 {
			t.Fatalf("%d proposals wait, %v", len(waiting), err)
		}
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() {
				if err := nodes[i%2].Agree(t.Context(), fair.Wu, h.Contest.ContestID, waiting[i].ID); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if tr := h.Transcript(id); len(tr.Draw.Forfeits) != 4 {
			t.Errorf("the forfeits are %v", tr.Draw.Forfeits)
		}
		if n := h.Count("SELECT COUNT(*) FROM awards WHERE source_id = ? AND unit_no IS NOT NULL", id); n != 5 {
			t.Errorf("%d awards stand, want 5", n)
		}
	})
}

func TestTwoWhoDrawAtOnceDrawOnce(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		h.People(12, "")
		id := h.KnownDrawing("grand")
		nodes := []*drawing.Drawings{h.Drawings, h.DrawingsOf(h.NewNode())}
		var all sync.WaitGroup
		for i := range 6 {
			all.Go(func() {
				if _, err := nodes[i%2].Draw(t.Context(), fair.Sun, id); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := h.Count("SELECT COUNT(*) FROM awards"); n != 5 {
			t.Errorf("%d awards, want 5", n)
		}
		if err := h.Exec(`INSERT INTO drawing_places (drawing_id, place, tier, entry_no, player_id)
			SELECT drawing_id, 99, 1, entry_no, 1 FROM drawing_places WHERE place = 1`); err == nil {
			t.Error("the schema lets an entry be drawn twice")
		}
	})
}

func TestAFreezeThatDiedIsTakenOverAMinuteLater(t *testing.T) {
	h := fair.NewHall(t, testkit.Embedded(t))
	people := h.People(9, "")
	id := h.PlannedDrawing("grand")
	if err := h.Exec("UPDATE drawings SET state = 'freezing', freeze_run = 5, changed_at = ? WHERE id = ?",
		fair.MS("2026-06-18 09:00:00"), id); err != nil {
		t.Fatal(err)
	}
	if err := h.Exec("INSERT INTO drawing_entrants (drawing_id, player_id, tickets) VALUES (?, ?, 3), (?, 77, 1)", id,
		people[0], id); err != nil {
		t.Fatal(err)
	}
	h.At("2026-06-18 09:00:30")
	if err := h.Freeze(t.Context(), fair.Sun, id, drawing.Seen{}); fair.Code(err) != "drawing_state" {
		t.Errorf("while it may still be alive: %v", err)
	}
	h.At("2026-06-18 09:01:30")
	if err := h.Freeze(t.Context(), fair.Sun, id, drawing.Seen{}); err != nil {
		t.Fatal(err)
	}
	row, err := h.Drawing(t.Context(), id)
	if err != nil || row.Entries != 9 || row.People != 9 || row.Done != 9 || row.Total != 9 {
		t.Errorf("the drawing is %+v, %v", row, err)
	}
}

func TestByRFC3797ThereIsNoSeed(t *testing.T) {
	h := fair.NewHall(t, testkit.Embedded(t))
	h.People(9, "")
	h.At("2026-06-18 09:00:00")
	row, err := h.Plan(t.Context(), fair.Sun, h.Contest,
		drawing.Plan{Key: "grand", Algorithm: selection.RFC3797, SourceAt: fair.MS("2026-06-18 20:00:00"),
			Sources: []drawing.Source{{Name: "三枚骰子，由监督员现场掷出", Values: 3, Lowest: 1, Highest: 6},
				{Name: "信标第 1 轮", Values: 1, Hex: 8}}})
	if err != nil {
		t.Fatal(err)
	}
	h.Look()
	if err := h.Freeze(t.Context(), fair.Sun, row.ID, drawing.Seen{}); err != nil {
		t.Fatal(err)
	}
	h.At("2026-06-18 21:00:00")
	for _, by := range []staff.Actor{fair.Sun, fair.Wu} {
		if _, err := h.Enter(t.Context(), by, row.ID, []string{"6 6 1", "00ff12ab"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.Draw(t.Context(), fair.Sun, row.ID); err != nil {
		t.Fatal(err)
	}
	if err := h.Publish(t.Context(), fair.Sun, row.ID); err != nil {
		t.Fatal(err)
	}
	if tr := h.Transcript(row.ID); tr.Draw.Seed != "" || tr.Draw.Key != "1.6.6./00FF12AB/" {
		t.Errorf("the key is %s, the seed %q", tr.Draw.Key, tr.Draw.Seed)
	}
}

func TestTwoWhoEnterTheSourceAtTheSameMomentMakeItKnown(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		h.People(3, "n")
		for round := range 8 {
			id := h.FrozenDrawing("grand")
			h.At("2026-06-18 21:00:00")
			var all sync.WaitGroup
			for _, by := range []staff.Actor{fair.Sun, fair.Wu} {
				all.Go(func() {
					if _, err := h.Enter(t.Context(), by, id, []string{"9 3 20 31 12 1", "16"}); err != nil &&
						!errors.Is(err, drawing.ErrDrawingState) {
						t.Error(err)
					}
				})
			}
			all.Wait()
			row, err := h.Drawing(t.Context(), id)
			if err != nil || row.State != drawing.Known {
				t.Fatalf("round %d: two entered the same, and it is %s, %v", round, row.State, err)
			}
			for _, table := range []string{"drawing_values", "drawing_entrants", "drawing_lists", "drawings"} {
				if err := h.Exec("DELETE FROM " + table); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
