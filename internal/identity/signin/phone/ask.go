package phone

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/sms"
	"anquanda/internal/sqldb"
)

// Request is one call for a code.
type Request struct {
	Phone             string // as typed
	Challenge, Answer string // the proof of work
	Consent           string // version of the text agreed to
	Network           string // /24 or /64 of who asks; empty: not counted
	AtPlace           bool   // the contest names the network as a place where many are
	Device            string // name of the browser; empty: not known
}

// State is what became of a message.
type State string

// The states. StateSending is told as StateUnsure.
const (
	StateSending State = "sending"
	StateSent    State = "sent"   // the provider has taken it
	StateUnsure  State = "unsure" // no clear answer: it may come
	StateFailed  State = "failed"
)

// Sent is a message on its way.
type Sent struct {
	State  State
	NextAt int64 // when the next may be asked for, UTC ms
	EndsAt int64 // until when the code is good, UTC ms
}

// send is a row of sms_sends.
type send struct {
	ID        string   `db:"id"`
	ContestID sqldb.ID `db:"contest_id"`
	Phone     string   `db:"phone"`
	State     State    `db:"state"`
	Reason    string   `db:"reason"`
	Code      string   `db:"code"`
	AskedAt   int64    `db:"asked_at"`
	NextAt    int64    `db:"next_at"`
	EndsAt    int64    `db:"ends_at"`
}

// pause is for how long nothing is sent after the provider refused for a reason that
// staff have to end.
const pause = 30 * time.Second

// Ask sends a code to a phone. The same proof of work again gets what it got before and
// sends nothing. Errors: ErrOff, ErrWork, ErrWait, ErrCrowd, ErrBudget, ErrTrouble,
// invalid_field phone or consent, personal.ErrConsentOutdated.
func (s *Service) Ask(ctx context.Context, d *contest.Definition, contestID sqldb.ID, r Request) (Sent, error) {
	if !s.Opens(d) {
		return Sent{}, ErrOff
	}
	number, err := s.read(r.Phone)
	if err != nil {
		return Sent{}, err
	}
	consent := personal.ConsentToSMS(d)
	if err := consent.Agreed(r.Consent); err != nil {
		return Sent{}, err
	}
	now := s.now()
	solved, err := s.work.Check(s.place(contestID, number), r.Challenge, r.Answer, now)
	if err != nil {
		refused("work").Inc()
		return Sent{}, ErrWork.Because(err)
	}
	if before, err := s.before(ctx, solved.ID); before != nil || err != nil {
		return s.again(before, err)
	}
	code, err := newCode()
	if err != nil {
		return Sent{}, err
	}
	phone, err := s.phoneHash(ctx, number)
	if err != nil {
		return Sent{}, err
	}
	of := claim{request: r, consent: consent, at: now, code: s.codeHashes(contestID, number, code)[0], send: send{
		ID: solved.ID, ContestID: contestID, Phone: phone, State: StateSending, AskedAt: now.UnixMilli(),
		EndsAt: now.Add(Lasts).UnixMilli()}}
	err = s.claim(ctx, &of)
	if errors.Is(err, errSpent) || errors.Is(err, ErrWait) { // pressed twice at once: what waits may be this message
		if before, wrong := s.before(ctx, solved.ID); before != nil || wrong != nil {
			return s.again(before, wrong)
		}
	}
	if err != nil {
		return Sent{}, err
	}
	// What is claimed goes out, also when the phone hangs up now.
	ctx = context.WithoutCancel(ctx)
	return s.again(&of.send, s.hand(ctx, &of.send, sms.Message{Phone: number, Code: code,
		Minutes: int(Lasts / time.Minute), Reference: solved.ID}))
}

// newCode makes a code; each is as likely as any other.
func newCode() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%0*d", Digits, n), nil
}

// before is the message that a proof of work was spent for; nil for none.
func (s *Service) before(ctx context.Context, id string) (*send, error) {
	var found []send
	err := s.db.Select(ctx, &found, "SELECT "+sendColumns+" FROM sms_sends WHERE id = ?", id)
	if err != nil || len(found) == 0 {
		return nil, errs.Wrap(err, "look for a message")
	}
	return &found[0], nil
}

var sendColumns = sqldb.Columns[send]("")

// again tells what became of a message.
func (s *Service) again(of *send, err error) (Sent, error) {
	switch {
	case err != nil:
		return Sent{}, err
	case of == nil:
		return Sent{}, ErrWork // wiped meanwhile
	case of.State == StateFailed:
		return Sent{}, s.failure(of)
	case of.State == StateSending:
		return Sent{StateUnsure, of.NextAt, of.EndsAt}, nil
	}
	return Sent{of.State, of.NextAt, of.EndsAt}, nil
}

// failure is the error for the person.
func (s *Service) failure(of *send) error {
	wait := time.Duration(of.NextAt-s.now().UnixMilli()) * time.Millisecond
	switch sms.Reason(of.Reason) {
	case sms.Number:
		return errs.InvalidField("phone", "这个号码收不到短信验证码，请核对号码，或换一种方式验证")
	case sms.Limited:
		return ErrWait.After(max(wait, time.Hour))
	}
	return ErrTrouble.After(wait)
}

// hand gives a message to the provider and notes what became of it. A provider that
// surely sent nothing is asked once more.
func (s *Service) hand(ctx context.Context, of *send, m sms.Message) error {
	_, err := s.sender.Send(ctx, m)
	var failed *sms.Error
	if errors.As(err, &failed) && failed.Again() {
		_, err = s.sender.Send(ctx, m)
	}
	of.State = StateSent
	if errors.As(err, &failed) && err != nil {
		of.State, of.Reason, of.Code = StateFailed, string(failed.Reason), bounded(failed.Code)
		if failed.MaybeSent() {
			of.State = StateUnsure
		}
		s.tell(ctx, failed)
	} else if err != nil {
		return errs.Wrap(err, "hand a code to the provider")
	}
	outcomes(of.State, of.Reason).Inc()
	return s.settle(ctx, of)
}

// bounded cuts a provider's code to its column.
func bounded(code string) string {
	const most = 64
	return string([]rune(code)[:min(most, len([]rune(code)))])
}

// tell logs a failure for staff; one that only they can end pauses sending.
func (s *Service) tell(ctx context.Context, failed *sms.Error) {
	level := slog.LevelWarn
	if failed.ForStaff() {
		level = slog.LevelError
		s.pausedUntil.Store(s.now().Add(pause).UnixMilli())
	}
	slog.Log(ctx, level, "a code was not sent", "error", failed, "look at", failed.Look())
}

// settle notes what became of a message; a code that was not sent proves nothing.
func (s *Service) settle(ctx context.Context, of *send) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE sms_sends SET state = ?, reason = ?, code = ? WHERE id = ?",
			string(of.State), of.Reason, of.Code, of.ID)
		if err != nil || of.State != StateFailed {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE sms_phones SET code = '' WHERE phone = ? AND asked_at = ?", of.Phone, of.AskedAt)
		return err
	})
	if err != nil { // the message is out; that we could not note it is no reason to say it is not
		slog.WarnContext(ctx, "what became of a message is not noted", "error", err)
	}
	return nil
}
