package app

import (
	"context"

	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
	"anquanda/internal/team"
)

// followProofs lets what shows players notice who was proven or set aside, and counts
// the invitations that waited for it.
func (a *App) followProofs() {
	a.Players.SetProofHooks(identity.ProofHooks{
		Within: func(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, aside bool, at int64) error {
			if err := a.Boards.Touch(ctx, tx, contestID, player); err != nil {
				return err
			}
			if aside {
				kept, err := identity.KeptFor(ctx, tx, contestID, player)
				if err != nil {
					return err
				}
				if err := team.Pass(ctx, tx, contestID, player, kept, at); err != nil {
					return err
				}
			}
			if err := a.Referrals.Touch(ctx, tx, contestID, player); err != nil || aside {
				return err
			}
			return a.Referrals.CountProven(ctx, tx, contestID, player, at)
		},
		After: func(ctx context.Context, contestID, player sqldb.ID) {
			a.Boards.Refresh(ctx, contestID, player)
			a.Referrals.Refresh(ctx, contestID, player)
			// What the player's invitation earned who invited is caught up without this too.
			if inviter, err := a.Referrals.InviterOf(ctx, contestID, player); err == nil && inviter != 0 {
				a.Boards.Refresh(ctx, contestID, inviter)
				a.Referrals.Refresh(ctx, contestID, inviter)
			}
		},
	})
}
