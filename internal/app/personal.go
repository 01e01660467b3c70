package app

import (
	"context"

	"anquanda/internal/prize/instant"
	"anquanda/internal/sqldb"
)

// prizeMarks knows the phones and addresses that winners told, by their hashes.
func (a *App) prizeMarks(ctx context.Context, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]instant.Marks, error) {
	hashes, err := a.Players.Personal.HashesOf(ctx, contestID, players)
	marks := make(map[sqldb.ID]instant.Marks, len(hashes))
	for player, h := range hashes {
		marks[player] = instant.Marks{Phone: h.Phone, Address: h.Address}
	}
	return marks, err
}
