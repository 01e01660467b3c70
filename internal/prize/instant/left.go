package instant

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/prize"
)

// stockLeft is what was left of the prizes of a definition.
type stockLeft struct {
	of    *contest.Definition
	units map[string]int
}

// Left tells how many units of each prize pools and the shop can still give, by key, up
// to some seconds ago. Every phone that opens a contest asks: the stock is counted for
// all of them at once.
func (s *Service) Left(ctx context.Context, c *catalog.Contest) (map[string]int, error) {
	count := func() (stockLeft, error) { return s.countLeft(ctx, c) }
	left, err := s.left.Get(c.ContestID, count)
	if err == nil && left.of != c.Definition {
		s.left.Drop(c.ContestID)
		left, err = s.left.Get(c.ContestID, count)
	}
	return left.units, err
}

func (s *Service) countLeft(ctx context.Context, c *catalog.Contest) (stockLeft, error) {
	stock, err := prize.ReadShelves(ctx, s.db, c.ContestID, c.Definition, everyPrize(c.Definition))
	left := stockLeft{c.Definition, map[string]int{}}
	for key, shelf := range stock {
		left.units[key] = shelf.Left()
	}
	return left, err
}
