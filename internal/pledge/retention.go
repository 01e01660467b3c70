package pledge

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "signatures", "pledge_texts", "pledge_counts")
}

// Forget deletes the name of a player who leaves (PIPL, article 47). The number
// stays: others come after it.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx, "UPDATE signatures SET name = '' WHERE contest_id = ? AND player_id = ?", contestID, player)
	return errs.Wrap(err, "forget the name of a signer")
}

// Expire deletes the names of a contest whose retention is over.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		rows, err = tx.Exec(ctx, "UPDATE signatures SET name = '' WHERE contest_id = ? AND name <> ''", contestID)
		return err
	})
	return rows, errs.Wrap(err, "delete the names of signers")
}
