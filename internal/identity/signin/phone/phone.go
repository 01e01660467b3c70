// Package phone proves a person by a code sent to a phone: it owns the tables sms_sends,
// sms_phones, sms_counts and sms_consents. Nothing in them holds a phone number: hashes
// are keyed, those of codes too.
//
// Sending costs money and can be turned against anybody's phone. So a code is sent only
// for a proof of work, within the limits of the phone, the network and the device, and
// within the budget of the day. Each of these is claimed by a statement with a condition,
// in one transaction before the provider is called (claim.go); so they hold on every
// node, without Redis, and through a restart. What was claimed is never given back: the
// budget counts calls, whatever became of them.
//
// A code is six digits for five minutes and five tries. A try is counted before the code
// is looked at (check.go), so guessing in parallel gains nothing; a phone has one live
// code, and it proves once.
package phone

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"embed"
	"encoding/binary"
	"encoding/hex"
	"io/fs"
	"strings"
	"sync/atomic"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/keyring"
	"anquanda/internal/puzzle"
	"anquanda/internal/sms"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// What a code is.
const (
	Digits   = 6
	Lasts    = 5 * time.Minute
	MaxTries = 5
)

// challengeLasts is how long a proof of work may be handed in.
const challengeLasts = 10 * time.Minute

// Errors of asking for a code.
var (
	ErrOff     = errs.New(errs.NotFound, "phone_off", "这个活动没有开通手机号验证，请换一种方式")
	ErrWork    = errs.New(errs.Conflict, "work_again", "页面停留太久，请再点一次“获取验证码”")
	ErrWait    = errs.New(errs.RateLimited, "sms_wait", "验证码刚刚发过，请留意短信；没有收到请稍后再试")
	ErrCrowd   = errs.New(errs.RateLimited, "sms_crowd", "您所在的网络获取验证码太多，请稍后再试，或换一种方式验证")
	ErrBudget  = errs.New(errs.RateLimited, "sms_budget", "今天的短信已经发完，请换一种方式验证，或明天再来；已经答的题都在")
	ErrTrouble = errs.New(errs.Unavailable, "sms_trouble", "短信暂时发不出去，我们已经在处理，请稍后再试，或换一种方式验证")
)

// Prover is identity.Players, as far as it is used here.
type Prover interface {
	Prove(ctx context.Context, d *contest.Definition, contestID, player sqldb.ID,
		proof identity.Proof) (identity.Proven, error)
}

// Service proves persons by phone. It is safe for concurrent use.
type Service struct {
	db     *sqldb.DB
	prover Prover
	sender sms.Sender // nil: none, and nothing is sent
	terms  Terms
	work   *puzzle.Maker
	keys   *keyring.Made[[]byte] // of the hashes
	now    func() time.Time

	// pausedUntil (UTC ms) is set when the provider refuses for a reason that staff have
	// to end: asking again at once would only cost people their tries.
	pausedUntil atomic.Int64
	spent       atomic.Int64 // the day whose budget is known to be spent
}

// New returns the service; without a sender (nil) it sends nothing.
func New(db *sqldb.DB, prover Prover, sender sms.Sender, terms Terms, keys *keyring.Keys,
	now func() time.Time) *Service {
	return &Service{db: db, prover: prover, sender: sender, terms: terms.filled(), work: puzzle.New(keys.Part("work")),
		keys: keys.Part("hashes"), now: now}
}

// hashes are keyed hashes of parts, none of which holds a zero byte: one for each key, the
// newest first.
func (s *Service) hashes(parts ...string) (all []string) {
	for _, key := range s.keys.All() {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(strings.Join(parts, "\x00")))
		all = append(all, hex.EncodeToString(mac.Sum(nil)[:16]))
	}
	return all
}

// phoneHash is by what a phone is known here: in every contest the same, for a
// provider and its owner count over all of them. A phone that is known keeps the hash of
// the key it came under until its row goes.
func (s *Service) phoneHash(ctx context.Context, phone string) (string, error) {
	hashes := s.hashes("phone", phone)
	if len(hashes) == 1 {
		return hashes[0], nil
	}
	var known []string
	err := s.db.SelectIn(ctx, &known, "SELECT phone FROM sms_phones WHERE phone IN (?)", hashes)
	return personal.Known(hashes, known), errs.Wrap(err, "look by what a phone is known")
}

// codeHashes bind a code to its phone and contest.
func (s *Service) codeHashes(contestID sqldb.ID, phone, code string) []string {
	return s.hashes("code", contestID.String(), phone, code)
}

// Configured reports whether there is a provider.
func (s *Service) Configured() bool { return s.sender != nil }

// Opens reports whether phones prove persons in a contest.
func (s *Service) Opens(d *contest.Definition) bool {
	return s.sender != nil && d.Proves(contest.ProofPhone)
}

// Challenge is the proof of work that a page does before it asks for a code for a
// phone, as typed. Errors: ErrOff, invalid_field phone.
func (s *Service) Challenge(
	d *contest.Definition, contestID sqldb.ID, typed string,
) (c puzzle.Challenge, until time.Time, err error) {
	if !s.Opens(d) {
		return c, until, ErrOff
	}
	phone, err := s.read(typed)
	if err != nil {
		return c, until, err
	}
	until = s.now().Add(challengeLasts)
	return s.work.Make(s.place(contestID, phone), s.terms.Work, until), until, nil
}

// place is what a proof of work is bound to.
func (s *Service) place(contestID sqldb.ID, phone string) string {
	return string(binary.BigEndian.AppendUint64([]byte("sms"), uint64(contestID))) + phone
}
