package handout

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes the hand-outs of a contest: of a rehearsal that ends. It comes before
// the awards go, by which codes are found.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	const these = " WHERE award_id IN (SELECT id FROM awards WHERE contest_id = ?)"
	for _, parts := range []string{"DELETE FROM award_codes" + these, "DELETE FROM redemptions_undone" + these} {
		if _, err := tx.Exec(ctx, parts, contestID); err != nil {
			return errs.Wrap(err, "wipe the codes of awards")
		}
	}
	return tx.DeleteOf(ctx, contestID, "redemptions", "parcels")
}
