package drawing_test

import (
	"bytes"
	"testing"

	"anquanda/internal/selection"
	"anquanda/internal/testkit/fair"
)

func TestADrawingThatWasFrozenUnderAnEarlierKeyIsDrawnAndVerifiesUnderTheNewOne(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		people := h.People(30, "n1")
		published := h.PublishedDrawing("grand")
		was := h.Transcript(published)
		_, before, err := h.Slips(t.Context(), published, people[0])
		if err != nil {
			t.Fatal(err)
		}
		var sealed, anew string
		seed := "SELECT sealed_seed FROM drawings WHERE id = ?"
		if err := h.DB.Get(t.Context(), &sealed, seed, published); err != nil {
			t.Fatal(err)
		}

		h.ChangeKey(bytes.Repeat([]byte{9}, 32))
		batch, err := h.SealAgain(t.Context(), "")
		if err != nil || batch.Resealed != 1 || batch.Next != "" {
			t.Fatalf("sealed anew: %+v, %v", batch, err)
		}
		if err := h.DB.Get(t.Context(), &anew, seed, published); err != nil || anew == sealed {
			t.Errorf("the seed is sealed as before, %v", err)
		}
		if batch, err = h.SealAgain(t.Context(), ""); err != nil || batch.Resealed != 0 {
			t.Errorf("sealed anew once more: %+v, %v", batch, err)
		}
		now := h.Transcript(published)
		if now.Seal != was.Seal || now.Fingerprint != was.Fingerprint {
			t.Error("the published transcript has changed")
		}
		_, after, err := h.Slips(t.Context(), published, people[0])
		if err != nil || len(after) != 1 || after[0] != before[0] {
			t.Errorf("a slip was %v and is %v, %v", before, after, err)
		}
	})
}

func TestADrawingIsFrozenUnderOneKeyAndItsSeedIsOpenedUnderTheNext(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		people := h.People(12, "n1")
		id := h.KnownDrawing("grand")
		_, before, err := h.Slips(t.Context(), id, people[0])
		if err != nil {
			t.Fatal(err)
		}
		h.ChangeKey(bytes.Repeat([]byte{9}, 32))
		if _, err := h.Draw(t.Context(), fair.Sun, id); err != nil {
			t.Fatal(err)
		}
		if err := h.Publish(t.Context(), fair.Sun, id); err != nil {
			t.Fatal(err)
		}
		tr := h.Transcript(id)
		salt, err := tr.Freeze.SaltBytes()
		if err != nil {
			t.Fatal(err)
		}
		if _, found := tr.Entrants.Find(selection.ID(salt, before[0])); !found {
			t.Error("a slip that was shown before is not on the published list")
		}
	})
}
