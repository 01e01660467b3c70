package unit

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "unit_name_players", "unit_names", "unit_trees", "units")
}

// Forget deletes the name of a unit that a player typed who leaves.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	name, err := nameOf(ctx, tx, contestID, player)
	if err == nil && name != 0 {
		err = forget(ctx, tx, contestID, player, name)
	}
	return errs.Wrap(err, "forget a typed name")
}

// Expire deletes the names of units that the players of a contest typed whose
// retention is over; the units that they were merged into stay.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		rows, err = tx.Exec(ctx, "DELETE FROM unit_name_players WHERE contest_id = ?", contestID)
		if err != nil {
			return err
		}
		names, err := tx.Exec(ctx, "DELETE FROM unit_names WHERE contest_id = ?", contestID)
		rows += names
		return err
	})
	return rows, errs.Wrap(err, "delete typed names of units")
}
