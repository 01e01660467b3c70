package booth

import (
	"context"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// A member of staff may look for staffTries wrong codes within triesWithin, all of a
// contest together for allTries: of 10^8 codes some hundred are live.
const (
	staffTries  = 10
	allTries    = 200
	triesWithin = 10 * time.Minute
)

// takeTry counts a try before the code is looked for, so that tries at once count too.
// Errors: ErrTooManyTries.
func (s *Service) takeTry(ctx context.Context, contestID, staffID sqldb.ID) error {
	err := s.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		if err := s.countTry(ctx, tx, contestID, 0, allTries); err != nil {
			return err
		}
		return s.countTry(ctx, tx, contestID, staffID, staffTries)
	})
	if sqldb.IsDuplicate(err) { // two first tries at once
		return s.takeTry(ctx, contestID, staffID)
	}
	return errs.Wrap(err, "count a try at a code of the booth")
}

func (s *Service) countTry(ctx context.Context, tx *sqldb.Tx, contestID, staffID sqldb.ID, most int) error {
	now := s.millis()
	fresh := now - triesWithin.Milliseconds()
	matched, err := tx.Exec(ctx, `UPDATE booth_tries SET tries = tries + 1
		WHERE contest_id = ? AND staff_id = ? AND begun_at > ? AND tries < ?`, contestID, staffID, fresh, most)
	if err != nil || matched > 0 {
		return err
	}
	matched, err = tx.Exec(ctx, `UPDATE booth_tries SET tries = 1, begun_at = ?
		WHERE contest_id = ? AND staff_id = ? AND begun_at <= ?`, now, contestID, staffID, fresh)
	if err != nil || matched > 0 {
		return err
	}
	var there int
	err = tx.Get(ctx, &there, "SELECT COUNT(*) FROM booth_tries WHERE contest_id = ? AND staff_id = ?", contestID, staffID)
	if err != nil {
		return err
	}
	if there > 0 {
		return ErrTooManyTries
	}
	_, err = tx.Exec(ctx, "INSERT INTO booth_tries (contest_id, staff_id, begun_at, tries) VALUES (?, ?, ?, 1)",
		contestID, staffID, now)
	return err
}

// giveTryBack does not count a code that was right.
func (s *Service) giveTryBack(ctx context.Context, contestID, staffID sqldb.ID) error {
	err := s.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE booth_tries SET tries = tries - 1
			WHERE contest_id = ? AND (staff_id = ? OR staff_id = 0) AND tries > 0`, contestID, staffID)
		return err
	})
	return errs.Wrap(err, "give a try at a code of the booth back")
}
