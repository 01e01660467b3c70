package phone

import (
	"context"
	"fmt"

	"github.com/VictoriaMetrics/metrics"

	"anquanda/internal/errs"
	"anquanda/internal/sms"
)

// outcomes counts what became of messages.
func outcomes(state State, reason string) *metrics.Counter {
	return metrics.GetOrCreateCounter(fmt.Sprintf("anquanda_sms_total{state=%q,reason=%q}", string(state), reason))
}

// refused counts requests for a code by what refused them.
func refused(by string) *metrics.Counter {
	return metrics.GetOrCreateCounter(fmt.Sprintf("anquanda_sms_refused_total{by=%q}", by))
}

// Desk is how sending stands today, for staff.
type Desk struct {
	Configured bool
	Budget     int64
	Used       int64 // handed to the provider today
	Sent       int64 // of the last two days
	Unsure     int64
	Failed     int64
	Trouble    *Trouble // the newest failure that staff have to look at, unless messages went out since
}

// Trouble is a failure for staff.
type Trouble struct {
	At     int64  `db:"asked_at"` // UTC ms
	Reason string `db:"reason"`
	Code   string `db:"code"` // the provider's
}

// Look is what staff look at.
func (t Trouble) Look() string { return (&sms.Error{Reason: sms.Reason(t.Reason)}).Look() }

// Spent reports whether nothing is sent until midnight.
func (d Desk) Spent() bool { return d.Configured && d.Used >= d.Budget }

// Desk reads how sending stands.
func (s *Service) Desk(ctx context.Context) (Desk, error) {
	desk := Desk{Configured: s.Configured(), Budget: s.terms.Daily}
	var used []int64
	err := s.db.Select(ctx, &used, "SELECT n FROM sms_counts WHERE subject = ? AND period = ?", budget, dayOf(s.now()))
	if err != nil {
		return desk, errs.Wrap(err, "read the budget of messages")
	}
	for _, n := range used {
		desk.Used = n
	}
	var states []struct {
		State State `db:"state"`
		N     int64 `db:"n"`
	}
	if err := s.db.Select(ctx, &states, "SELECT state, COUNT(*) AS n FROM sms_sends GROUP BY state"); err != nil {
		return desk, errs.Wrap(err, "count messages")
	}
	for _, of := range states {
		switch of.State {
		case StateSent:
			desk.Sent += of.N
		case StateFailed:
			desk.Failed += of.N
		default:
			desk.Unsure += of.N
		}
	}
	desk.Trouble, err = s.trouble(ctx)
	return desk, err
}

func (s *Service) trouble(ctx context.Context) (*Trouble, error) {
	var found []Trouble
	err := s.db.Select(ctx, &found, `SELECT asked_at, reason, code FROM sms_sends
		WHERE state = 'failed' AND reason IN ('setup', 'balance', 'quota', 'busy')
		AND asked_at > (SELECT COALESCE(MAX(asked_at), 0) FROM sms_sends WHERE state = 'sent')
		ORDER BY asked_at DESC LIMIT 1`)
	if err != nil || len(found) == 0 {
		return nil, errs.Wrap(err, "look for trouble with messages")
	}
	return &found[0], nil
}
