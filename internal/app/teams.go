package app

import (
	"context"

	"anquanda/internal/sqldb"
	"anquanda/internal/team"
)

// newTeams makes what keeps teams that players form; their boards follow who is in them.
func (a *App) newTeams(p *parts) *team.Service {
	return team.New(team.Config{DB: a.DB, IDs: p.ids, Players: a.Players, Names: a.Names, Now: p.Now,
		Touch: a.Boards.Touch, Changed: a.teamsChanged})
}

// teamsChanged lets the boards of a contest's teams be added up anew.
func (a *App) teamsChanged(ctx context.Context, contestID sqldb.ID) {
	if c, err := a.Catalog.Of(contestID); err == nil && c.Teams != nil {
		a.Boards.UnitsMoved(ctx, contestID)
	}
}
