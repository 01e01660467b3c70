// Package booth lets staff confirm at a booth who a player is: the phone shows a code
// of eight digits, staff look it up, see the person's papers, type who it is and
// confirm. What was typed is kept as a keyed hash alone (identity.Players.Prove). It
// owns the tables booth_codes, booth_tries and booth_proofs.
//
// Codes are kept hashed, one live code a player, for ten minutes; wrong codes are
// counted in SQL, so that no console account finds one by trying.
package booth

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
	"time"

	"golang.org/x/text/width"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
)

// CodeLife is how long a code may be shown.
const CodeLife = 10 * time.Minute

const codeDigits = 8

// Why nobody is confirmed. Nothing is changed.
var (
	ErrNotHere     = errs.New(errs.NotFound, "booth_proof_off", "这个活动不在现场确认身份")
	ErrCodeForm    = errs.InvalidField("code", "确认码是 8 位数字，请再核对一遍")
	ErrCodeUnknown = errs.New(errs.NotFound, "booth_code_unknown",
		"没有这个确认码，或者已经过了 10 分钟。请参赛者在手机上重新生成一个")
	ErrTooManyTries = errs.New(errs.RateLimited, "booth_tries", "输错的次数太多，请 10 分钟后再试")
	ErrOtherCode    = errs.New(errs.Conflict, "booth_code_used", "这个确认码已经用过，请参赛者重新生成一个")
)

// Config is what a Service is made of.
type Config struct {
	DB      *sqldb.DB
	IDs     *sqldb.IDs
	Players *identity.Players
	Now     func() time.Time
	Keys    *keyring.Keys // hash codes
}

// Service confirms players. It is safe for concurrent use.
type Service struct {
	Config
	codeKeys *keyring.Made[[]byte]
}

// New returns the service.
func New(c Config) *Service {
	return &Service{Config: c, codeKeys: c.Keys.Part("booth codes")}
}

// Contest names the contest in which somebody is confirmed.
type Contest struct {
	ID         sqldb.ID
	Definition *contest.Definition
}

func (s *Service) millis() int64 { return s.Now().UnixMilli() }

// Code makes a new code for a player who takes part, in the place of the one before;
// it is shown in two groups. Errors: ErrNotHere, identity.ErrNotEnrolled.
func (s *Service) Code(ctx context.Context, in Contest, player sqldb.ID) (code string, until int64, err error) {
	if !in.Definition.Proves(contest.ProofStaff) {
		return "", 0, ErrNotHere
	}
	e, err := s.Players.Enrolment(ctx, in.ID, player)
	if err != nil {
		return "", 0, err
	}
	if e.Left() {
		return "", 0, identity.ErrNotEnrolled
	}
	until = s.Now().Add(CodeLife).UnixMilli()
	for {
		code = digits()
		err = s.keepCode(ctx, in.ID, player, hash(s.codeKeys.Newest(), in.ID, code), until)
		if !sqldb.IsDuplicate(err) { // else somebody has the same one
			return code[:codeDigits/2] + " " + code[codeDigits/2:], until, errs.Wrap(err, "make a code for the booth")
		}
	}
}

func digits() string {
	n, err := rand.Int(rand.Reader, new(big.Int).Exp(big.NewInt(10), big.NewInt(codeDigits), nil))
	if err != nil {
		panic(err) // crypto/rand never fails
	}
	return fmt.Sprintf("%0*d", codeDigits, n)
}

func hash(key []byte, contestID sqldb.ID, code string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(contestID)))
	mac.Write([]byte(code))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

func (s *Service) keepCode(ctx context.Context, contestID, player sqldb.ID, hash string, until int64) error {
	return s.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		// Codes whose time is over make room for new ones.
		_, err := tx.Exec(ctx, "DELETE FROM booth_codes WHERE contest_id = ? AND code = ? AND expires_at <= ?",
			contestID, hash, s.millis())
		if err != nil {
			return err
		}
		matched, err := tx.Exec(ctx,
			"UPDATE booth_codes SET code = ?, proof = 0, expires_at = ? WHERE contest_id = ? AND player_id = ?",
			hash, until, contestID, player)
		if err != nil || matched > 0 {
			return err
		}
		_, err = tx.Exec(ctx,
			"INSERT INTO booth_codes (contest_id, player_id, code, proof, expires_at) VALUES (?, ?, ?, 0, ?)",
			contestID, player, hash, until)
		return err
	})
}

// cleanCode reads a code as it was scanned (the address of the console's page) or typed.
func cleanCode(text string) (string, error) {
	if at := strings.LastIndexAny(text, "/="); at >= 0 {
		text = text[at+1:]
	}
	text = strings.ReplaceAll(text, "%20", "")
	code := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_.\t", r) {
			return -1
		}
		return r
	}, width.Fold.String(text))
	if len(code) != codeDigits || strings.Trim(code, "0123456789") != "" {
		return "", ErrCodeForm
	}
	return code, nil
}

// shown is a live code and whose it is.
type shown struct {
	PlayerID  sqldb.ID `db:"player_id"`
	Code      string   `db:"code"`
	Proof     sqldb.ID `db:"proof"`
	ExpiresAt int64    `db:"expires_at"`
}

// find looks a code up for a member of staff, who has only so many tries at wrong ones.
func (s *Service) find(ctx context.Context, contestID, staffID sqldb.ID, text string) (shown, error) {
	var found shown
	code, err := cleanCode(text)
	if err != nil {
		return found, err
	}
	if err := s.takeTry(ctx, contestID, staffID); err != nil {
		return found, err
	}
	var hashes []string
	for _, key := range s.codeKeys.All() {
		hashes = append(hashes, hash(key, contestID, code))
	}
	var all []shown
	err = s.DB.SelectIn(ctx, &all, `SELECT player_id, code, proof, expires_at FROM booth_codes
		WHERE contest_id = ? AND code IN (?) AND expires_at > ?`, contestID, hashes, s.millis())
	if err != nil {
		return found, errs.Wrap(err, "look for a code of the booth")
	}
	if len(all) != 1 { // of two that one code fits, under two keys, neither is told apart
		return found, ErrCodeUnknown
	}
	found = all[0]
	return found, s.giveTryBack(ctx, contestID, staffID)
}
