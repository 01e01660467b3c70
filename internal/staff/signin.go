package staff

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"sync"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/limit"
	"anquanda/internal/sqldb"
)

// Errors of signing in. They do not tell a wrong login from a wrong password.
var (
	ErrWrongPassword = errs.New(errs.Unauthenticated, "wrong_password", "登录名或密码不对")
	ErrTooManyTries  = errs.New(errs.RateLimited, "too_many_tries", "试的次数太多，请过几分钟再试")
	ErrSignedOut     = errs.New(errs.Unauthenticated, "staff_signed_out", "请先登录")
)

const (
	// sessionLife is how long a session lasts, from sign-in.
	sessionLife = 12 * time.Hour
	// freeTries may fail before an account waits; each further failure doubles
	// the wait, up to longestWait. A right password does not help while waiting.
	freeTries   = 5
	firstWait   = 30 * time.Second
	longestWait = 15 * time.Minute
)

// SignIn checks a password and begins a session on device (a short text shown
// in the list of sessions). from is the client's address, for throttling alone.
// The token goes to the browser and is not stored.
func (s *Service) SignIn(
	ctx context.Context, login, password, device, from string,
) (token string, member *Member, err error) {
	login = strings.ToLower(strings.TrimSpace(login))
	if !s.tries.allow(from, s.now()) || len(password) > 4*mostPassword {
		return "", nil, ErrTooManyTries
	}
	account, err := s.account(ctx, login)
	if err != nil {
		return "", nil, err
	}
	now := s.now()
	if account.lockedUntil > now.UnixMilli() {
		return "", nil, ErrTooManyTries
	}
	if !s.matches(password, account.password) || account.ID == 0 || account.Disabled {
		return "", nil, errors.Join(s.noteFailure(ctx, account, now), ErrWrongPassword)
	}
	s.tries.forgive(from)
	token, err = s.begin(ctx, account, device, now)
	return token, account, err
}

// account reads an account to check a password against; one that matches no
// password when there is none.
func (s *Service) account(ctx context.Context, login string) (*Member, error) {
	var row struct {
		Member
		Password    string `db:"password"`
		Failures    int    `db:"failures"`
		LockedUntil int64  `db:"locked_until"`
	}
	err := s.db.Get(ctx, &row, `SELECT id, login, name, role_name, disabled, created_at, password, failures, locked_until
		FROM staff WHERE login = ?`, login)
	if errors.Is(err, sql.ErrNoRows) {
		return &Member{password: nobodysHash}, nil
	}
	if err != nil {
		return nil, errs.Wrap(err, "read a staff account")
	}
	member := row.Member
	member.password, member.failures, member.lockedUntil = row.Password, row.Failures, row.LockedUntil
	return &member, nil
}

func (s *Service) noteFailure(ctx context.Context, account *Member, now time.Time) error {
	if account.ID == 0 {
		return nil
	}
	var until int64
	if over := account.failures + 1 - freeTries; over >= 0 {
		wait := min(firstWait<<min(over, 10), longestWait)
		until = now.Add(wait).UnixMilli()
	}
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if _, err := tx.Exec(ctx, "UPDATE staff SET failures = failures + 1, locked_until = ? WHERE id = ?", until,
			account.ID); err != nil {
			return err
		}
		if until == 0 {
			return nil
		}
		return Record(ctx, tx, Entry{Actor: Actor{Name: "系统"}, Action: "staff.locked", Subject: account.Login})
	})
}

func (s *Service) begin(ctx context.Context, account *Member, device string, now time.Time) (string, error) {
	raw := make([]byte, 32)
	rand.Read(raw)
	token := base64.RawURLEncoding.EncodeToString(raw)
	// It comes from a header, so it may be made of any bytes.
	device = strings.ToValidUTF8(device[:min(len(device), 200)], "")
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if _, err := tx.Exec(ctx, "UPDATE staff SET failures = 0, locked_until = 0 WHERE id = ?", account.ID); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM staff_sessions WHERE expires_at < ?", now.UnixMilli()); err != nil {
			return err
		}
		_, err := tx.Exec(ctx,
			"INSERT INTO staff_sessions (token_hash, staff_id, device, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
			tokenHash(token), account.ID, device, now.UnixMilli(), now.Add(sessionLife).UnixMilli())
		if err != nil {
			return err
		}
		return Record(ctx, tx, Entry{Actor: ActorOf(account), Action: "staff.sign_in", Subject: account.Login})
	})
	return token, errs.Wrap(err, "begin a staff session")
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Session tells who holds a token; ErrSignedOut when nobody does (any more).
func (s *Service) Session(ctx context.Context, token string) (*Member, error) {
	if token == "" {
		return nil, ErrSignedOut
	}
	var member Member
	err := s.db.Get(ctx, &member, `
		SELECT s.id, s.login, s.name, s.role_name, s.disabled, s.created_at
		FROM staff_sessions t JOIN staff s ON s.id = t.staff_id
		WHERE t.token_hash = ? AND t.expires_at > ? AND s.disabled = 0`, tokenHash(token), s.now().UnixMilli())
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrSignedOut
	}
	return &member, errs.Wrap(err, "read a staff session")
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

// tryLimiter bounds sign-in tries from one address on this node, whatever login
// they name; in IPv6 from one /64, which one subscriber has. It remembers a bounded
// number of addresses. It is safe for concurrent use.
type tryLimiter struct {
	mu    sync.Mutex
	since time.Time
	count map[string]int
}

const (
	triesPerWindow = 20
	tryWindow      = 5 * time.Minute
	triersKept     = 10_000
)

func newTryLimiter() *tryLimiter { return &tryLimiter{count: map[string]int{}} }

func (l *tryLimiter) allow(from string, now time.Time) bool {
	from = limit.Subscriber(from)
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.since) > tryWindow {
		l.since = now
		clear(l.count)
	}
	if _, known := l.count[from]; !known && len(l.count) >= triersKept {
		l.forgetOne()
	}
	l.count[from]++
	return l.count[from] <= triesPerWindow
}

// forgetOne makes room: for who uses many addresses, so one that has tries left goes
// before those that have not.
func (l *tryLimiter) forgetOne() {
	gone := ""
	for from, tries := range l.count {
		gone = from
		if tries <= triesPerWindow {
			break
		}
	}
	delete(l.count, gone)
}

// forgive takes a try back that was right, so that staff behind one proxy do not
// use up each other's tries.
func (l *tryLimiter) forgive(from string) {
	from = limit.Subscriber(from)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.count[from] > 0 {
		l.count[from]--
	}
}
