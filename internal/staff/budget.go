package staff

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// budget lets through burst tries at once, and after that one more in each every.
type budget struct {
	burst int64
	every time.Duration
}

// How often a password may be tried. Who has signed in with a browser before is counted
// by it alone, so strangers cannot use up their tries. All others share what the login
// has; one network has less of it, so nobody keeps a login busy from one place: whoever
// comes from elsewhere has a turn within half a minute. By login that is at most 2,880
// guesses in a day.
//
// Codes of the second factor have three right ones in a million at any time, so they are
// bounded harder: 288 tries in a day, a chance of one in a thousand for who knows the
// password already (RFC 4226, section 7.3).
var (
	byBrowser = budget{5, 30 * time.Second}
	byNetwork = budget{5, 3 * time.Minute}
	byLogin   = budget{5, 30 * time.Second}
	byCode    = budget{5, 5 * time.Minute}
)

// spending is one try out of a budget.
type spending struct {
	name string // a keyed hash
	budget
	// whole: after a right password nothing of it counts any more, else the one try.
	whole bool
}

// triesName is what a count is kept by; it tells nobody's login or network.
func (s *Service) triesName(parts ...string) string {
	return base64.RawURLEncoding.EncodeToString(s.keys.hash("tries", parts...)[:18])
}

// spend counts a try before anything is looked at, out of all of the budgets or out of
// none. A statement that carries its own condition decides, so parallel tries cannot pass
// it. Errors: ErrTooManyTries with the time to wait.
func (s *Service) spend(ctx context.Context, spendings []spending) error {
	now := s.now()
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var longest time.Duration
		for _, sp := range spendings {
			wait, err := sp.take(ctx, tx, now)
			if err != nil {
				return err
			}
			longest = max(longest, wait)
		}
		if longest > 0 {
			return ErrTooManyTries.After(longest)
		}
		return nil
	})
}

// take counts one try, or tells how long to wait. It keeps full_at, when the whole budget
// is there again, as the generic cell rate algorithm does (ITU-T I.371).
func (sp spending) take(ctx context.Context, tx *sqldb.Tx, at time.Time) (wait time.Duration, err error) {
	now, every := at.UnixMilli(), sp.every.Milliseconds()
	latest := now + (sp.burst-1)*every
	counted, err := tx.Exec(ctx, `UPDATE staff_tries SET full_at = CASE WHEN full_at < ? THEN ? ELSE full_at END + ?
		WHERE name = ? AND full_at <= ?`, now, now, every, sp.name, latest)
	if err != nil || counted > 0 {
		return 0, errs.Wrap(err, "count a try")
	}
	var full int64
	err = tx.Get(ctx, &full, "SELECT full_at FROM staff_tries WHERE name = ?", sp.name)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		_, err = tx.Exec(ctx, "INSERT INTO staff_tries (name, full_at, told_at) VALUES (?, ?, 0)", sp.name, now+every)
		if sqldb.IsDuplicate(err) {
			return 0, sqldb.ErrStale
		}
		return 0, errs.Wrap(err, "count a first try")
	case err != nil:
		return 0, errs.Wrap(err, "read the tries")
	case full <= latest:
		return 0, sqldb.ErrStale // a try was given back meanwhile
	}
	return time.Duration(full-latest) * time.Millisecond, nil
}

// giveBack undoes spend, in the transaction of what was right.
func giveBack(ctx context.Context, tx *sqldb.Tx, spendings []spending, now time.Time) error {
	for _, sp := range spendings {
		off := sp.every.Milliseconds()
		if sp.whole {
			off = sp.burst * off
		}
		if _, err := tx.Exec(ctx, "UPDATE staff_tries SET full_at = full_at - ? WHERE name = ?", off, sp.name); err != nil {
			return errs.Wrap(err, "give a try back")
		}
	}
	_, err := tx.Exec(ctx, "DELETE FROM staff_tries WHERE full_at < ?", now.Add(-toldAgain).UnixMilli())
	return errs.Wrap(err, "forget old tries")
}

// toldAgain is after how long the log tells again that somebody tries a login.
const toldAgain = time.Hour

// tell puts into the log, once an hour, that the tries of a login that there is are used
// up: somebody guesses its password.
func (s *Service) tell(ctx context.Context, account *Member, sp spending) error {
	now := s.now().UnixMilli()
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		first, err := tx.Exec(ctx, "UPDATE staff_tries SET told_at = ? WHERE name = ? AND full_at > ? AND told_at < ?", now,
			sp.name, now+(sp.burst-1)*sp.every.Milliseconds(), now-toldAgain.Milliseconds())
		if err != nil || first == 0 || account.ID == 0 {
			return err
		}
		return Record(ctx, tx, Entry{Actor: Actor{Name: "系统"}, Action: "staff.tries", Subject: account.Login})
	})
}
