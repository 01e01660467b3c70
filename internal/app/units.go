package app

import (
	"context"
	"log/slog"

	"anquanda/internal/play"
	"anquanda/internal/report/tally"
	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

// newUnits makes what changes trees of units. Who is moved to another unit takes
// along attempts and totals; boards of units are added up anew on every node that
// meets the changed tree.
func (a *App) newUnits(p *parts) *unit.Service {
	return unit.NewService(unit.Config{
		DB: a.DB, IDs: p.ids, Now: p.Now, Names: a.Names,
		Moved: func(ctx context.Context, tx *sqldb.Tx, m unit.Move) error {
			if err := play.MoveUnit(ctx, tx, m.ContestID, m.Players, m.From, m.To); err != nil {
				return err
			}
			if err := tally.Touch(ctx, tx, m.ContestID, m.Players); err != nil {
				return err
			}
			return a.Boards.MoveUnit(ctx, tx, m.ContestID, m.Players, m.From, m.To)
		},
		After: func(ctx context.Context) {
			if err := a.Catalog.Refresh(ctx); err != nil { // other nodes see it as soon as they look
				slog.WarnContext(ctx, "look for changed units", "error", err)
			}
		},
	})
}
