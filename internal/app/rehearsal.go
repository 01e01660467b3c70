package app

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// EndRehearsal deletes the rehearsal of a contest: every row, and its views in
// Redis. Errors: those of catalog.EndRehearsal.
func (a *App) EndRehearsal(ctx context.Context, by staff.Actor, slug string) error {
	rehearsal, err := a.Catalog.RehearsalOf(slug)
	if err != nil {
		return err
	}
	return a.afterRehearsal(ctx, rehearsal, a.Catalog.EndRehearsal(ctx, by, slug, wipers()...))
}

// EndDraftRehearsal deletes the rehearsal of a draft in the same way. Errors: those of
// catalog.EndDraftRehearsal.
func (a *App) EndDraftRehearsal(ctx context.Context, by staff.Actor, draft sqldb.ID) error {
	rehearsal, err := a.Catalog.DraftRehearsal(draft)
	if err != nil {
		return err
	}
	return a.afterRehearsal(ctx, rehearsal, a.Catalog.EndDraftRehearsal(ctx, by, draft, wipers()...))
}

func wipers() []catalog.Wiper {
	all := make([]catalog.Wiper, len(keepers))
	for i := range keepers {
		all[i] = keepers[i].wipe
	}
	return all
}

// afterRehearsal drops the views of a rehearsal once its rows are gone. What stays in
// Redis belongs to an id that no contest has any more.
func (a *App) afterRehearsal(ctx context.Context, rehearsal *catalog.Contest, err error) error {
	if err == nil {
		redisdb.LogAway(ctx, "drop the views of a rehearsal", a.Redis.DropContest(ctx, rehearsal.ContestID))
	}
	return err
}
