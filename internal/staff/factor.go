package staff

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Errors of the second factor.
var (
	ErrNotBegun   = errs.New(errs.Conflict, "second_factor_not_begun", "请先用手机扫二维码")
	ErrNoSecond   = errs.New(errs.Conflict, "second_factor_off", "这个账号没有手机验证码")
	ErrKeepSecond = errs.New(errs.Forbidden, "second_factor_kept", "您的角色必须用手机验证码；换手机请重新扫码")
	ErrNotOneself = errs.New(errs.Forbidden, "not_oneself", "自己的手机验证码请在“我的账号”里换，丢了手机请另一位负责人重置")
)

// NeedsSecondFactor reports whether the role moves money, prizes, contests or accounts,
// and so signs in with a second factor.
func (r Role) NeedsSecondFactor() bool {
	switch r {
	case Owner, Organizer, Prizes, Payouts:
		return true
	}
	return false
}

// secondFactor is a code that fits, to be used up with the session that it opens.
type secondFactor struct {
	account  sqldb.ID
	step     int64    // of a code of the app
	recovery []string // hashes of a recovery code, one for each key
	spent    []spending
}

// second checks the second factor of an account that has one. Errors: ErrCodeNeeded,
// ErrWrongCode, ErrTooManyTries.
func (s *Service) second(ctx context.Context, of *account, by Attempt, browser string) (secondFactor, error) {
	found := secondFactor{account: of.ID}
	if of.Secret == "" {
		return found, nil
	}
	code := plainCode(by.Code)
	if code == "" {
		return found, ErrCodeNeeded
	}
	found.spent = []spending{{s.triesName("code", of.Login, browser), byCode, true}}
	if err := s.spend(ctx, found.spent); err != nil {
		return found, err
	}
	if !isTOTP(code) {
		found.recovery = s.recoveryHashes(of.ID, code)
		return found, nil
	}
	secret, err := s.openSecret(of.ID, of.Secret)
	if err != nil {
		return found, err
	}
	if found.step = matchCode(secret, code, s.now(), of.Step); found.step == 0 {
		return found, ErrWrongCode
	}
	return found, nil
}

// use uses the code up, in the transaction of the session that it opens. Errors:
// ErrWrongCode for one that is not there or was used meanwhile.
func (f secondFactor) use(ctx context.Context, tx *sqldb.Tx) (err error) {
	used := int64(1)
	switch {
	case f.recovery != nil:
		used, err = tx.ExecIn(ctx, "DELETE FROM staff_recovery WHERE staff_id = ? AND code_hash IN (?)", f.account,
			f.recovery)
	case f.step != 0:
		used, err = tx.Exec(ctx, "UPDATE staff SET totp_step = ? WHERE id = ? AND totp_step < ?", f.step, f.account, f.step)
	}
	if err == nil && used == 0 {
		return ErrWrongCode
	}
	return err
}

// detail is what the log says of it.
func (f secondFactor) detail() map[string]any {
	switch {
	case f.recovery != nil:
		return map[string]any{"second": "recovery"}
	case f.step != 0:
		return map[string]any{"second": "totp"}
	}
	return nil
}

// Secret is what an app needs to make codes: to scan, and to type.
type Secret struct{ Address, Text string }

// BeginSecond makes a secret for the holder's app. It counts once ConfirmSecond has seen
// a code of it; until then an earlier one goes on.
func (s *Service) BeginSecond(ctx context.Context, of *Session) (Secret, error) {
	raw := make([]byte, totpBytes)
	rand.Read(raw)
	text := plainBase32.EncodeToString(raw)
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE staff SET totp_next = ? WHERE id = ?", s.sealSecret(of.ID, raw), of.ID)
		return err
	})
	return Secret{totpAddress(of.Login, text), text}, errs.Wrap(err, "begin a second factor")
}

// ConfirmSecond makes the secret that was shown the account's second factor and returns
// ten recovery codes, which are shown this once. Errors: ErrNotBegun, invalid_field code,
// ErrTooManyTries.
func (s *Service) ConfirmSecond(ctx context.Context, of *Session, code string) ([]string, error) {
	spent := []spending{{s.triesName("confirm", of.SessionID.String()), byBrowser, true}}
	if err := s.spend(ctx, spent); err != nil {
		return nil, err
	}
	var next string
	if err := s.db.Get(ctx, &next, "SELECT totp_next FROM staff WHERE id = ?", of.ID); err != nil {
		return nil, unknownIfNone(err)
	}
	if next == "" {
		return nil, ErrNotBegun
	}
	secret, err := s.openSecret(of.ID, next)
	if err != nil {
		return nil, err
	}
	step := matchCode(secret, plainCode(code), s.now(), 0)
	if step == 0 {
		return nil, errs.InvalidField("code", "验证码不对：请看一下手机的时间准不准，再输入下一个")
	}
	codes := make([]string, recoveryCodes)
	for i := range codes {
		codes[i] = newRecovery()
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		done, err := tx.Exec(ctx,
			"UPDATE staff SET totp_secret = totp_next, totp_next = '', totp_step = ? WHERE id = ? AND totp_next = ?",
			step, of.ID, next)
		if err != nil {
			return err
		}
		if done == 0 {
			return ErrNotBegun // another page began anew
		}
		if err := giveBack(ctx, tx, spent, s.now()); err != nil {
			return err
		}
		if err := s.storeRecovery(ctx, tx, of.ID, codes); err != nil {
			return err
		}
		return Record(ctx, tx, Entry{Actor: ActorOf(&of.Member), Action: "staff.second_factor", Subject: of.Login})
	})
	return codes, errs.Wrap(err, "confirm a second factor")
}

// NewRecovery replaces the recovery codes of who has a second factor. Errors: ErrNoSecond.
func (s *Service) NewRecovery(ctx context.Context, of *Session) ([]string, error) {
	if !of.SecondFactor {
		return nil, ErrNoSecond
	}
	codes := make([]string, recoveryCodes)
	for i := range codes {
		codes[i] = newRecovery()
	}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if err := s.storeRecovery(ctx, tx, of.ID, codes); err != nil {
			return err
		}
		return Record(ctx, tx, Entry{Actor: ActorOf(&of.Member), Action: "staff.recovery_codes", Subject: of.Login})
	})
	return codes, errs.Wrap(err, "replace recovery codes")
}

// RecoveryLeft is how many recovery codes the holder has.
func (s *Service) RecoveryLeft(ctx context.Context, of *Session) (left int, err error) {
	err = s.db.Get(ctx, &left, "SELECT COUNT(*) FROM staff_recovery WHERE staff_id = ?", of.ID)
	return left, errs.Wrap(err, "count recovery codes")
}

// EndSecond takes the second factor off an account whose role needs none. Errors:
// ErrKeepSecond, ErrNoSecond.
func (s *Service) EndSecond(ctx context.Context, of *Session) error {
	if of.Role.NeedsSecondFactor() {
		return ErrKeepSecond
	}
	return s.takeSecond(ctx, ActorOf(&of.Member), of.ID, "staff.second_factor_end")
}

// ResetSecond takes the second factor off the account of a colleague who has lost it, and
// ends the account's sessions. Errors: ErrUnknown, ErrNoSecond, ErrNotOneself.
func (s *Service) ResetSecond(ctx context.Context, by Actor, id sqldb.ID) error {
	if by.ID == id {
		return ErrNotOneself
	}
	return s.takeSecond(ctx, by, id, "staff.second_factor_reset")
}

func (s *Service) takeSecond(ctx context.Context, by Actor, id sqldb.ID, action string) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var login string
		if err := tx.Get(ctx, &login, "SELECT login FROM staff WHERE id = ?", id); err != nil {
			return unknownIfNone(err)
		}
		taken, err := tx.Exec(ctx,
			"UPDATE staff SET totp_secret = '', totp_next = '' WHERE id = ? AND totp_secret <> ''", id)
		if err != nil {
			return err
		}
		if taken == 0 {
			return ErrNoSecond
		}
		if _, err := tx.Exec(ctx, "DELETE FROM staff_recovery WHERE staff_id = ?", id); err != nil {
			return err
		}
		if by.ID != id {
			if _, err := tx.Exec(ctx, "DELETE FROM staff_sessions WHERE staff_id = ?", id); err != nil {
				return err
			}
		}
		if err := touch(ctx, tx, id, by, FactorReset, s.now().UnixMilli()); err != nil {
			return err
		}
		return Record(ctx, tx, Entry{Actor: by, Action: action, Subject: login})
	})
	return errs.Wrap(err, "take a second factor off staff %d", id)
}

func (s *Service) storeRecovery(ctx context.Context, tx *sqldb.Tx, id sqldb.ID, codes []string) error {
	if _, err := tx.Exec(ctx, "DELETE FROM staff_recovery WHERE staff_id = ?", id); err != nil {
		return err
	}
	for _, code := range codes {
		_, err := tx.Exec(ctx, "INSERT INTO staff_recovery (staff_id, code_hash) VALUES (?, ?)", id,
			s.recoveryHashes(id, plainCode(code))[0])
		if err != nil {
			return err
		}
	}
	return nil
}

// recoveryHashes are by what a recovery code is found, the newest key's first: codes stay
// on paper for years.
func (s *Service) recoveryHashes(id sqldb.ID, code string) (all []string) {
	for _, hash := range s.keys.hashes("recovery", id.String(), code) {
		all = append(all, hex.EncodeToString(hash))
	}
	return all
}

func secretPlace(id sqldb.ID) []byte { return []byte("totp " + id.String()) }

func (s *Service) sealSecret(id sqldb.ID, secret []byte) string {
	return base64.RawStdEncoding.EncodeToString(s.keys.boxes.Seal(secret, secretPlace(id)))
}

func (s *Service) openSecret(id sqldb.ID, sealed string) ([]byte, error) {
	raw, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil {
		return nil, errs.Wrap(err, "read a second factor")
	}
	secret, err := s.keys.boxes.Open(raw, secretPlace(id))
	return secret, errs.Wrap(err, "open a second factor")
}
