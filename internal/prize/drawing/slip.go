package drawing

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"

	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
)

// slip is the text by which the holder of a ticket is on the list: 80 bits that
// nobody can guess, since the salt that hides it is public.
func (d *Drawings) slip(drawing, player sqldb.ID, ticket int) string {
	mac := hmac.New(sha256.New, d.slipKey)
	var text [24]byte
	binary.BigEndian.PutUint64(text[:], uint64(drawing))
	binary.BigEndian.PutUint64(text[8:], uint64(player))
	binary.BigEndian.PutUint64(text[16:], uint64(ticket))
	mac.Write(text[:])
	return prize.Grouped(prize.Letters(mac.Sum(nil), 16))
}

// slipsShown bounds how many slips a player is told.
const slipsShown = 20

// Slips are a player's tickets in a drawing: how many, and the texts of the first
// ones, by which the player finds them in the published list.
func (d *Drawings) Slips(ctx context.Context, drawing, player sqldb.ID) (tickets int, slips []string, err error) {
	var counts []int
	err = d.db.Select(ctx, &counts, "SELECT tickets FROM drawing_entrants WHERE drawing_id = ? AND player_id = ?", drawing,
		player)
	if err != nil || len(counts) == 0 {
		return 0, nil, errs.Wrap(err, "read the tickets of a player")
	}
	for ticket := range min(counts[0], slipsShown) {
		slips = append(slips, d.slip(drawing, player, ticket+1))
	}
	return counts[0], slips, nil
}

// addTo puts the tickets of an entrant on a roll. Those of one person are a group.
func (d *Drawings) addTo(roll *selection.Roll, drawing sqldb.ID, e entrant) error {
	person := ""
	if e.tickets > 1 {
		person = e.player.String()
	}
	for ticket := range e.tickets {
		if err := roll.Add(d.slip(drawing, e.player, ticket+1), person, 0); err != nil {
			return err
		}
	}
	return nil
}

// ownersOf finds whose entries those of the given ids are.
func (d *Drawings) ownersOf(ctx context.Context, drawing sqldb.ID, salt [32]byte,
	ids map[string]bool) (map[string]sqldb.ID, error) {
	owners := make(map[string]sqldb.ID, len(ids))
	var row struct {
		PlayerID sqldb.ID `db:"player_id"`
		Tickets  int      `db:"tickets"`
	}
	err := d.db.Each(ctx, &row, func() error {
		for ticket := range row.Tickets {
			id := hexID(selection.ID(salt, d.slip(drawing, row.PlayerID, ticket+1)))
			if ids[id] {
				owners[id] = row.PlayerID
			}
		}
		return nil
	}, "SELECT player_id, tickets FROM drawing_entrants WHERE drawing_id = ?", drawing)
	return owners, errs.Wrap(err, "find whose entries were drawn")
}
