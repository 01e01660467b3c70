package play

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	const ofAttempts = " WHERE attempt_id IN (SELECT id FROM attempts WHERE contest_id = ?)"
	for _, table := range []string{"responses", "paper_answers"} {
		if _, err := tx.Exec(ctx, "DELETE FROM "+table+ofAttempts, contestID); err != nil {
			return errs.Wrap(err, "wipe "+table)
		}
	}
	return tx.DeleteOf(ctx, contestID, "attempts", "attempt_slots", "progress", "deeds", "grants")
}
