package conduct

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "appeals", "disqualifications", "conduct_cases", "conduct_signals", "conduct_looks")
}

// Forget deletes the words of a player who leaves; that there was an appeal, and its
// answer, stays.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx, "UPDATE appeals SET body = '' WHERE contest_id = ? AND player_id = ?", contestID, player)
	return errs.Wrap(err, "forget the appeals of a player")
}

// Expire deletes the words of the players of a contest whose retention is over.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		rows, err = tx.Exec(ctx, "UPDATE appeals SET body = '' WHERE contest_id = ? AND body <> ''", contestID)
		return err
	})
	return rows, errs.Wrap(err, "delete the appeals of players")
}
