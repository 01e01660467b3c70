package prize

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	if _, err := tx.Exec(ctx, "DELETE FROM drawing_entrants WHERE drawing_id IN (SELECT id FROM drawings WHERE contest_id = ?)", contestID); err != nil {
		return errs.Wrap(err, "wipe drawings")
	}
	if _, err := tx.Exec(ctx, "DELETE FROM drawing_lists WHERE drawing_id IN (SELECT id FROM drawings WHERE contest_id = ?)", contestID); err != nil {
		return errs.Wrap(err, "wipe drawings")
	}
	if _, err := tx.Exec(ctx, "DELETE FROM drawing_values WHERE drawing_id IN (SELECT id FROM drawings WHERE contest_id = ?)", contestID); err != nil {
		return errs.Wrap(err, "wipe drawings")
	}
	if _, err := tx.Exec(ctx, "DELETE FROM drawing_places WHERE drawing_id IN (SELECT id FROM drawings WHERE contest_id = ?)", contestID); err != nil {
		return errs.Wrap(err, "wipe drawings")
	}
	if _, err := tx.Exec(ctx, "DELETE FROM drawing_forfeits WHERE drawing_id IN (SELECT id FROM drawings WHERE contest_id = ?)", contestID); err != nil {
		return errs.Wrap(err, "wipe drawings")
	}
	if _, err := tx.Exec(ctx, "DELETE FROM award_codes WHERE award_id IN (SELECT id FROM awards WHERE contest_id = ?)", contestID); err != nil {
		return errs.Wrap(err, "wipe drawings")
	}
	if _, err := tx.Exec(ctx, "DELETE FROM redemptions_undone WHERE award_id IN (SELECT id FROM awards WHERE contest_id = ?)", contestID); err != nil {
		return errs.Wrap(err, "wipe drawings")
	}
	return tx.DeleteOf(ctx, contestID, "drawings", "exclusions", "redemptions", "payouts", "draws", "win_marks", "voucher_codes", "spends", "prize_turns", "awards")
}
