package app

import "anquanda/internal/referral"

// openReferrals makes what knows how players come. It joins play once that is
// made with its hooks.
func (a *App) openReferrals(key masterKey, cfg Config) (err error) {
	a.Referrals, err = referral.New(referral.Config{
		DB: a.DB, Redis: a.Redis, Catalog: a.Catalog, Players: a.Players,
		Key: key.of("invitation codes"), HashKey: key.of("invitation origins"), Now: cfg.Now,
	})
	return err
}
