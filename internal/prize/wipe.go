package prize

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes the awards of a contest and the codes of its vouchers: of a
// rehearsal that ends. The doors go first: what they keep is found by the awards.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "voucher_codes", "prize_turns", "awards")
}

// Expire deletes the codes of vouchers of a contest whose retention is over: what they
// are worth is nobody's business any more. That one was given stays with its award.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		rows, err = tx.Exec(ctx, "UPDATE voucher_codes SET sealed = '' WHERE contest_id = ? AND sealed <> ''", contestID)
		return err
	})
	return rows, errs.Wrap(err, "delete the codes of vouchers")
}
