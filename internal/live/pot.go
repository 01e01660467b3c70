package live

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Pot is what is won by a share: the prize as it was promised when the result was
// confirmed. No later version of the definition reaches it.
type Pot struct {
	RoomID      sqldb.ID          `db:"room_id"`
	Confirmed   int               `db:"confirmed"`
	PrizeKey    string            `db:"prize_key"`
	Kind        contest.PrizeKind `db:"kind"`
	Title       string            `db:"title"`
	Tier        string            `db:"tier"`
	Terms       string            `db:"terms"` // how and where it is collected
	Stock       int               `db:"stock"`
	ClaimWithin int64             `db:"claim_within"` // ms; 0: for ever
	WonAt       int64             `db:"won_at"`       // UTC ms
}

var potColumns = sqldb.Columns[Pot]("")

// errNoPrize: the definition has dropped the prize of a pot that is to be won.
var errNoPrize = errs.New(errs.Conflict, "pot_prize_gone", "奖池的奖品已经不在活动设置里了，请先加回来")

// promisedPot is the pot of a room as a definition promises it. Errors: errNoPrize.
func promisedPot(d *contest.Definition, key string, room sqldb.ID, confirmed int, at int64) (*Pot, error) {
	p := d.Prize(key)
	if p == nil {
		return nil, errNoPrize
	}
	return &Pot{room, confirmed, p.Key, p.Kind, p.Title, p.Tier, p.Collect, p.Stock, d.Claims.Within.MS(), at}, nil
}

// storePot keeps what the shares of a confirmation win.
func (k *keeper) storePot(ctx context.Context, tx *sqldb.Tx, seen *Seen, rows []resultRow) error {
	won := false
	for i := range rows {
		won = won || rows[i].Share > 0
	}
	if !won || seen.Rehearsal {
		return nil
	}
	in, err := k.service.catalog.Of(seen.ContestID)
	if err != nil {
		return err
	}
	pot, err := promisedPot(in.Definition, seen.Plan.Live.Pot.Prize, k.id, rows[0].Confirmed, rows[0].ConfirmedAt)
	if err != nil {
		return err
	}
	return errs.Wrap(sqldb.Insert(ctx, tx, "INSERT INTO live_pots", []*Pot{pot}), "keep what a pot promises")
}

// readPot reads what the shares of a confirmation win; one from before that was kept wins
// what the definition says now.
func readPot(ctx context.Context, tx *sqldb.Tx, d *contest.Definition, key string, row *resultRow) (*Pot, error) {
	var kept []Pot
	err := tx.Select(ctx, &kept, "SELECT "+potColumns+" FROM live_pots WHERE room_id = ? AND confirmed = ?",
		row.RoomID, row.Confirmed)
	if err != nil {
		return nil, errs.Wrap(err, "read what a pot promises")
	}
	if len(kept) > 0 {
		return &kept[0], nil
	}
	return promisedPot(d, key, row.RoomID, row.Confirmed, row.ConfirmedAt)
}
