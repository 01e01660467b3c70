package drawing

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
)

// slip is the text by which the holder of a ticket is on the list: 80 bits that
// nobody can guess, since the salt that hides it is public. Those of a drawing are made
// with one key for ever: the published list holds them.
func slip(key []byte, drawing, player sqldb.ID, ticket int) string {
	mac := hmac.New(sha256.New, key)
	var text [24]byte
	binary.BigEndian.PutUint64(text[:], uint64(drawing))
	binary.BigEndian.PutUint64(text[8:], uint64(player))
	binary.BigEndian.PutUint64(text[16:], uint64(ticket))
	mac.Write(text[:])
	return prize.Grouped(prize.Letters(mac.Sum(nil), 16))
}

// slipKey is the key of the slips of a drawing, by the id that its row holds.
func (d *Drawings) slipKey(id string) ([]byte, error) {
	key, ok := d.slips.Kept(id)
	if !ok {
		return nil, fmt.Errorf("the slips are made with key %s, which is not in the key ring", id)
	}
	return key.Bytes, nil
}

// slipsShown bounds how many slips a player is told.
const slipsShown = 20

// Slips are a player's tickets in a drawing: how many, and the texts of the first
// ones, by which the player finds them in the published list.
func (d *Drawings) Slips(ctx context.Context, drawing, player sqldb.ID) (tickets int, slips []string, err error) {
	var held []struct {
		Tickets int    `db:"tickets"`
		SlipKey string `db:"slip_key"`
	}
	err = d.db.Select(ctx, &held, `SELECT e.tickets, d.slip_key
		FROM drawing_entrants e JOIN drawings d ON d.id = e.drawing_id
		WHERE e.drawing_id = ? AND e.player_id = ?`, drawing, player)
	if err != nil || len(held) == 0 {
		return 0, nil, errs.Wrap(err, "read the tickets of a player")
	}
	key, err := d.slipKey(held[0].SlipKey)
	if err != nil {
		return 0, nil, err
	}
	for ticket := range min(held[0].Tickets, slipsShown) {
		slips = append(slips, slip(key, drawing, player, ticket+1))
	}
	return held[0].Tickets, slips, nil
}

// addTo puts the tickets of an entrant on a roll. Those of one person are a group.
func addTo(roll *selection.Roll, key []byte, drawing sqldb.ID, e entrant) error {
	person := ""
	if e.tickets > 1 {
		person = e.player.String()
	}
	for ticket := range e.tickets {
		if err := roll.Add(slip(key, drawing, e.player, ticket+1), person, 0); err != nil {
			return err
		}
	}
	return nil
}

// ownersOf finds whose entries those of the given ids are.
func (d *Drawings) ownersOf(ctx context.Context, of *Drawing, salt [32]byte, ids map[string]bool) (
	map[string]sqldb.ID, error) {
	key, err := d.slipKey(of.SlipKey)
	if err != nil {
		return nil, err
	}
	owners := make(map[string]sqldb.ID, len(ids))
	var row struct {
		PlayerID sqldb.ID `db:"player_id"`
		Tickets  int      `db:"tickets"`
	}
	err = d.db.Each(ctx, &row, func() error {
		for ticket := range row.Tickets {
			id := hexID(selection.ID(salt, slip(key, of.ID, row.PlayerID, ticket+1)))
			if ids[id] {
				owners[id] = row.PlayerID
			}
		}
		return nil
	}, "SELECT player_id, tickets FROM drawing_entrants WHERE drawing_id = ?", of.ID)
	return owners, errs.Wrap(err, "find whose entries were drawn")
}
