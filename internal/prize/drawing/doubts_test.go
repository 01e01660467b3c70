package drawing_test

import (
	"strings"
	"testing"

	"anquanda/internal/conduct"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/fair"
)

func TestAListIsFrozenOnlyAfterSignalsWereLookedForAndSeen(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		people := h.People(9, "")
		stranger := h.Player("") // without a point: not on the list
		h.Look()                 // before what counts has ended
		h.At("2026-06-18 09:00:00")
		row, err := h.Plan(t.Context(), fair.Sun, h.Contest,
			drawing.Plan{Key: "grand", Sources: fair.TwoBalls(), SourceAt: fair.MS("2026-06-18 20:00:00")})
		if err != nil {
			t.Fatal(err)
		}
		freeze := func(seen drawing.Seen) string { return fair.Code(h.Freeze(t.Context(), fair.Sun, row.ID, seen)) }
		if code := freeze(drawing.Seen{}); code != "drawing_unlooked" {
			t.Errorf("by a look of before: %q", code)
		}
		signal := func(player sqldb.ID) conduct.Signal {
			return conduct.Signal{PlayerID: player, Kind: conduct.SignalHaste, Weight: 70, Evidence: []byte("{}")}
		}
		h.Look(signal(people[0]), signal(people[1]), signal(stranger))
		of := conduct.New(h.DB, h.IDs, h.Clock)
		doubts, err := h.Doubts(t.Context(), row.ID)
		if err != nil || doubts.LookedAt != fair.MS("2026-06-18 09:00:00") || doubts.Seen != (drawing.Seen{Signals: 2}) ||
			len(doubts.Players) != 2 || doubts.Players[0].PlayerID != people[0] {
			t.Fatalf("%+v, %v", doubts, err)
		}
		if code := freeze(drawing.Seen{}); code != "drawing_unseen" {
			t.Errorf("two signals that nobody has seen: %q", code)
		}
		opened, err := of.Open(t.Context(), fair.Sun, h.Contest.ContestID, people[0],
			string(conduct.SignalHaste), "看看")
		if err == nil {
			err = of.Close(t.Context(), fair.Sun, opened.ID, "没有问题")
		}
		if err != nil {
			t.Fatal(err)
		}
		if code := freeze(drawing.Seen{Signals: 2}); code != "drawing_unseen" {
			t.Errorf("one case is closed since: %q", code)
		}
		if code := freeze(drawing.Seen{Signals: 1}); code != "" {
			t.Errorf("seen as it is: %q", code)
		}
		var detail string
		err = h.DB.Get(t.Context(), &detail, "SELECT detail FROM audit_log WHERE action_name = 'drawing.freeze'")
		if err != nil || !strings.Contains(detail, `"seen_signals":1`) || !strings.Contains(detail, `"seen_held":0`) {
			t.Errorf("the audit log says %s, %v", detail, err)
		}
	})
}
