package play

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// MoveUnit counts players' attempts for another unit which were played for the
// unit from (0: none).
func MoveUnit(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, players []sqldb.ID, from, to sqldb.ID) error {
	if len(players) == 0 {
		return nil
	}
	_, err := tx.ExecIn(ctx, "UPDATE attempts SET unit_id = ? WHERE contest_id = ? AND unit_id = ? AND player_id IN (?)",
		to, contestID, from, players)
	return errs.Wrap(err, "count attempts for another unit")
}
