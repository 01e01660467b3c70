package booth

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "booth_codes", "booth_tries", "booth_proofs")
}

// Forget deletes the code of a player who leaves, and what staff noted. That somebody
// was confirmed stays, with the hash by which the person counts once.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx, "DELETE FROM booth_codes WHERE contest_id = ? AND player_id = ?", contestID, player)
	if err == nil {
		_, err = tx.Exec(ctx, "UPDATE booth_proofs SET note = '' WHERE contest_id = ? AND player_id = ?", contestID, player)
	}
	return errs.Wrap(err, "forget what staff noted at the booth")
}

// Expire deletes who was confirmed in a contest whose retention is over; the audit log
// goes on telling that it was done.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		rows, err = tx.Exec(ctx, "DELETE FROM booth_proofs WHERE contest_id = ?", contestID)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "DELETE FROM booth_codes WHERE contest_id = ?", contestID)
		return err
	})
	return rows, errs.Wrap(err, "delete who was confirmed at the booth")
}
