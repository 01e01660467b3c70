package conduct

import (
	"context"

	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "appeals", "disqualifications", "conduct_cases", "conduct_signals", "conduct_looks")
}
