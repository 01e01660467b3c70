package app

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
)

// creditPledge tells play of a signature.
func (a *App) creditPledge(ctx context.Context, c *catalog.Contest, player sqldb.ID, deed contest.Deed) ([]contest.Grant, error) {
	done, err := a.Play.Do(ctx, c, player, deed)
	if err != nil {
		return nil, err
	}
	return done.Earned, nil
}
