package instant

import (
	"context"

	"anquanda/internal/sqldb"
)

// Wipe deletes the draws and spends of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "draws", "win_marks", "spends")
}
