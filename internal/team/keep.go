package team

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes the teams of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "team_members", "team_names", "teams")
}

// Forget takes a player who leaves the contest out of the team, also when teams are fixed.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := leave(ctx, tx, contestID, player, 0)
	return errs.Wrap(err, "take a player out of a team")
}

// Expire deletes the teams of a contest whose retention is over: their names are the players'.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		rows = 0 // it may be run again
		for _, table := range []string{"team_members", "team_names", "teams"} {
			gone, err := tx.Exec(ctx, "DELETE FROM "+table+" WHERE contest_id = ?", contestID)
			if err != nil {
				return err
			}
			rows += gone
		}
		return nil
	})
	return rows, errs.Wrap(err, "delete teams")
}

// Pass gives the place of a guest who was set aside to the player who counts instead; who has
// a team of the own keeps that, and the guest's place is free.
func Pass(ctx context.Context, tx *sqldb.Tx, contestID, guest, kept sqldb.ID, now int64) error {
	team, err := teamOf(ctx, tx, contestID, guest)
	if err != nil || team == 0 {
		return err
	}
	own, err := teamOf(ctx, tx, contestID, kept)
	if err != nil {
		return err
	}
	if own != 0 {
		_, err = leave(ctx, tx, contestID, guest, now)
		return errs.Wrap(err, "free the place of a guest in a team")
	}
	if there, err := lock(ctx, tx, team, now); err != nil || !there {
		return orStale(err)
	}
	_, err = tx.Exec(ctx, "UPDATE team_members SET player_id = ? WHERE contest_id = ? AND player_id = ?", kept, contestID,
		guest)
	if err == nil {
		_, err = tx.Exec(ctx, "UPDATE teams SET captain_id = ? WHERE id = ? AND captain_id = ?", kept, team, guest)
	}
	return errs.Wrap(err, "pass the place of a guest in a team")
}
