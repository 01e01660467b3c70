package board

import (
	"context"
	"log/slog"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// MoveUnit counts players' totals for another unit which counted for the unit
// from (0: none), in the caller's transaction. The boards of units follow when
// UnitsMoved is called, those of players when they are caught up.
func (s *Service) MoveUnit(
	ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, players []sqldb.ID, from, to sqldb.ID,
) error {
	if len(players) == 0 {
		return nil
	}
	_, err := tx.ExecIn(ctx,
		"UPDATE standings SET unit_id = ?, changed_at = ? WHERE contest_id = ? AND unit_id = ? AND player_id IN (?)",
		to, s.now().UnixMilli(), contestID, from, players)
	return errs.Wrap(err, "count totals for another unit")
}

// UnitsMoved lets the boards of units be added up anew, of every period: players
// were moved, or units in the tree.
func (s *Service) UnitsMoved(ctx context.Context, contestID sqldb.ID) {
	periods, err := s.periods(ctx, contestID)
	if err != nil {
		slog.WarnContext(ctx, "look for the boards of units", "error", err) // the whole contest's is added up all the same
	}
	s.touchUnits(contestID, periods...)
}
