package board_test

import (
	"testing"

	"anquanda/internal/board"
	"anquanda/internal/identity"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

func TestBoardsOfUnitsFollowWhoIsMoved(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		a.RunBoards(a.Node)
		li, wang, zhao := a.Enrol("小李", ""), a.Enrol("小王", ""), a.Enrol("小赵", "s1")
		for _, player := range []sqldb.ID{li, wang, zhao} {
			a.PlayLevel(player, "first", 2)
		}
		a.Settle()
		err := a.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			players := []sqldb.ID{li, wang, zhao} // the last is in another unit, and stays there
			for _, move := range []func() error{
				func() error { return identity.MoveUnit(t.Context(), tx, a.Contest.ContestID, players, 0, a.Unit("n1")) },
				func() error { return play.MoveUnit(t.Context(), tx, a.Contest.ContestID, players, 0, a.Unit("n1")) },
				func() error { return a.Boards.MoveUnit(t.Context(), tx, a.Contest.ContestID, players, 0, a.Unit("n1")) },
			} {
				if err := move(); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		a.Boards.UnitsMoved(t.Context(), a.Contest.ContestID)
		// By itself: nobody asks for the units to be added up.
		a.Until("the village has two players", func() bool {
			page, err := a.Boards.Page(t.Context(), a.Contest, board.Query{Board: "crowd", From: 1, Size: 10})
			return err == nil && len(page.Entries) == 2 && page.Entries[0].Name == "北镇" && page.Entries[0].Points == 2
		})
		a.Settle() // the other boards of units follow one by one
	})
}
