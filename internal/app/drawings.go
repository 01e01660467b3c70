package app

import (
	"fmt"

	"anquanda/internal/board"
	"anquanda/internal/prize"
)

// openDrawings starts public drawings, the booth and claims, on top of the prizes.
func (a *App) openDrawings(key masterKey) (err error) {
	a.Drawings, err = prize.NewDrawings(a.Prizes, prize.DrawingsConfig{Key: key.of("drawing seeds"), SlipKey: key.of("drawing slips"), Order: board.Order})
	if err != nil {
		return fmt.Errorf("open the drawings: %w", err)
	}
	a.Booth = prize.NewBooth(a.Prizes, key.of("award codes"))
	a.Claims = prize.NewClaims(a.Prizes, a.Drawings, a.Booth)
	return nil
}
