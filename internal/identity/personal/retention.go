package personal

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "personal", "personal_marks")
}

// Forget deletes all that a player told who leaves (PIPL, article 47). By which phones
// and addresses the player was known stays, as keyed hashes: who leaves and comes back
// must not win anew.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx, "DELETE FROM personal WHERE contest_id = ? AND player_id = ?", contestID, player)
	return errs.Wrap(err, "forget what a player told")
}

// Expire deletes the personal data of a contest whose retention is over, of some
// hundred players at a time. Results stay, and so does the note of which fields had
// been filled in: what was earned by it stays earned.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	for _, table := range []string{"personal", "personal_marks"} {
		deleted, err := expire(ctx, db, contestID, table)
		rows += deleted
		if err != nil {
			return rows, err
		}
	}
	return rows, nil
}

func expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID, table string) (rows int64, err error) {
	const atOnce = 500
	for {
		var some []sqldb.ID
		err := db.Select(ctx, &some,
			"SELECT DISTINCT player_id FROM "+table+" WHERE contest_id = ? ORDER BY player_id LIMIT ?", contestID, atOnce)
		if err != nil || len(some) == 0 {
			return rows, errs.Wrap(err, "look for personal data whose time is over")
		}
		var deleted int64
		err = db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
			deleted, err = tx.ExecIn(ctx, "DELETE FROM "+table+" WHERE contest_id = ? AND player_id IN (?)", contestID,
				some)
			return err
		})
		rows += deleted
		if err != nil {
			return rows, errs.Wrap(err, "delete personal data")
		}
	}
}
