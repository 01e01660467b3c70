package staff

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Errors of sessions. All but ErrSignedOut tell what has to be done first.
var (
	ErrSignedOut      = errs.New(errs.Unauthenticated, "staff_signed_out", "请先登录")
	ErrFirstPassword  = errs.New(errs.Forbidden, "password_change_needed", "请先把密码换成只有您自己知道的")
	ErrSecondNeeded   = errs.New(errs.Forbidden, "second_factor_needed", "请先在“我的账号”里加上手机验证码")
	ErrPasswordNeeded = errs.New(errs.Forbidden, "password_needed", "请再输入一次密码")
	ErrNoSession      = errs.New(errs.NotFound, "session_unknown", "这次登录已经结束")
)

const (
	// sessionLife is how long a session lasts, from sign-in; idleLife from its last use.
	sessionLife = 12 * time.Hour
	idleLife    = time.Hour
	// usedEvery is how exactly the last use is known: a write in each.
	usedEvery = time.Minute
	// freshFor is how long a password that was given is enough for what matters most.
	freshFor = 10 * time.Minute
	// enrolWithin is how long who needs a second factor may go on without, from the first
	// sign-in.
	enrolWithin = 7 * 24 * time.Hour
)

// Session is an account that is signed in at a browser. Times are UTC ms.
type Session struct {
	Member
	SessionID sqldb.ID `db:"session_id"`
	UsedAt    int64    `db:"used_at"`
	ProvedAt  int64    `db:"proved_at"` // when the password was last given
	FirstAt   int64    `db:"first_at"`  // of the account's sign-ins
}

func sessionOf(a *account, id sqldb.ID, now time.Time) *Session {
	at := now.UnixMilli()
	first := a.FirstAt
	if first == 0 {
		first = at
	}
	return &Session{Member: a.Member, SessionID: id, UsedAt: at, ProvedAt: at, FirstAt: first}
}

// SecondDue is until when the holder may go on without a second factor, UTC ms; 0 where
// none is needed, or it is there.
func (s *Session) SecondDue() int64 {
	if s.SecondFactor || !s.Role.NeedsSecondFactor() {
		return 0
	}
	return s.FirstAt + enrolWithin.Milliseconds()
}

// Overdue reports whether a second factor should have been added by now.
func (s *Service) Overdue(of *Session) bool {
	due := of.SecondDue()
	return due != 0 && due <= s.now().UnixMilli()
}

// Hindered is what the holder has to do before anything else. Errors: ErrFirstPassword,
// ErrSecondNeeded.
func (s *Service) Hindered(of *Session) error {
	switch {
	case of.FirstPassword:
		return ErrFirstPassword
	case s.Overdue(of):
		return ErrSecondNeeded
	}
	return nil
}

// Fresh reports whether the password was given within the last ten minutes; ErrPasswordNeeded.
func (s *Service) Fresh(of *Session) error {
	if of.ProvedAt < s.now().Add(-freshFor).UnixMilli() {
		return ErrPasswordNeeded
	}
	return nil
}

// Session tells who holds a token; ErrSignedOut when nobody does (any more). used is
// false for what a page asks by itself, which must not keep a session alive.
func (s *Service) Session(ctx context.Context, token, network string, used bool) (*Session, error) {
	if token == "" {
		return nil, ErrSignedOut
	}
	now := s.now()
	var held Session
	err := s.db.Get(ctx, &held, `
		SELECT `+memberColumns+`, s.first_at, t.id AS session_id, t.used_at, t.proved_at
		FROM staff_sessions t JOIN staff s ON s.id = t.staff_id
		WHERE t.token_hash = ? AND t.expires_at > ? AND t.used_at > ? AND s.disabled = 0`,
		tokenHash(token), now.UnixMilli(), now.Add(-idleLife).UnixMilli())
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrSignedOut
	}
	if err != nil {
		return nil, errs.Wrap(err, "read a staff session")
	}
	if used && held.UsedAt < now.Add(-usedEvery).UnixMilli() {
		s.use(ctx, token, network, now)
	}
	return &held, nil
}

// use notes that a session was used. Where it cannot be stored staff go on reading.
func (s *Service) use(ctx context.Context, token, network string, now time.Time) {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE staff_sessions SET used_at = ?, network = ? WHERE token_hash = ? AND used_at < ?",
			now.UnixMilli(), fit(network, 64), tokenHash(token), now.UnixMilli())
		return err
	})
	if err != nil && ctx.Err() == nil {
		slog.WarnContext(ctx, "note the use of a staff session", "error", err)
	}
}

// SignOut ends one session.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM staff_sessions WHERE token_hash = ?", tokenHash(token))
		return err
	})
}

// Revoke ends every session of an account. Errors: ErrUnknown.
func (s *Service) Revoke(ctx context.Context, by Actor, id sqldb.ID) error {
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var login string
		if err := tx.Get(ctx, &login, "SELECT login FROM staff WHERE id = ?", id); err != nil {
			return unknownIfNone(err)
		}
		if _, err := tx.Exec(ctx, "DELETE FROM staff_sessions WHERE staff_id = ?", id); err != nil {
			return err
		}
		return Record(ctx, tx, Entry{Actor: by, Action: "staff.revoke", Subject: login})
	})
}

// Place is where an account is signed in. Times are UTC ms.
type Place struct {
	ID        sqldb.ID `db:"id"`
	Device    string   `db:"device"`
	Network   string   `db:"network"`
	CreatedAt int64    `db:"created_at"`
	UsedAt    int64    `db:"used_at"`
}

// Places lists where the holder of a session is signed in, the last used first.
func (s *Service) Places(ctx context.Context, of *Session) ([]Place, error) {
	now := s.now()
	var places []Place
	err := s.db.Select(ctx, &places, `SELECT id, device, network, created_at, used_at FROM staff_sessions
		WHERE staff_id = ? AND expires_at > ? AND used_at > ? ORDER BY used_at DESC, id DESC`,
		of.ID, now.UnixMilli(), now.Add(-idleLife).UnixMilli())
	return places, errs.Wrap(err, "list staff sessions")
}

// EndPlace ends one session of the holder. Errors: ErrNoSession.
func (s *Service) EndPlace(ctx context.Context, of *Session, id sqldb.ID) error {
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		ended, err := tx.Exec(ctx, "DELETE FROM staff_sessions WHERE staff_id = ? AND id = ?", of.ID, id)
		if err == nil && ended == 0 {
			return ErrNoSession
		}
		return err
	})
}

// EndOthers ends every session of the holder but the one that asks.
func (s *Service) EndOthers(ctx context.Context, of *Session) error {
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error { return endOthers(ctx, tx, of) })
}

func endOthers(ctx context.Context, tx *sqldb.Tx, of *Session) error {
	_, err := tx.Exec(ctx, "DELETE FROM staff_sessions WHERE staff_id = ? AND id <> ?", of.ID, of.SessionID)
	return err
}
