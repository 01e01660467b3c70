package app

import (
	"context"
	"time"

	"anquanda/internal/keyring/rotation"
)

// resealEvery is how often it is looked for what is sealed with an earlier key.
const resealEvery = 10 * time.Second

// reseal seals anew with the newest key all that is stored sealed for longer than minutes.
func (a *App) reseal(ctx context.Context) error { return a.Keys.Reseal(ctx, a.sealed()) }

// sealed is all of it. What lives for minutes alone (codes, tokens of WeChat) goes by
// itself; the README of package keyring names every use.
func (a *App) sealed() []rotation.Sealed {
	return []rotation.Sealed{
		{Name: "personal data", Again: a.Players.Personal.SealAgain},
		{Name: "names on certificates", Again: a.Certificates.SealAgain},
		{Name: "proofs", Again: a.Players.SealAgain},
		{Name: "payees", Again: a.Payouts.SealAgain},
		{Name: "voucher codes", Again: a.Prizes.SealAgain},
		{Name: "seeds of drawings", Again: a.Drawings.SealAgain},
		{Name: "second factors", Again: a.Staff.SealAgain},
	}
}
