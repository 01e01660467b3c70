package app

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/live"
	"anquanda/internal/live/hub"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// openLive makes the live rooms, and the streams that tell of them.
func (a *App) openLive(_ context.Context, p *parts) error {
	a.streams = hub.New(hub.Options{})
	a.Live = live.New(live.Config{
		DB: a.DB, Redis: a.Redis, IDs: p.ids, Catalog: a.Catalog, Banks: a.Banks, Players: a.Players, Play: a.Play,
		Pay: a.payPot, Key: p.key.of("live questions"), Now: p.Now,
	})
	return nil
}

// payPot makes the shares of a room's pot awards of its prize.
func (a *App) payPot(ctx context.Context, tx *sqldb.Tx, c *catalog.Contest, room sqldb.ID, key string,
	shares []live.Share) error {
	p := c.Prize(key)
	if p == nil {
		return prize.ErrPrizeUnknown
	}
	if err := prize.TakeTurn(ctx, tx, c.ContestID); err != nil {
		return err
	}
	awards := make([]prize.Award, len(shares))
	for i, of := range shares {
		awards[i] = a.Prizes.NewShare(c.ContestID, of.PlayerID, c.Definition, p, room, of.Member, of.Amount)
	}
	return prize.InsertAwards(ctx, tx, awards)
}
