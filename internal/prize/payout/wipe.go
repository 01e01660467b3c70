package payout

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes the bills of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "payouts", "payout_acts", "payout_files")
}

// Forget deletes to whom bills went of a player who leaves, as far as they are over; one
// that is still to be paid keeps it until the retention is over, or nobody could.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx, `UPDATE payouts SET payee = '', payee_tail = '', payee_seen = ''
		WHERE contest_id = ? AND player_id = ? AND state IN ('paid', 'failed', 'rejected')`, contestID, player)
	return errs.Wrap(err, "forget whom bills went to")
}

// Expire deletes to whom all bills of a contest went.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		rows, err = tx.Exec(ctx, `UPDATE payouts SET payee = '', payee_tail = '', payee_seen = ''
			WHERE contest_id = ? AND payee <> ''`, contestID)
		return err
	})
	return rows, errs.Wrap(err, "delete whom bills went to")
}
