package staff

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Touched is what somebody did to an account that is not their own.
type Touched string

// What counts as laying hands on an account. Whoever did one of these may be able to
// sign in as its holder, or has just made of the holder what is needed.
const (
	Made          Touched = "made"
	PasswordGiven Touched = "password"
	RoleGiven     Touched = "role"
	FactorReset   Touched = "totp"    // the second factor was taken away
	Enabled       Touched = "enabled" // may sign in again
)

// Touch is one row of staff_touches: the newest of its kind.
type Touch struct {
	Account sqldb.ID `db:"account_id"`
	By      sqldb.ID `db:"touched_by"` // 0: the command line
	What    Touched  `db:"what"`
	At      int64    `db:"touched_at"` // UTC ms
}

// touch notes in the transaction of an act on an account who did it. What holders do
// with their own account is none.
func touch(ctx context.Context, tx *sqldb.Tx, account sqldb.ID, by Actor, what Touched, at int64) error {
	if by.ID == account {
		return nil
	}
	_, err := tx.Exec(ctx, "DELETE FROM staff_touches WHERE account_id = ? AND touched_by = ? AND what = ?",
		account, by.ID, string(what))
	if err == nil {
		_, err = tx.Exec(ctx,
			"INSERT INTO staff_touches (account_id, touched_by, what, touched_at) VALUES (?, ?, ?, ?)",
			account, by.ID, string(what), at)
	}
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "note who touched account %d", account)
}
