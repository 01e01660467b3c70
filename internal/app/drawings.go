package app

import (
	"context"
	"errors"
	"fmt"

	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// openDrawings starts public drawings, the booth and claims, on top of the prizes.
func (a *App) openDrawings(key masterKey) (err error) {
	a.Drawings, err = prize.NewDrawings(a.Prizes, prize.DrawingsConfig{Key: key.of("drawing seeds"), SlipKey: key.of("drawing slips"), Top: a.topOf})
	if err != nil {
		return fmt.Errorf("open the drawings: %w", err)
	}
	a.Booth = prize.NewBooth(a.Prizes, key.of("award codes"))
	a.Claims = prize.NewClaims(a.Prizes, a.Drawings, a.Booth)
	return nil
}

var errBoardLate = errors.New("totals of finished attempts are still on their way")

// topOf lists the first so many of a board: of the day, where the drawing is of one
// and the board has days, else of the whole contest. A board that lags is no ground
// to leave somebody out: then it is asked again later.
func (a *App) topOf(ctx context.Context, c *catalog.Contest, top contest.Top, from, to int64) ([]sqldb.ID, error) {
	query := board.Query{Board: top.Board, From: 1, Size: board.MaxPage}
	if of, ok := c.Board(top.Board); ok && of.Daily && c.Day(from) == c.Day(to-1) {
		query.Period = c.Day(from)
	}
	var first []sqldb.ID
	for len(first) < top.Count {
		page, err := a.Boards.Page(ctx, c, query)
		if err != nil {
			return nil, err
		}
		if page.Late {
			return nil, board.ErrAway.Because(errBoardLate)
		}
		for _, place := range page.Entries {
			first = append(first, place.ID)
		}
		if int64(len(page.Entries)) < query.Size {
			break
		}
		query.From += query.Size
	}
	return first[:min(len(first), top.Count)], nil
}
