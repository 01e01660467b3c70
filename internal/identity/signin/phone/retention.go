package phone

import (
	"context"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Sweep deletes what nothing is counted by any more: messages after two days, phones a
// day after their last message, counts of networks and devices after two days. What the
// budget came to stays for 90 days.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.now()
	day := func(ago time.Duration) int64 { return dayOf(now.Add(-ago)) }
	const days = 24 * time.Hour
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		for _, of := range []struct {
			statement string
			arguments []any
		}{
			{"DELETE FROM sms_sends WHERE asked_at < ?", []any{now.Add(-2 * days).UnixMilli()}},
			{"DELETE FROM sms_phones WHERE asked_at < ?", []any{now.Add(-days - Lasts).UnixMilli()}},
			{"DELETE FROM sms_counts WHERE subject <> ? AND (period < ? OR period > ? AND period < ?)",
				[]any{budget, day(2 * days), hoursFrom, day(2*days) * 100}},
			{"DELETE FROM sms_counts WHERE subject = ? AND period < ?", []any{budget, day(90 * days)}},
		} {
			if _, err := tx.Exec(ctx, of.statement, of.arguments...); err != nil {
				return err
			}
		}
		return nil
	})
	return errs.Wrap(err, "delete old messages")
}

// hoursFrom is from where a period is an hour and no day.
const hoursFrom = 1_000_000_000

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends. What
// phones have had goes on counting.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	_, err := tx.Exec(ctx, "UPDATE sms_phones SET code = '', consent = '' WHERE contest_id = ?", contestID)
	if err != nil {
		return errs.Wrap(err, "wipe codes")
	}
	return tx.DeleteOf(ctx, contestID, "sms_sends", "sms_consents")
}

// Forget deletes that a player who leaves agreed to be sent a code.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx, "DELETE FROM sms_consents WHERE contest_id = ? AND player_id = ?", contestID, player)
	return errs.Wrap(err, "forget who agreed to be sent a code")
}

// Expire deletes who agreed to be sent a code in a contest whose retention is over.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		rows, err = tx.Exec(ctx, "DELETE FROM sms_consents WHERE contest_id = ?", contestID)
		return err
	})
	return rows, errs.Wrap(err, "delete who agreed to be sent a code")
}
