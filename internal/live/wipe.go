package live

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	for _, statement := range []string{
		"DELETE FROM live_answers WHERE room_id IN (SELECT room_id FROM live_rooms WHERE contest_id = ?)",
		"DELETE FROM live_results WHERE room_id IN (SELECT room_id FROM live_rooms WHERE contest_id = ?)",
		"DELETE FROM live_pots WHERE room_id IN (SELECT room_id FROM live_rooms WHERE contest_id = ?)",
		"DELETE FROM live_returns WHERE room_id IN (SELECT room_id FROM live_rooms WHERE contest_id = ?)",
		"DELETE FROM live_members WHERE room_id IN (SELECT room_id FROM live_rooms WHERE contest_id = ?)",
		"DELETE FROM live_gates WHERE room_id IN (SELECT room_id FROM live_rooms WHERE contest_id = ?)",
		"DELETE FROM live_steps WHERE room_id IN (SELECT room_id FROM live_rooms WHERE contest_id = ?)",
		"DELETE FROM live_nodes WHERE room_id IN (SELECT room_id FROM live_rooms WHERE contest_id = ?)",
		"DELETE FROM live_rooms WHERE contest_id = ?",
	} {
		if _, err := tx.Exec(ctx, statement, contestID); err != nil {
			return errs.Wrap(err, "wipe live rooms")
		}
	}
	return nil
}

// Forget deletes from where a player who leaves a contest joined its rooms; results
// stand by the player's id alone.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx, `UPDATE live_members SET network = ''
		WHERE player_id = ? AND room_id IN (SELECT room_id FROM live_rooms WHERE contest_id = ?)`, player, contestID)
	return errs.Wrap(err, "forget a member of live rooms")
}

// Expire deletes from where everybody joined the rooms of a contest whose retention is
// over, and returns how many rows that were.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		rows, err = tx.Exec(ctx, `UPDATE live_members SET network = ''
			WHERE network <> '' AND room_id IN (SELECT room_id FROM live_rooms WHERE contest_id = ?)`, contestID)
		return err
	})
	return rows, errs.Wrap(err, "forget the members of live rooms")
}
