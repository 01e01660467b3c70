package payout

import (
	"context"

	"anquanda/internal/sqldb"
)

// Wipe deletes the bills of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "payouts")
}
