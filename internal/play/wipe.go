package play

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	if _, err := tx.Exec(ctx, "DELETE FROM responses WHERE attempt_id IN (SELECT id FROM attempts WHERE contest_id = ?)",
		contestID); err != nil {
		return errs.Wrap(err, "wipe responses")
	}
	if _, err := tx.Exec(ctx, "DELETE FROM paper_answers WHERE attempt_id IN (SELECT id FROM attempts WHERE contest_id = ?)",
		contestID); err != nil {
		return errs.Wrap(err, "wipe the answers of papers")
	}
	return tx.DeleteOf(ctx, contestID, "attempts", "attempt_slots", "progress", "deeds", "grants")
}
