package app

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/redisdb"
	"anquanda/internal/staff"
)

// EndRehearsal deletes the rehearsal of a contest: every row, and its views in
// Redis. Errors: those of catalog.EndRehearsal.
func (a *App) EndRehearsal(ctx context.Context, by staff.Actor, slug string) error {
	rehearsal, err := a.Catalog.RehearsalOf(slug)
	if err != nil {
		return err
	}
	wipers := make([]catalog.Wiper, len(keepers))
	for i := range keepers {
		wipers[i] = keepers[i].wipe
	}
	if err := a.Catalog.EndRehearsal(ctx, by, slug, wipers...); err != nil {
		return err
	}
	// What stays in Redis belongs to an id that no contest has any more.
	redisdb.LogAway(ctx, "drop the views of a rehearsal", a.Redis.DropContest(ctx, rehearsal.ContestID))
	return nil
}
