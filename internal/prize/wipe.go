package prize

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	for _, part := range []struct{ table, of, whole string }{
		{"drawing_entrants", "drawing_id", "drawings"}, {"drawing_lists", "drawing_id", "drawings"}, {"drawing_values", "drawing_id", "drawings"},
		{"drawing_places", "drawing_id", "drawings"}, {"drawing_forfeits", "drawing_id", "drawings"},
		{"award_codes", "award_id", "awards"}, {"redemptions_undone", "award_id", "awards"},
	} {
		_, err := tx.Exec(ctx, "DELETE FROM "+part.table+" WHERE "+part.of+" IN (SELECT id FROM "+part.whole+" WHERE contest_id = ?)", contestID)
		if err != nil {
			return errs.Wrap(err, "wipe %s", part.table)
		}
	}
	return tx.DeleteOf(ctx, contestID, "drawings", "exclusions", "redemptions", "payouts", "draws", "win_marks", "voucher_codes", "spends", "prize_turns", "awards")
}
