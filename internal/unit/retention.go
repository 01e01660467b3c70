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
