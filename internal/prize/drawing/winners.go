package drawing

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"

	"anquanda/internal/catalog"
	"anquanda/internal/keyring"
	"anquanda/internal/prize"
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

// ShowKey is a word that lets the big screen see the result before it is
// published: who holds the address of the show may.
func (d *Drawings) ShowKey(id sqldb.ID) string { return showKey(d.slips.Newest(), id) }

func showKey(key keyring.Key, id sqldb.ID) string {
	mac := hmac.New(sha256.New, key.Bytes)
	mac.Write([]byte("show " + id.String()))
	return prize.Letters(mac.Sum(nil), 16)
}

// MaySee reports whether the result of a drawing may be seen by somebody who gives
// a show key, or none.
func (d *Drawings) MaySee(row *Drawing, shown string) bool {
	return row.State == Published || row.State == Drawn && d.slips.Any(func(key keyring.Key) bool {
		return hmac.Equal([]byte(shown), []byte(showKey(key, row.ID)))
	})
}
