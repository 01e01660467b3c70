package drawing

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/sqldb"
)

// Winner is a place as everybody may see it.
type Winner struct {
	Place
	Prize string // title of the tier; empty for a reserve that waits
	Name  string // masked
	Unit  string
}

// Winners lists who was drawn, masked, in the order of drawing; reserves that wait
// come last.
func (d *Drawings) Winners(ctx context.Context, c *catalog.Contest, row *Drawing) ([]Winner, error) {
	places, err := d.places(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	players := make([]sqldb.ID, len(places))
	for i := range places {
		players[i] = places[i].PlayerID
	}
	names, err := d.ledger.Masked(ctx, c, players)
	if err != nil {
		return nil, err
	}
	winners := make([]Winner, len(places))
	for i, p := range places {
		winners[i] = Winner{Place: p, Name: names[p.PlayerID].Name, Unit: names[p.PlayerID].Unit}
		if p.Tier > 0 {
			winners[i].Prize = row.Prizes[p.Tier-1].Title
		}
	}
	return winners, nil
}
