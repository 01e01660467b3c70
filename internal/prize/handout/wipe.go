package handout

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes the hand-outs of a contest: of a rehearsal that ends. It comes before the
// awards go, by which codes are found.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	if _, err := tx.Exec(ctx, "DELETE FROM award_codes WHERE award_id IN (SELECT id FROM awards WHERE contest_id = ?)", contestID); err != nil {
		return errs.Wrap(err, "wipe award_codes")
	}
	if _, err := tx.Exec(ctx, "DELETE FROM redemptions_undone WHERE award_id IN (SELECT id FROM awards WHERE contest_id = ?)", contestID); err != nil {
		return errs.Wrap(err, "wipe redemptions_undone")
	}
	return tx.DeleteOf(ctx, contestID, "redemptions")
}
