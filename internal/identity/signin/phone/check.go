package phone

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
	typing "anquanda/internal/typed"
)

// Errors of codes.
var (
	ErrCodeWrong = errs.New(errs.Invalid, "code_wrong", "验证码不对")
	ErrCodeOld   = errs.New(errs.Gone, "code_old", "验证码已经过了 5 分钟，请重新获取")
	ErrCodeSpent = errs.New(errs.Conflict, "code_spent", "试错 5 次，这个验证码作废了，请重新获取")
	ErrCodeNone  = errs.New(errs.Conflict, "code_none", "这个手机号在本活动里没有待用的验证码，请核对号码，或先获取验证码")
	ErrCodeUsed  = errs.New(errs.Conflict, "code_used", "这个验证码已经用过了，请重新获取")
)

// Answer is a code that somebody typed.
type Answer struct {
	Phone  string // as typed
	Code   string // as typed
	Player sqldb.ID
	Device string // name of the browser; empty: not known
}

// Prove proves the person by the code that a phone got: whoever types it has the phone.
// The same browser may send the code again and gets the same player. Errors: ErrOff,
// invalid_field phone or code, those of codes, identity.ErrProofTaken.
func (s *Service) Prove(
	ctx context.Context, d *contest.Definition, contestID sqldb.ID, a Answer,
) (identity.Proven, error) {
	if !s.Opens(d) {
		return identity.Proven{}, ErrOff
	}
	number, err := s.read(a.Phone)
	if err != nil {
		return identity.Proven{}, err
	}
	code, err := readCode(a.Code)
	if err != nil {
		return identity.Proven{}, err
	}
	row, err := s.use(ctx, contestID, number, code, s.askers(a))
	if err != nil {
		return identity.Proven{}, err
	}
	now := s.now().UnixMilli()
	proven, err := s.prover.Prove(ctx, d, contestID, a.Player, identity.Proof{Kind: contest.ProofPhone,
		Subjects: []string{number}, Value: number, At: now})
	if err != nil {
		return identity.Proven{}, err
	}
	return proven, s.keepConsent(ctx, contestID, proven.Player, row)
}

// readCode reads a code as people type it.
func readCode(typed string) (string, error) {
	code := ""
	if len(typed) <= longestTyped {
		for _, r := range typing.Plain(typed) {
			if !unicode.IsSpace(r) && r != '-' {
				code += string(r)
			}
		}
	}
	if len(code) != Digits || strings.Trim(code, "0123456789") != "" {
		return "", errs.InvalidField("code", fmt.Sprintf("验证码是 %d 位数字", Digits))
	}
	return code, nil
}

// askers know again who used a code, the newest key's first: the browser, or else the
// player; nobody for who is neither known.
func (s *Service) askers(a Answer) []string {
	switch {
	case a.Device != "":
		return s.hashes("asker", "device", a.Device)
	case a.Player != 0:
		return s.hashes("asker", "player", a.Player.String())
	}
	return s.hashes("asker", "nobody", rand.Text())
}

// use counts a try, looks at the code and marks it used, in this order. The statement
// that counts holds the row until the commit, so of several that guess at once each sees
// the count of the one before.
func (s *Service) use(ctx context.Context, contestID sqldb.ID, number, code string, askers []string) (
	row *phoneRow, err error) {
	now := s.now().UnixMilli()
	phone, err := s.phoneHash(ctx, number)
	if err != nil {
		return nil, err
	}
	var refusal error
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		counted, err := tx.Exec(ctx, `UPDATE sms_phones SET tries = tries + 1
			WHERE phone = ? AND contest_id = ? AND code <> '' AND tries < ? AND ends_at > ?`, phone, contestID, MaxTries, now)
		if err != nil {
			return err
		}
		if row, err = readPhone(ctx, tx, phone); err != nil {
			return err
		}
		if counted == 0 {
			refusal = whyNot(row, contestID, now)
			return nil
		}
		if refusal = s.compare(row, contestID, number, code, askers); refusal != nil {
			return nil // the try stays counted
		}
		_, err = tx.Exec(ctx, "UPDATE sms_phones SET used_by = ? WHERE phone = ?", askers[0], phone)
		return err
	})
	if err != nil {
		return nil, errs.Wrap(err, "try a code")
	}
	return row, refusal
}

// whyNot is why a try does not even count.
func whyNot(row *phoneRow, contestID sqldb.ID, now int64) error {
	switch {
	case row == nil || row.ContestID != contestID || row.Code == "":
		return ErrCodeNone
	case row.EndsAt <= now:
		return ErrCodeOld
	}
	return ErrCodeSpent
}

// compare looks at the code.
func (s *Service) compare(row *phoneRow, contestID sqldb.ID, number, code string, askers []string) error {
	right := slices.ContainsFunc(s.codeHashes(contestID, number, code), func(hash string) bool {
		return hmac.Equal([]byte(row.Code), []byte(hash))
	})
	switch left := MaxTries - row.Tries; {
	case right && row.UsedBy != "" && !slices.Contains(askers, row.UsedBy):
		return ErrCodeUsed
	case right:
		return nil
	case left <= 0:
		return ErrCodeSpent
	default:
		wrong := *ErrCodeWrong
		wrong.Field = "code"
		wrong.Message += fmt.Sprintf("，还可以试 %d 次", left)
		return &wrong
	}
}

// keepConsent keeps who agreed to be sent a code.
func (s *Service) keepConsent(ctx context.Context, contestID, player sqldb.ID, row *phoneRow) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx,
			"UPDATE sms_consents SET version = ?, agreed_at = ? WHERE contest_id = ? AND player_id = ?",
			row.Consent, row.AskedAt, contestID, player)
		if err != nil || matched > 0 {
			return err
		}
		_, err = tx.Exec(ctx, "INSERT INTO sms_consents (contest_id, player_id, version, agreed_at) VALUES (?, ?, ?, ?)",
			contestID, player, row.Consent, row.AskedAt)
		if sqldb.IsDuplicate(err) {
			return sqldb.ErrStale
		}
		return err
	})
	return errs.Wrap(err, "keep who agreed to be sent a code")
}
