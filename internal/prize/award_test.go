package prize_test

import (
	"slices"
	"testing"

	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// allowed are the ways of an award, as its README draws them.
var allowed = map[prize.Status][]prize.Status{
	prize.Won:       {prize.Claimed, prize.Redeemed, prize.Credited, prize.Paying, prize.Forfeited},
	prize.Claimed:   {prize.Claimed, prize.Redeemed, prize.Paying, prize.Forfeited},
	prize.Redeemed:  {prize.Won, prize.Claimed},
	prize.Credited:  nil,
	prize.Paying:    {prize.PaidUp},
	prize.PaidUp:    nil,
	prize.Forfeited: nil,
}

func TestAnAwardGoesOnlyTheWaysThatTheTableAllows(t *testing.T) {
	eachFair(t, func(t *testing.T, f *fair) {
		player, unit := f.player(""), 0
		for from, ways := range allowed {
			for to := range allowed {
				unit++
				id, may := f.ids.Next(), slices.Contains(ways, to)
				if err := f.exec(insertAward, id, f.contest.ContestID, player, "pan", unit, 200, "pool", 0, nil, nil); err != nil {
					t.Fatal(err)
				}
				if err := f.exec("UPDATE awards SET status = ? WHERE id = ?", string(from), id); err != nil {
					t.Fatal(err)
				}
				moved, err := f.move(id, from, to)
				if moved != may || (err == nil) != may {
					t.Errorf("from %s to %s: moved %t, %v; want %t", from, to, moved, err, may)
				}
				now := from
				if may {
					now = to
				}
				free := may && to == prize.Forfeited
				if n := f.count("SELECT COUNT(*) FROM awards WHERE id = ? AND status = ? AND (unit_no IS NULL) = ?", id, string(now), free); n != 1 {
					t.Errorf("from %s to %s: the award is not %s, its unit free %t", from, to, now, free)
				}
			}
		}
	})
}

func TestAnAwardThatStandsElsewhereIsNotMoved(t *testing.T) {
	eachFair(t, func(t *testing.T, f *fair) {
		id := *f.draw(f.player(""), "sure").AwardID
		if moved, err := f.move(id, prize.Claimed, prize.Redeemed); moved || err != nil {
			t.Errorf("moved %t, %v", moved, err)
		}
		if n := f.count("SELECT COUNT(*) FROM awards WHERE id = ? AND status = 'won'", id); n != 1 {
			t.Error("the award is no longer won")
		}
	})
}

func (f *fair) move(award sqldb.ID, from, to prize.Status) (moved bool, err error) {
	err = f.db.InTx(f.t.Context(), func(tx *sqldb.Tx) error {
		moved, err = prize.Move(f.t.Context(), tx, award, from, to, f.clock().UnixMilli())
		return err
	})
	return moved, err
}
