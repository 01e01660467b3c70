package app

import (
	"context"

	"anquanda/internal/bank"
	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/identity"
	"anquanda/internal/play"
	"anquanda/internal/pledge"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/prize/handout"
	"anquanda/internal/prize/instant"
	"anquanda/internal/prize/payout"
	"anquanda/internal/redisdb"
	"anquanda/internal/referral"
	"anquanda/internal/staff"
)

// wipers delete what each capability keeps of a contest.
var wipers = []catalog.Wiper{conduct.Wipe, instant.Wipe, drawing.Wipe,
	handout.Wipe, payout.Wipe, prize.Wipe, referral.Wipe, pledge.Wipe, board.Wipe, play.Wipe, identity.Wipe, bank.Wipe}

// EndRehearsal deletes the rehearsal of a contest: every row, and its views in
// Redis. Errors: those of catalog.EndRehearsal.
func (a *App) EndRehearsal(ctx context.Context, by staff.Actor, slug string) error {
	rehearsal, err := a.Catalog.RehearsalOf(slug)
	if err != nil {
		return err
	}
	if err := a.Catalog.EndRehearsal(ctx, by, slug, wipers...); err != nil {
		return err
	}
	// What stays in Redis belongs to an id that no contest has any more.
	redisdb.LogAway(ctx, "drop the views of a rehearsal", a.Redis.DropContest(ctx, rehearsal.ContestID.String()))
	return nil
}
