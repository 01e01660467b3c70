package identity

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "enrolments", "unit_changes", "proofs", "set_aside", "known_units",
		"player_origins")
}

// WipeSessions ends what holds in a contest alone, of a rehearsal that ends.
func WipeSessions(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "player_sessions")
}

// Forget deletes the nickname and the unit of a player who leaves (PIPL, article
// 47); personal does so with what was told. Results stay, without anything that tells whose they are. Errors:
// ErrNotEnrolled.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	// The hashes stay, so that the person does not win anew by leaving and coming back.
	_, err := tx.Exec(ctx, "UPDATE proofs SET sealed = '' WHERE contest_id = ? AND player_id = ?", contestID, player)
	if err != nil {
		return errs.Wrap(err, "forget what proved a player")
	}
	if err := forgetUnit(ctx, tx, contestID, player); err != nil {
		return err
	}
	// Who left wins nothing more, so nobody has to be found by it.
	_, err = tx.Exec(ctx, "DELETE FROM player_origins WHERE contest_id = ? AND player_id = ?", contestID, player)
	if err != nil {
		return errs.Wrap(err, "forget from where a player acted")
	}
	matched, err := tx.Exec(ctx, "UPDATE enrolments SET nickname = ?, unit_id = 0 WHERE contest_id = ? AND player_id = ?",
		gone, contestID, player)
	if err == nil && matched == 0 {
		return ErrNotEnrolled
	}
	return errs.Wrap(err, "forget a player")
}

// Expire deletes the nicknames of the players of a contest whose retention is over, what
// proved them, and from where they acted. That a player was proven, and by what, stays
// with the results.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		proofs, err := tx.Exec(ctx, "DELETE FROM proofs WHERE contest_id = ?", contestID)
		if err != nil {
			return err
		}
		origins, err := tx.Exec(ctx, "DELETE FROM player_origins WHERE contest_id = ?", contestID)
		if err != nil {
			return err
		}
		names, err := tx.Exec(ctx, "UPDATE enrolments SET nickname = '', name_state = ? WHERE contest_id = ? AND "+hasName,
			publicname.Unseen, contestID)
		rows = proofs + origins + names
		return err
	})
	return rows, errs.Wrap(err, "delete the names of players, what proved them and from where they acted")
}

// NamedElsewhere reports whether a player has a name in another contest than one.
func (p *Players) NamedElsewhere(ctx context.Context, player, contestID sqldb.ID) (bool, error) {
	var names int
	err := p.db.Get(ctx, &names,
		"SELECT COUNT(*) FROM enrolments WHERE player_id = ? AND contest_id <> ? AND "+hasName, player, contestID)
	return names > 0, errs.Wrap(err, "count the names of a player elsewhere")
}

// Named reports whether a player has a name in some contest: who left all of them
// has none.
func Named(ctx context.Context, from sqldb.Reader, player sqldb.ID) (bool, error) {
	var names int
	err := from.Get(ctx, &names, "SELECT COUNT(*) FROM enrolments WHERE player_id = ? AND "+hasName, player)
	return names > 0, errs.Wrap(err, "count the names of a player")
}
