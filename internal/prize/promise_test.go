package prize_test

import (
	"strings"
	"testing"

	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/fair"
)

// dearer is the festival with another mower: under its key stand another name, value
// and end by now.
var dearer = strings.NewReplacer("title: 割草机, kind: goods, value: 120000", "title: 剪刀, kind: goods, value: 900",
	"retention: 30d", "retention: 30d\nclaims: {within: 1d}").Replace(fair.Festival)

func awardOf(t *testing.T, f *fair.Fair, id sqldb.ID) *prize.Award {
	t.Helper()
	all, err := f.Ledger.Awards(t.Context(), []sqldb.ID{id})
	if err != nil || all[id] == nil {
		t.Fatalf("award %d: %v", id, err)
	}
	return all[id]
}

func TestWhatWasWonStaysWhatItWasWhateverTheDefinitionSaysLater(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		won := *f.DrawFrom(f.Player(""), "sure").AwardID
		before := awardOf(t, f, won)
		if before.Title != "割草机" || before.Worth() != 120000 || before.Until() != before.WonAt+f.Contest.Claims.Within.MS() {
			t.Fatalf("the award promises %+v", before)
		}
		f.Apply(dearer) // as if nothing guarded it
		after := awardOf(t, f, won)
		if after.Title != before.Title || after.Worth() != before.Worth() || after.Until() != before.Until() {
			t.Errorf("after the definition was changed: %+v, was %+v", after, before)
		}
	})
}

func TestOldAwardsAreCompletedByTheVersionThatMadeThem(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		first := *f.DrawFrom(f.Player(""), "sure").AwardID
		f.At("2026-06-17 10:00:00")
		f.Apply(dearer)
		f.Pass(1)
		second := *f.DrawFrom(f.Player(""), "sure").AwardID
		promised := []prize.Award{*awardOf(t, f, first), *awardOf(t, f, second)}
		if err := f.Exec("UPDATE awards SET title = '', terms = '', worth = NULL, claim_until = NULL"); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := f.Ledger.Complete(t.Context(), f.Catalog); err != nil {
				t.Fatal(err)
			}
		}
		for i, id := range []sqldb.ID{first, second} {
			a, want := awardOf(t, f, id), promised[i]
			if a.Title != want.Title || a.Worth() != want.Worth() || a.Until() != want.Until() || want.Title == "" {
				t.Errorf("award %d: %q of %d until %d, was %q of %d until %d", i, a.Title, a.Worth(), a.Until(), want.Title,
					want.Worth(), want.Until())
			}
		}
	})
}

func TestADrawingGivesWhatItAnnounced(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		h.People(12, "n1")
		id := h.KnownDrawing("grand")
		h.Apply(strings.Replace(fair.Lottery, "value: 5000, stock: 20", "value: 1, stock: 20", 1)) // round the guard
		if _, err := h.Draw(t.Context(), fair.Sun, id); err != nil {
			t.Fatal(err)
		}
		var worths []int
		if err := h.DB.Select(t.Context(), &worths,
			"SELECT DISTINCT worth FROM awards WHERE source_id = ? AND prize_key = 'helmet'", id); err != nil {
			t.Fatal(err)
		}
		if len(worths) != 1 || worths[0] != 5000 {
			t.Errorf("helmets of %v cents were drawn, 5000 were announced", worths)
		}
	})
}
