package app

import (
	"context"

	"anquanda/internal/live"
	"anquanda/internal/live/hub"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// openLive makes the live rooms, and the streams that tell of them.
func (a *App) openLive(_ context.Context, p *parts) error {
	a.streams = hub.New(hub.Options{Now: p.Now})
	a.Live = live.New(live.Config{
		DB: a.DB, Redis: a.Redis, IDs: p.ids, Catalog: a.Catalog, Banks: a.Banks, Players: a.Players, Play: a.Play,
		Pay: a.payPot, Keys: p.ring.Of("live questions"), Now: p.Now,
	})
	return nil
}

// payPot makes the shares of a room's pot awards of what it promised.
func (a *App) payPot(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, pot *live.Pot, shares []live.Share) error {
	if err := prize.TakeTurn(ctx, tx, contestID); err != nil {
		return err
	}
	awards := make([]prize.Award, len(shares))
	for i, of := range shares {
		awards[i] = a.Prizes.NewShare(contestID, of.PlayerID, prize.Pot{
			By: prize.Source{Kind: prize.FromLive, Key: pot.RoomID.String()}, ID: pot.RoomID, Key: pot.PrizeKey,
			Kind: pot.Kind, Title: pot.Title, Tier: pot.Tier, Terms: pot.Terms,
			Stock: pot.Stock, ClaimWithin: pot.ClaimWithin, WonAt: pot.WonAt}, int64(of.Member), of.Amount)
	}
	return prize.InsertAwards(ctx, tx, awards)
}
