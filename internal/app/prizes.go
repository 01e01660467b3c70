package app

import (
	"fmt"
	"time"

	"anquanda/internal/board"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/prize/handout"
	"anquanda/internal/prize/instant"
	"anquanda/internal/sqldb"
)

// openPrizes starts the ledger of prizes with its doors, and lets it look at every
// definition before that is stored.
func (a *App) openPrizes(ids *sqldb.IDs, key masterKey, now func() time.Time) (err error) {
	a.Prizes, err = prize.New(prize.Config{
		DB: a.DB, IDs: ids, Players: a.Players, Key: key.of("voucher codes"), HashKey: key.of("voucher hashes"), Now: now,
	})
	if err != nil {
		return fmt.Errorf("open the prizes: %w", err)
	}
	a.Catalog.SetGuard(prize.GuardStock(drawing.Promised))
	a.Instant = instant.New(instant.Config{
		DB: a.DB, Catalog: a.Catalog, Players: a.Players, Play: a.Play, Ledger: a.Prizes, Now: now, Marks: a.prizeMarks,
	})
	a.Drawings, err = drawing.New(drawing.Config{
		DB: a.DB, IDs: ids, Catalog: a.Catalog, Players: a.Players, Play: a.Play, Ledger: a.Prizes, Now: now,
		Key: key.of("drawing seeds"), SlipKey: key.of("drawing slips"), Order: board.Order,
	})
	if err != nil {
		return fmt.Errorf("open the drawings: %w", err)
	}
	hands := handout.Config{
		DB: a.DB, Catalog: a.Catalog, Players: a.Players, Ledger: a.Prizes, Drawings: a.Drawings, Now: now,
		Key: key.of("award codes"),
	}
	a.Booth = handout.NewBooth(hands)
	a.Claims = handout.NewClaims(hands, a.Booth)
	return nil
}
