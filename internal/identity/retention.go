package identity

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "enrolments", "unit_changes")
}

// Forget deletes the nickname and the unit of a player who leaves (PIPL, article
// 47); personal does so with what was told. Results stay, without anything that tells whose they are. Errors:
// ErrNotEnrolled.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	matched, err := tx.Exec(ctx, "UPDATE enrolments SET nickname = ?, unit_id = 0 WHERE contest_id = ? AND player_id = ?",
		gone, contestID, player)
	if err == nil && matched == 0 {
		return ErrNotEnrolled
	}
	return errs.Wrap(err, "forget a player")
}

// Named reports whether a player has a name in some contest: who left all of them
// has none.
func Named(ctx context.Context, from sqldb.Reader, player sqldb.ID) (bool, error) {
	var names int
	err := from.Get(ctx, &names, "SELECT COUNT(*) FROM enrolments WHERE player_id = ? AND nickname <> ?", player, gone)
	return names > 0, errs.Wrap(err, "count the names of a player")
}
