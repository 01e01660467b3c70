package prize

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"anquanda/internal/errs"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
)

// alphabet is Crockford's base 32: no I, L, O or U to misread or mishear.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// encode32 writes the first so many characters of base 32 of bytes.
func encode32(bytes []byte, length int) string {
	text := make([]byte, length)
	for i := range text {
		bit := i * 5
		pair := uint(bytes[bit/8]) << 8
		if bit/8+1 < len(bytes) {
			pair |= uint(bytes[bit/8+1])
		}
		text[i] = alphabet[pair>>(11-bit%8)&31]
	}
	return string(text)
}

// grouped puts a dash after every four characters, to be read aloud.
func grouped(text string) string {
	var out strings.Builder
	for i := range len(text) {
		if i > 0 && i%4 == 0 {
			out.WriteByte('-')
		}
		out.WriteByte(text[i])
	}
	return out.String()
}

// slip is the text by which the holder of a ticket is on the list: 80 bits that
// nobody can guess, since the salt that hides it is public.
func (d *Drawings) slip(drawing, player sqldb.ID, ticket int) string {
	mac := hmac.New(sha256.New, d.slipKey)
	var text [24]byte
	binary.BigEndian.PutUint64(text[:], uint64(drawing))
	binary.BigEndian.PutUint64(text[8:], uint64(player))
	binary.BigEndian.PutUint64(text[16:], uint64(ticket))
	mac.Write(text[:])
	return grouped(encode32(mac.Sum(nil), 16))
}

// slipsShown bounds how many slips a player is told.
const slipsShown = 20

// Slips are a player's tickets in a drawing: how many, and the texts of the first
// ones, by which the player finds them in the published list.
func (d *Drawings) Slips(ctx context.Context, drawing, player sqldb.ID) (tickets int, slips []string, err error) {
	var counts []int
	err = d.db.Select(ctx, &counts, "SELECT tickets FROM drawing_entrants WHERE drawing_id = ? AND player_id = ?", drawing, player)
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
func (d *Drawings) ownersOf(ctx context.Context, drawing sqldb.ID, salt [32]byte, ids map[string]bool) (map[string]sqldb.ID, error) {
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
