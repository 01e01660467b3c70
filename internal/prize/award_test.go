package prize_test

import (
	"slices"
	"testing"

	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/fair"
)

// allowed are the ways of an award, as its README draws them.
var allowed = map[prize.Status][]prize.Status{
	prize.Won:       {prize.Claimed, prize.Redeemed, prize.Credited, prize.Paying, prize.Forfeited},
	prize.Claimed:   {prize.Claimed, prize.Redeemed, prize.Paying, prize.Forfeited},
	prize.Redeemed:  {prize.Won, prize.Claimed},
	prize.Credited:  nil,
	prize.Paying:    {prize.PaidUp, prize.Won, prize.Claimed}, // back where a second person refuses to pay
	prize.PaidUp:    nil,
	prize.Forfeited: nil,
}

func TestAnAwardGoesOnlyTheWaysThatTheTableAllows(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		player, unit := f.Player(""), 0
		for from, ways := range allowed {
			for to := range allowed {
				unit++
				id, may := f.IDs.Next(), slices.Contains(ways, to)
				if err := f.Exec(insertAward, id, f.Contest.ContestID, player, "pan", unit, 200, "pool", 0, nil, nil); err != nil {
					t.Fatal(err)
				}
				if err := f.Exec("UPDATE awards SET status = ? WHERE id = ?", string(from), id); err != nil {
					t.Fatal(err)
				}
				moved, err := move(f, id, from, to)
				if moved != may || (err == nil) != may {
					t.Errorf("from %s to %s: moved %t, %v; want %t", from, to, moved, err, may)
				}
				now := from
				if may {
					now = to
				}
				free := may && to == prize.Forfeited
				if n := f.Count("SELECT COUNT(*) FROM awards WHERE id = ? AND status = ? AND (unit_no IS NULL) = ?", id,
					string(now), free); n != 1 {
					t.Errorf("from %s to %s: the award is not %s, its unit free %t", from, to, now, free)
				}
			}
		}
	})
}

func TestAnAwardThatStandsElsewhereIsNotMoved(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		id := *f.DrawFrom(f.Player(""), "sure").AwardID
		if moved, err := move(f, id, prize.Claimed, prize.Redeemed); moved || err != nil {
			t.Errorf("moved %t, %v", moved, err)
		}
		if n := f.Count("SELECT COUNT(*) FROM awards WHERE id = ? AND status = 'won'", id); n != 1 {
			t.Error("the award is no longer won")
		}
	})
}

func move(f *fair.Fair, award sqldb.ID, from, to prize.Status) (moved bool, err error) {
	err = f.DB.InTx(f.T.Context(), func(tx *sqldb.Tx) error {
		moved, err = prize.Move(f.T.Context(), tx, award, from, to, f.Clock().UnixMilli())
		return err
	})
	return moved, err
}
