package payout

import (
	"context"
	"errors"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/pace"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

const (
	// leaseTime is how long one node has a bill for itself, in milliseconds: longer
	// than a call may take.
	leaseTime = 60_000
	// askEvery is how soon a bill that is under way is asked for again.
	askEvery    = 30 * time.Second
	billsAtOnce = 20
)

// Run holds bills whose payee has changed, sends planned ones and asks for those under
// way until ctx ends.
func (p *Payouts) Run(ctx context.Context) {
	pace.Every(ctx, askEvery, "pay winners", func(ctx context.Context) error {
		_, held := p.HoldChanged(ctx)
		_, err := p.SendDue(ctx)
		return errors.Join(held, err)
	})
}

// SendDue takes the bills that are due, one by one, and tells how many changed.
// A bill that cannot be asked for stays as it is.
func (p *Payouts) SendDue(ctx context.Context) (changed int, err error) {
	var numbers []string
	err = p.DB.Select(ctx, &numbers,
		`SELECT bill_no FROM payouts WHERE state IN ('planned', 'pending', 'waiting') AND way NOT IN ('hand', 'credit')
		AND leased_until < ? ORDER BY leased_until, bill_no LIMIT ?`, p.millis(), billsAtOnce)
	if err != nil {
		return 0, errs.Wrap(err, "look for bills to send")
	}
	var failed error
	for _, number := range numbers {
		moved, err := p.send(ctx, number)
		if moved {
			changed++
		}
		failed = errors.Join(failed, err)
	}
	return changed, failed
}

// send brings one bill forward. Before anything leaves, the ledger says that it may
// have left: a bill of which that is said is asked for first and sent again only
// when it surely never arrived.
func (p *Payouts) send(ctx context.Context, number string) (moved bool, err error) {
	b, mine, err := p.lease(ctx, number)
	if err != nil || !mine {
		return false, err
	}
	way := p.Ways[b.Way]
	if way == nil {
		return false, nil // this node is not set up for it
	}
	to, err := p.opened(b, b.Payee)
	if err != nil || to == "" {
		return false, err // of a bill from before payees were kept none may be known
	}
	outcome, err := p.outcome(ctx, way, b, to)
	if err != nil {
		return false, errs.Wrap(err, "bill %s", b.Number)
	}
	if outcome.State == b.State && outcome.Detail == b.Detail && outcome.Package == b.Package {
		return false, nil
	}
	return true, p.DB.InTx(ctx, func(tx *sqldb.Tx) error { return p.settle(ctx, tx, b, outcome) })
}

// lease takes a bill for this node for a while, and says that it may have left.
func (p *Payouts) lease(ctx context.Context, number string) (b *Payout, mine bool, err error) {
	now := p.millis()
	err = p.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		if b, err = readPayout(ctx, tx, number); err != nil {
			return err
		}
		matched, err := tx.Exec(ctx,
			`UPDATE payouts SET leased_until = ?, sends = sends + 1
				WHERE bill_no = ? AND leased_until < ? AND sends = ? AND live = 1
				AND state IN ('planned', 'pending', 'waiting')`,
			now+leaseTime, number, now, b.Sends)
		mine = matched == 1
		return err
	})
	return b, mine, errs.Wrap(err, "take a bill")
}

func (p *Payouts) outcome(ctx context.Context, way Way, b *Payout, to string) (Outcome, error) {
	bill := Bill{Number: b.Number, To: to, Cents: b.Cents, Remark: b.Remark}
	if b.Sends > 0 {
		outcome, err := way.Ask(ctx, bill)
		if !errors.Is(err, ErrUnknown) {
			return outcome, err
		}
	}
	return way.Send(ctx, bill)
}

// settle writes what is known of a bill, once it is final for ever.
func (p *Payouts) settle(ctx context.Context, tx *sqldb.Tx, b *Payout, o Outcome) error {
	now := p.millis()
	var live *int
	if one := 1; o.State != Failed {
		live = &one
	}
	matched, err := tx.Exec(ctx, `UPDATE payouts SET state = ?, detail = ?, package_info = ?, live = ?, changed_at = ?
		WHERE bill_no = ? AND state NOT IN ('paid', 'failed', 'rejected')`,
		string(o.State), shortened(o.Detail, 400), shortened(o.Package, 1000), live, now, b.Number)
	if err == nil && matched == 0 {
		return nil // somebody learned the end before
	}
	if err != nil || !o.State.Final() {
		return errs.Wrap(err, "write how a bill stands")
	}
	if o.State == Paid {
		_, err = prize.Move(ctx, tx, b.AwardID, prize.Paying, prize.PaidUp, now)
	}
	return errs.Wrap(err, "write that a winner is paid")
}
