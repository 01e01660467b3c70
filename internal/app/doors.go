package app

import (
	"context"
	"fmt"
	"os"

	"anquanda/internal/httpapi/player"
	"anquanda/internal/identity/signin"
	accounts "anquanda/internal/identity/signin/account"
	"anquanda/internal/identity/signin/booth"
)

// openDoors makes what persons are proven through: accounts elsewhere, staff at a booth.
func (a *App) openDoors(_ context.Context, p *parts) (err error) {
	a.codes, err = signin.NewOnce(a.DB, p.key.of("codes of accounts"), p.Now)
	a.confirms = booth.New(booth.Config{DB: a.DB, IDs: p.ids, Players: a.Players, Now: p.Now, Key: p.key.of("booth")})
	return err
}

// elsewhere is what people need who come with an account of another system.
func (a *App) elsewhere(p *parts) (player.Elsewhere, error) {
	e := player.Elsewhere{Secrets: signin.NewSecrets(p.key.of("trips to accounts")), Codes: a.codes}
	if p.Accounts == "" {
		return e, nil
	}
	var err error
	if e.Providers, err = accounts.Load(p.Accounts, os.Getenv, p.Now); err != nil {
		return e, fmt.Errorf("--accounts: %w", err)
	}
	a.providers = e.Providers
	return e, nil
}
