package app

import (
	"context"

	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
)

// followProofs lets what shows players notice who was proven or set aside.
func (a *App) followProofs() {
	a.Players.SetProofHooks(identity.ProofHooks{
		Within: func(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, _ bool, _ int64) error {
			if err := a.Boards.Touch(ctx, tx, contestID, player); err != nil {
				return err
			}
			return a.Referrals.Touch(ctx, tx, contestID, player)
		},
		After: func(ctx context.Context, contestID, player sqldb.ID) {
			a.Boards.Refresh(ctx, contestID, player)
			a.Referrals.Refresh(ctx, contestID, player)
		},
	})
}
