package app

import (
	"context"
	"fmt"

	"anquanda/internal/board"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/prize/handout"
	"anquanda/internal/prize/instant"
	"anquanda/internal/report"
	"anquanda/internal/report/closing"
	"anquanda/internal/report/form"
	"anquanda/internal/report/offline"
)

// openPrizes starts the ledger of prizes with its doors.
func (a *App) openPrizes(ctx context.Context, p *parts) error {
	a.Prizes = prize.New(prize.Config{
		DB: a.DB, IDs: p.ids, Players: a.Players, Keys: p.ring.Of("voucher codes"),
		Hashes: p.ring.Of("voucher hashes"), Now: p.Now,
	})
	if err := a.Prizes.Complete(ctx, a.Catalog); err != nil {
		return fmt.Errorf("complete the awards: %w", err)
	}
	a.Instant = instant.New(instant.Config{
		DB: a.DB, Catalog: a.Catalog, Players: a.Players, Play: a.Play, Ledger: a.Prizes, Now: p.Now,
	})
	a.Drawings = drawing.New(drawing.Config{
		DB: a.DB, IDs: p.ids, Catalog: a.Catalog, Players: a.Players, Play: a.Play, Ledger: a.Prizes, Now: p.Now,
		Seeds: p.ring.Of("drawing seeds"), Slips: p.ring.Of("drawing slips"), Order: board.Order,
	})
	hands := handout.Config{
		DB: a.DB, Catalog: a.Catalog, Players: a.Players, Ledger: a.Prizes, Drawings: a.Drawings, Now: p.Now,
		Keys: p.ring.Of("award codes"),
	}
	a.Booth = handout.NewBooth(hands)
	a.Claims = handout.NewClaims(hands, a.Booth)
	a.Report = report.New(a.DB)
	a.Offline = offline.New(a.DB, p.ids, p.ring.Of("links of units"), p.Now)
	a.forms = form.New(a.DB, p.ids, p.Now)
	a.Closing = closing.New(closing.Config{DB: a.DB, Catalog: a.Catalog, Banks: a.Banks, Drawings: a.Drawings,
		Tally: a.Tally, Report: a.Report, Personal: a.Players.Personal, Polls: a.Polls,
		Offline: a.Offline, Forms: a.forms, Honours: a.Honours, Pairings: a.Pairings, Lists: a.Lists,
		Now: p.Now})
	return nil
}
