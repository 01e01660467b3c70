package drawing

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes the public drawings of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	const these = " WHERE drawing_id IN (SELECT id FROM drawings WHERE contest_id = ?)"
	for _, parts := range []string{
		"DELETE FROM drawing_entrants" + these, "DELETE FROM drawing_lists" + these, "DELETE FROM drawing_values" + these,
		"DELETE FROM drawing_places" + these, "DELETE FROM drawing_forfeits" + these,
		"DELETE FROM drawing_pots" + these,
	} {
		if _, err := tx.Exec(ctx, parts, contestID); err != nil {
			return errs.Wrap(err, "wipe the parts of drawings")
		}
	}
	return tx.DeleteOf(ctx, contestID, "drawings", "exclusions")
}
