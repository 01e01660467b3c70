package drawing_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"anquanda/internal/selection"
	"anquanda/internal/testkit/fair"
)

func TestADrawingForProvenPersonsListsNoInventedPlayerAndTellsHowMany(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		h.Apply(strings.Replace(fair.Lottery, "players: {", "players: {proof: [phone], ", 1))
		honest := h.People(9, "")
		for i, player := range honest {
			h.Prove(player, fmt.Sprint(13800000000+i))
		}
		h.People(30, "") // of one script
		twice := h.People(1, "")[0]
		h.Prove(twice, "13800000000") // the same person as the first
		row, err := h.Drawing(t.Context(), h.FrozenDrawing("grand"))
		if err != nil || row.People != len(honest) {
			t.Errorf("%d people are on the list, %v; want %d", row.People, err, len(honest))
		}
		var out bytes.Buffer
		if err := h.WriteTranscript(t.Context(), row.ID, &out); err != nil {
			t.Fatal(err)
		}
		tr, err := selection.Read(out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		want := selection.Excluded{Reason: "没有证明身份", Count: 30}
		if len(tr.Freeze.Excluded) != 1 || tr.Freeze.Excluded[0] != want {
			t.Errorf("the transcript excludes %+v, want %+v", tr.Freeze.Excluded, want)
		}
	})
}
