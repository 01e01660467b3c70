package bank

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "question_reports")
}

// Forget deletes what a player who leaves wrote about questions; that something was
// reported stays.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx, "UPDATE question_reports SET note = '' WHERE contest_id = ? AND player_id = ?",
		contestID, player)
	return errs.Wrap(err, "forget the notes of a player")
}

// Expire deletes what the players of a contest whose retention is over wrote about
// questions.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		rows, err = tx.Exec(ctx, "UPDATE question_reports SET note = '' WHERE contest_id = ? AND note <> ''", contestID)
		return err
	})
	return rows, errs.Wrap(err, "delete the notes of players")
}
