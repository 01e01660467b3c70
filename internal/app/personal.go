package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"anquanda/internal/identity"
	"anquanda/internal/pace"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// openVault lets the players' personal data be kept, sealed.
func (a *App) openVault(key masterKey) error {
	vault, err := identity.NewVault(key.of("personal data"), key.of("personal hashes"))
	if err == nil {
		a.Players.UseVault(vault)
	}
	return err
}

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
		players, err := a.Players.LetGo(ctx, c.Definition, c.ContestID, a.now().UnixMilli())
		failed = errors.Join(failed, err, a.Prizes.LetGo(ctx, c), a.letAppealsGo(ctx, c))
		if players > 0 {
			slog.InfoContext(ctx, "personal data deleted: its time is over", "contest", c.Slug, "players", players)
		}
	}
	return failed
}

// prizeMarks knows the phones and addresses that winners told, by their hashes.
func (a *App) prizeMarks(ctx context.Context, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]prize.Marks, error) {
	hashes, err := a.Players.HashesOf(ctx, contestID, players)
	marks := make(map[sqldb.ID]prize.Marks, len(hashes))
	for player, h := range hashes {
		marks[player] = prize.Marks{Phone: h.Phone, Address: h.Address}
	}
	return marks, err
}
