package app

import (
	"fmt"
	"time"

	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// openPrizes starts what gives prizes away, and lets it look at every definition
// before that is stored.
func (a *App) openPrizes(ids *sqldb.IDs, key masterKey, now func() time.Time) error {
	prizes, err := prize.New(prize.Config{
		DB: a.DB, IDs: ids, Catalog: a.Catalog, Players: a.Players, Play: a.Play,
		Key: key.of("voucher codes"), HashKey: key.of("voucher hashes"), Now: now, Marks: a.prizeMarks,
	})
	if err != nil {
		return fmt.Errorf("open the prizes: %w", err)
	}
	a.Prizes = prizes
	a.Catalog.SetGuard(prizes.GuardStock)
	return nil
}
