package prize

import (
	"context"

	"anquanda/internal/sqldb"
)

// Wipe deletes the awards of a contest and the codes of its vouchers: of a
// rehearsal that ends. The doors go first: what they keep is found by the awards.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "voucher_codes", "prize_turns", "awards")
}
