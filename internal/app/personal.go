package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"anquanda/internal/pace"
	"anquanda/internal/prize/instant"
	"anquanda/internal/sqldb"
)

// personalDataEvery is how often personal data whose time is over is looked for.
const personalDataEvery = time.Hour

// keepRetention deletes the personal data of contests whose time to keep it is
// over, until ctx ends.
func (a *App) keepRetention(ctx context.Context) {
	pace.Every(ctx, personalDataEvery, "delete personal data whose time is over", a.letPersonalDataGo)
}

func (a *App) letPersonalDataGo(ctx context.Context) error {
	var failed error
	for _, c := range a.Catalog.All() {
		players, err := a.Players.Personal.LetGo(ctx, c.Definition, c.ContestID, a.now().UnixMilli())
		failed = errors.Join(failed, err, a.Instant.LetGo(ctx, c), a.letAppealsGo(ctx, c))
		if players > 0 {
			slog.InfoContext(ctx, "personal data deleted: its time is over", "contest", c.Slug, "players", players)
		}
	}
	return failed
}

// prizeMarks knows the phones and addresses that winners told, by their hashes.
func (a *App) prizeMarks(ctx context.Context, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]instant.Marks, error) {
	hashes, err := a.Players.Personal.HashesOf(ctx, contestID, players)
	marks := make(map[sqldb.ID]instant.Marks, len(hashes))
	for player, h := range hashes {
		marks[player] = instant.Marks{Phone: h.Phone, Address: h.Address}
	}
	return marks, err
}
