package drawing_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"anquanda/internal/prize/drawing"
	"anquanda/internal/staff"
	"anquanda/internal/testkit/accounts"
	"anquanda/internal/testkit/fair"
)

func TestNobodyGivesAPlaceOnOrKeepsAPlayerOutAlone(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		ctx, in := t.Context(), h.Contest.ContestID
		people := h.People(12, "")
		excluded := func() int { return h.Count("SELECT COUNT(*) FROM exclusions WHERE contest_id = ?", in) }
		if err := h.Exclude(ctx, fair.Sun, in, people[0], drawing.IsStaff, "核对名单"); err != nil {
			t.Fatal(err)
		}
		if n := excluded(); n != 0 {
			t.Errorf("%d players are out by one person's word", n)
		}
		if err := h.Exclude(ctx, fair.Wu, in, people[0], drawing.IsStaff, "核对名单"); !errors.Is(err, staff.ErrProposed) {
			t.Errorf("proposed twice: %v", err)
		}
		waiting, err := h.Waiting(ctx, in)
		if err != nil || len(waiting) != 1 || waiting[0].Player != people[0] {
			t.Fatalf("%+v waits, %v", waiting, err)
		}
		if err := h.Agree(ctx, fair.Sun, in, waiting[0].ID); !errors.Is(err, staff.ErrSamePerson) || excluded() != 0 {
			t.Errorf("the same person agrees: %v", err)
		}
		if err := h.WithdrawProposal(ctx, fair.Sun, in, waiting[0].ID); err != nil {
			t.Fatal(err)
		}
		if err := h.Agree(ctx, fair.Wu, in, waiting[0].ID); !errors.Is(err, staff.ErrProposal) {
			t.Errorf("agreed to what was withdrawn: %v", err)
		}

		id := h.PublishedDrawing("grand")
		if err := h.ProposeForfeit(ctx, fair.Sun, id, 1, "联系不上"); err != nil {
			t.Fatal(err)
		}
		if tr := h.Transcript(id); len(tr.Draw.Forfeits) != 0 {
			t.Errorf("one person gave a place on: %v", tr.Draw.Forfeits)
		}
		if err := h.AgreeToAll(ctx, fair.Wu); !errors.Is(err, staff.ErrSamePerson) {
			t.Errorf("the same person agrees: %v", err)
		}
		if err := h.AgreeToAll(ctx, fair.Sun); err != nil {
			t.Fatal(err)
		}
		if tr := h.Transcript(id); len(tr.Draw.Forfeits) != 1 {
			t.Errorf("two persons gave a place on: %v", tr.Draw.Forfeits)
		}
		if err := h.Exec("UPDATE staff_proposals SET agreed_by = first_by"); err == nil {
			t.Error("the schema lets one person propose and agree")
		}
	})
}

func TestAPlaceGivenOnBeforeThePublicationIsToldSo(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		h.People(12, "")
		id := h.KnownDrawing("grand")
		if _, err := h.Draw(t.Context(), fair.Sun, id); err != nil {
			t.Fatal(err)
		}
		if err := h.Forfeit(t.Context(), fair.Sun, id, 1, "本人放弃"); err != nil {
			t.Fatal(err)
		}
		if err := h.Publish(t.Context(), fair.Sun, id); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(h.Transcript(id).Draw.Forfeits); !strings.Contains(got, "结果公布前：本人放弃") {
			t.Errorf("the transcript says %s", got)
		}
	})
}

// Tried on the running program: the owner set a colleague's password to enter the
// second source.
func TestWhoSetAColleaguesPasswordIsNotTheSecondToEnterTheSource(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		h.People(12, "")
		id := h.FrozenDrawing("grand")
		values := []string{"1 2 3 4 5 6", "1"}
		h.At("2026-06-18 20:10:00")
		now, days := h.Clock().UnixMilli(), func(n int64) int64 { return n * 24 * time.Hour.Milliseconds() }
		hire := func(login string) staff.Actor {
			m := accounts.Hire(t, h.DB, login, login, staff.Prizes, "an-quan-616-mima")
			must(t, h.Exec("UPDATE staff SET created_at = ? WHERE id = ?", now-days(30), m.ID))
			return staff.ActorOf(m)
		}
		owner, wu, zheng := hire("owner"), hire("wu"), hire("zheng")
		must(t, h.Exec("INSERT INTO staff_touches (account_id, touched_by, what, touched_at) VALUES (?, ?, 'password', ?)",
			wu.ID, owner.ID, now-days(3)))
		_, err := h.Enter(t.Context(), owner, id, values)
		must(t, err)
		if _, err := h.Enter(t.Context(), wu, id, values); !errors.Is(err, staff.ErrAccountTouched) {
			t.Errorf("an account whose password the first has: %v", err)
		}
		row, err := h.Enter(t.Context(), zheng, id, values)
		if err != nil || row.State != drawing.Known {
			t.Errorf("a third person: %v", err)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
