package certificate

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "certificates")
}

// Forget deletes the certificates of a player who leaves: they are about a person.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx, "DELETE FROM certificates WHERE contest_id = ? AND player_id = ?", contestID, player)
	return errs.Wrap(err, "forget the certificates of a player")
}

// Withhold takes a name that staff has hidden off the certificates of a player; they show
// the player as others see the player.
func Withhold(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, name string) error {
	_, err := tx.Exec(ctx, "UPDATE certificates SET name = '' WHERE contest_id = ? AND player_id = ? AND name = ?",
		contestID, player, name)
	return errs.Wrap(err, "take a name off certificates")
}

// Expire deletes the names on the certificates of a contest whose retention is over.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		rows, err = tx.Exec(ctx, `UPDATE certificates SET name = '', unit_name = '', sealed_name = ''
			WHERE contest_id = ? AND (name <> '' OR unit_name <> '' OR sealed_name <> '')`, contestID)
		return err
	})
	return rows, errs.Wrap(err, "delete the names on certificates")
}
