package drawing

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes the public drawings of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	if _, err := tx.Exec(ctx, "DELETE FROM drawing_entrants WHERE drawing_id IN (SELECT id FROM drawings WHERE contest_id = ?)", contestID); err != nil {
		return errs.Wrap(err, "wipe drawing_entrants")
	}
	if _, err := tx.Exec(ctx, "DELETE FROM drawing_lists WHERE drawing_id IN (SELECT id FROM drawings WHERE contest_id = ?)", contestID); err != nil {
		return errs.Wrap(err, "wipe drawing_lists")
	}
	if _, err := tx.Exec(ctx, "DELETE FROM drawing_values WHERE drawing_id IN (SELECT id FROM drawings WHERE contest_id = ?)", contestID); err != nil {
		return errs.Wrap(err, "wipe drawing_values")
	}
	if _, err := tx.Exec(ctx, "DELETE FROM drawing_places WHERE drawing_id IN (SELECT id FROM drawings WHERE contest_id = ?)", contestID); err != nil {
		return errs.Wrap(err, "wipe drawing_places")
	}
	if _, err := tx.Exec(ctx, "DELETE FROM drawing_forfeits WHERE drawing_id IN (SELECT id FROM drawings WHERE contest_id = ?)", contestID); err != nil {
		return errs.Wrap(err, "wipe drawing_forfeits")
	}
	return tx.DeleteOf(ctx, contestID, "drawings", "exclusions")
}
