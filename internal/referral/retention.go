package referral

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "arrivals", "channels", "channel_visits")
}

// Forget deletes from where a player came, who leaves. The invitation stays, without
// anything that tells whose it was.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx, "UPDATE arrivals SET device = '', network = '' WHERE contest_id = ? AND player_id = ?",
		contestID, player)
	return errs.Wrap(err, "forget from where a player came")
}

// Expire deletes from where the players of a contest came whose retention is over.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		rows, err = tx.Exec(ctx,
			"UPDATE arrivals SET device = '', network = '' WHERE contest_id = ? AND (device <> '' OR network <> '')", contestID)
		return err
	})
	return rows, errs.Wrap(err, "delete from where players came")
}
