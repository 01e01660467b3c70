package app

import (
	"context"

	"anquanda/internal/live"
	"anquanda/internal/live/hub"
)

// openLive makes the live rooms, and the streams that tell of them.
func (a *App) openLive(_ context.Context, p *parts) error {
	a.streams = hub.New(hub.Options{})
	a.Live = live.New(live.Config{
		DB: a.DB, Redis: a.Redis, IDs: p.ids, Catalog: a.Catalog, Banks: a.Banks, Players: a.Players, Play: a.Play,
		Key: p.key.of("live questions"), Now: p.Now,
	})
	return nil
}
