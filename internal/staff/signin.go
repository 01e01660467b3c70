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
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Errors of signing in. They do not tell a wrong login from a wrong password.
var (
	ErrWrongPassword = errs.New(errs.Unauthenticated, "wrong_password", "登录名或密码不对")
	ErrTooManyTries  = errs.New(errs.RateLimited, "too_many_tries", "试的次数太多，请稍后再试")
	ErrCodeNeeded    = errs.New(errs.Unauthenticated, "code_needed", "请输入手机验证器里的六位数字")
	ErrWrongCode     = errs.New(errs.Unauthenticated, "wrong_code", "验证码不对，或者已经用过，请等下一个")
)

// Attempt is somebody who wants to sign in. Network is where they come from, Browser what
// their browser holds of earlier sign-ins. Code is of the second factor, or a recovery
// code; it is asked for by ErrCodeNeeded alone.
type Attempt struct {
	Login, Password, Code    string
	Device, Network, Browser string
}

// SignedIn is a session that has begun. Token and Browser go to the browser; the token is
// not stored.
type SignedIn struct {
	Token   string
	Browser string
	Session *Session
}

// account is one with what signing in looks at.
type account struct {
	Member
	Password string `db:"password"`
	FirstAt  int64  `db:"first_at"`
	Secret   string `db:"totp_secret"`
	Step     int64  `db:"totp_step"`
}

// SignIn checks a password, and the second factor of who has one, and begins a session.
// Errors: ErrBusy, ErrTooManyTries, ErrWrongPassword, ErrCodeNeeded, ErrWrongCode.
func (s *Service) SignIn(ctx context.Context, by Attempt) (*SignedIn, error) {
	by.Login = plainLogin(by.Login)
	if len(by.Login) > mostLogin || len(by.Password) > 4*mostPassword {
		return nil, ErrWrongPassword // nobody has such ones
	}
	leave, err := s.hashing.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	browser := s.browserOf(by.Login, by.Browser)
	spent := s.spendingsOf(by, browser)
	if err := s.spend(ctx, spent); err != nil {
		return nil, err
	}
	found, err := s.account(ctx, "login = ?", by.Login)
	if err != nil {
		return nil, err
	}
	same, err := s.hashing.matches(ctx, by.Password, found.Password)
	if err != nil {
		return nil, err
	}
	if !same || found.ID == 0 || found.Disabled {
		return nil, errors.Join(s.tell(ctx, &found.Member, spent[0]), ErrWrongPassword)
	}
	second, err := s.second(ctx, found, by, browser)
	if err != nil {
		if errors.Is(err, ErrCodeNeeded) {
			err = errors.Join(s.forgive(ctx, spent), err)
		}
		return nil, err
	}
	return s.begin(ctx, found, by, append(spent, second.spent...), second)
}

// plainLogin is a login as it is stored.
func plainLogin(typed string) string { return strings.ToLower(strings.TrimSpace(typed)) }

// spendingsOf is what a try is counted by, what the login has first: transactions that
// write the same rows do so in the same order.
func (s *Service) spendingsOf(by Attempt, browser string) []spending {
	if browser != "" {
		return []spending{{s.triesName("browser", browser), byBrowser, true}}
	}
	return []spending{
		{s.triesName("login", by.Login), byLogin, false},
		{s.triesName("network", by.Login, by.Network), byNetwork, true},
	}
}

// forgive gives back what was spent.
func (s *Service) forgive(ctx context.Context, spent []spending) error {
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error { return giveBack(ctx, tx, spent, s.now()) })
}

// account reads an account to check a password against; one that matches no password
// when there is none.
func (s *Service) account(ctx context.Context, where string, arg any) (*account, error) {
	var found account
	err := s.db.Get(ctx, &found, "SELECT "+memberColumns+", s.password, s.first_at, s.totp_secret, s.totp_step FROM staff s WHERE "+
		where, arg)
	if errors.Is(err, sql.ErrNoRows) {
		return &account{Password: nobodysHash}, nil
	}
	return &found, errs.Wrap(err, "read a staff account")
}

// begin stores a session, and with it what the sign-in used up.
func (s *Service) begin(
	ctx context.Context, found *account, by Attempt, spent []spending, second secondFactor,
) (*SignedIn, error) {
	now := s.now()
	cheaper := ""
	if costlier(found.Password) {
		var err error
		if cheaper, err = s.hashing.make(ctx, by.Password); err != nil {
			return nil, err
		}
	}
	raw := make([]byte, 32)
	rand.Read(raw)
	token := base64.RawURLEncoding.EncodeToString(raw)
	session := sessionOf(found, s.ids.Next(), now)
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if err := second.use(ctx, tx); err != nil {
			return err
		}
		if err := giveBack(ctx, tx, spent, now); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE staff SET first_at = ? WHERE id = ? AND first_at = 0", now.UnixMilli(),
			found.ID); err != nil {
			return err
		}
		if cheaper != "" {
			if _, err := tx.Exec(ctx, "UPDATE staff SET password = ? WHERE id = ? AND password = ?", cheaper, found.ID,
				found.Password); err != nil {
				return err
			}
		}
		if err := storeSession(ctx, tx, session, token, by, now); err != nil {
			return err
		}
		return Record(ctx, tx, Entry{Actor: ActorOf(&found.Member), Action: "staff.sign_in", Subject: found.Login,
			Detail: second.detail()})
	})
	if err != nil {
		return nil, errs.Wrap(err, "begin a staff session")
	}
	return &SignedIn{Token: token, Browser: s.remember(by.Login, by.Browser), Session: session}, nil
}

func storeSession(ctx context.Context, tx *sqldb.Tx, session *Session, token string, by Attempt, now time.Time) error {
	if _, err := tx.Exec(ctx, "DELETE FROM staff_sessions WHERE expires_at < ? OR used_at < ?", now.UnixMilli(),
		now.Add(-idleLife).UnixMilli()); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO staff_sessions
		(token_hash, id, staff_id, device, network, created_at, expires_at, used_at, proved_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, tokenHash(token), session.SessionID, session.ID, fit(by.Device, 200),
		fit(by.Network, 64), now.UnixMilli(), now.Add(sessionLife).UnixMilli(), session.UsedAt, session.ProvedAt)
	return err
}

// fit cuts what comes from a header, which may be made of any bytes.
func fit(text string, most int) string { return strings.ToValidUTF8(text[:min(len(text), most)], "") }

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
