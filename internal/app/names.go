package app

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/certificate"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/pledge"
	"anquanda/internal/publicname"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// decideActions are what the audit log calls a decision about names.
var decideActions = map[publicname.State]string{
	publicname.Approved: "names.show", publicname.Hidden: "names.hide",
}

// DecideNames shows or hides the names of players everywhere in one step: nickname
// and signature, on every board, screen, wall and list. A nickname that was changed
// since somebody looked is left as it is. done counts the players it was done for.
func (a *App) DecideNames(ctx context.Context, by staff.Actor, c *catalog.Contest, of []publicname.Looked,
	s publicname.State,
	reason string) (done int, err error) {
	for _, looked := range of {
		set, err := a.decideName(ctx, by, c, looked, s, reason)
		if err != nil {
			return done, errs.Wrap(err, "decide how names are shown")
		}
		if set {
			done++
		}
	}
	a.Pledges.DropWall(c.ContestID)
	return done, nil
}

func (a *App) decideName(ctx context.Context, by staff.Actor, c *catalog.Contest, of publicname.Looked,
	s publicname.State,
	reason string) (set bool, err error) {
	now := a.now().UnixMilli()
	err = a.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		if set, err = identity.SetName(ctx, tx, c.ContestID, of.Player, s, of.Name, now); err != nil || !set {
			return err
		}
		if s == publicname.Hidden || of.Signed { // what nobody looked at is not approved
			if err := pledge.SetName(ctx, tx, c.ContestID, of.Player, s, now); err != nil {
				return err
			}
		}
		if s == publicname.Hidden {
			if err := certificate.Withhold(ctx, tx, c.ContestID, of.Player, of.Name); err != nil {
				return err
			}
		}
		if err := a.Boards.Touch(ctx, tx, c.ContestID, of.Player); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: decideActions[s], Subject: c.Slug,
			Detail: map[string]any{"player": of.Player.String(), "reason": reason}})
	})
	if err == nil && set {
		a.rename(ctx, identity.Judged{ContestID: c.ContestID, PlayerID: of.Player})
	}
	return set, err
}

// rename shows on the boards at once how a nickname is shown now. What fails here is
// caught up: the totals were touched.
func (a *App) rename(ctx context.Context, of identity.Judged) {
	e, err := a.Players.Enrolment(ctx, of.ContestID, of.PlayerID)
	if err != nil {
		redisdb.LogAway(ctx, "read a name for the boards", err)
		return
	}
	a.Boards.Rename(ctx, of.ContestID, e)
}

// settleNames judges all names anew where the list of words changed.
func (a *App) settleNames(ctx context.Context) error {
	return a.Names.Settle(ctx,
		func(ctx context.Context, judge func(publicname.Kept) publicname.State) error {
			return a.Players.Rejudge(ctx, judge, func(ctx context.Context, tx *sqldb.Tx, of identity.Judged) error {
				return a.Boards.Touch(ctx, tx, of.ContestID, of.PlayerID)
			}, a.rename)
		},
		a.Pledges.Rejudge, a.Teams.Rejudge)
}
