package app

import (
	"context"
	"fmt"

	"anquanda/internal/board"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/prize/handout"
	"anquanda/internal/prize/instant"
)

// openPrizes starts the ledger of prizes with its doors.
func (a *App) openPrizes(ctx context.Context, p *parts) (err error) {
	a.Prizes, err = prize.New(prize.Config{
		DB: a.DB, IDs: p.ids, Players: a.Players, Key: p.key.of("voucher codes"),
		HashKey: p.key.of("voucher hashes"), Now: p.Now,
	})
	if err != nil {
		return fmt.Errorf("open the prizes: %w", err)
	}
	if err := a.Prizes.Complete(ctx, a.Catalog); err != nil {
		return fmt.Errorf("complete the awards: %w", err)
	}
	a.Instant = instant.New(instant.Config{
		DB: a.DB, Catalog: a.Catalog, Players: a.Players, Play: a.Play, Ledger: a.Prizes, Now: p.Now,
	})
	a.Drawings, err = drawing.New(drawing.Config{
		DB: a.DB, IDs: p.ids, Catalog: a.Catalog, Players: a.Players, Play: a.Play, Ledger: a.Prizes, Now: p.Now,
		Key: p.key.of("drawing seeds"), SlipKey: p.key.of("drawing slips"), Order: board.Order,
	})
	if err != nil {
		return fmt.Errorf("open the drawings: %w", err)
	}
	hands := handout.Config{
		DB: a.DB, Catalog: a.Catalog, Players: a.Players, Ledger: a.Prizes, Drawings: a.Drawings, Now: p.Now,
		Key: p.key.of("award codes"),
	}
	a.Booth = handout.NewBooth(hands)
	a.Claims = handout.NewClaims(hands, a.Booth)
	return nil
}
