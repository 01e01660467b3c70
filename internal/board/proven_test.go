package board_test

import (
	"fmt"
	"strings"
	"testing"

	"anquanda/internal/board"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// shownOn is a board as text.
func shownOn(t *testing.T, a *arena.Arena, key string) string {
	t.Helper()
	if err := a.Boards.RefreshUnits(t.Context(), a.Contest.ContestID); err != nil {
		t.Fatal(err)
	}
	page, err := a.Boards.Page(t.Context(), a.Contest, board.Query{Board: key, From: 1, Size: 10})
	if err != nil {
		return err.Error()
	}
	var all []string
	for _, e := range page.Entries {
		all = append(all, fmt.Sprint(e.Name, " ", e.Points))
	}
	return strings.Join(all, " ")
}

func TestBoardsForProvenPersonsTakePlayersInOnceTheyAreProven(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		a.Apply(strings.Replace(arena.Demo, "ask: optional}",
			"ask: optional}, proof: [phone], proven: [boards]", 1))
		a.RunBoards(a.Node)
		guest, proven := a.Enrol("游客", "n"), a.Enrol("小陈", "n")
		a.Prove(proven, "13800000001")
		a.PlayLevel(guest, "first", 3)
		a.PlayLevel(proven, "first", 3)
		a.Until("the proven one is ranked", func() bool {
			return a.Boards.Settled() && shownOn(t, a, "total") == "小陈 30"
		})
		if got := shownOn(t, a, "crowd"); got != "北镇 1" {
			t.Errorf("units hold %s", got)
		}
		if err := a.Boards.Rebuild(t.Context(), a.Contest.ContestID); err != nil {
			t.Fatal(err)
		}
		if got := shownOn(t, a, "total"); got != "小陈 30" {
			t.Errorf("built anew the board is %s", got)
		}
		a.Prove(guest, "13800000002")
		a.Until("both are ranked", func() bool { return shownOn(t, a, "total") == "游客 30 小陈 30" })
		if got := shownOn(t, a, "crowd"); got != "北镇 2" {
			t.Errorf("units hold %s", got)
		}
	})
}
