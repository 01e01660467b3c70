package identity

import (
	"context"

	"anquanda/internal/identity/personal"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package and personal keep of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	if err := personal.Wipe(ctx, tx, contestID); err != nil {
		return err
	}
	return tx.DeleteOf(ctx, contestID, "enrolments", "unit_changes")
}
