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
func (a *App) openDoors(_ context.Context, p *parts) error {
	a.codes = signin.NewOnce(a.DB, p.ring.Of("codes of accounts"), p.Now)
	a.confirms = booth.New(booth.Config{DB: a.DB, IDs: p.ids, Players: a.Players, Now: p.Now, Keys: p.ring.Of("booth")})
	return nil
}

// elsewhere is what people need who come with an account of another system.
func (a *App) elsewhere(p *parts) (player.Elsewhere, error) {
	e := player.Elsewhere{Secrets: signin.NewSecrets(p.ring.Of("trips to accounts")), Codes: a.codes}
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
