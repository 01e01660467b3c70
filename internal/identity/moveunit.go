package identity

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// MoveUnit gives players another unit who have the unit from (0: none), because
// staff found out what the name means that they typed. It is no change of unit of
// their own making and is not counted as one.
func MoveUnit(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, players []sqldb.ID, from, to sqldb.ID) error {
	if len(players) == 0 {
		return nil
	}
	_, err := tx.ExecIn(ctx, "UPDATE enrolments SET unit_id = ? WHERE contest_id = ? AND unit_id = ? AND player_id IN (?)",
		to, contestID, from, players)
	return errs.Wrap(err, "move players to another unit")
}
