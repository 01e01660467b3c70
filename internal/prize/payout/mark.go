package payout

import (
	"context"
	"errors"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Mark says of a bill that is paid by hand that it is paid: receipt is the number of
// the transfer or of the signed list, by which it can be found. The same again changes
// nothing. Errors: ErrBill, ErrByHand, invalid_field detail.
func (p *Payouts) Mark(ctx context.Context, by staff.Actor, number, receipt string) error {
	if err := checkWords("detail", receipt, "请填转账单号或签收凭证号"); err != nil {
		return err
	}
	return p.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		b, err := readPayout(ctx, tx, number)
		switch {
		case err != nil:
			return err
		case b.State == Paid && b.Detail == receipt:
			return nil
		case !ByHand(b.Way) || b.State != Waiting:
			return ErrByHand
		}
		if err := p.settle(ctx, tx, b, Outcome{State: Paid, Detail: receipt}); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "payouts.mark", Subject: number,
			Detail: map[string]any{"paid": true, "detail": receipt}})
	})
}

// ProposeFailed says of a bill that is paid by hand that the money surely did not go
// out; another person has to agree. Errors: ErrBill, ErrByHand, ErrActOpen, invalid_field
// detail.
func (p *Payouts) ProposeFailed(ctx context.Context, by staff.Actor, number, reason string) error {
	if err := checkWords("detail", reason, "请写明为什么没有成功"); err != nil {
		return err
	}
	return p.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		b, err := readPayout(ctx, tx, number)
		if err != nil {
			return err
		}
		if !ByHand(b.Way) || b.State != Waiting {
			return ErrByHand
		}
		return propose(ctx, tx, by, p.newAct(by, Act{ContestID: b.ContestID, Kind: ActFailed, Subject: number, Way: b.Way,
			Bills: 1, Cents: int64(b.Cents), Words: reason}), "payouts.failed")
	})
}

// fail writes that a bill surely failed, once two have said so.
func (p *Payouts) fail(ctx context.Context, tx *sqldb.Tx, number, reason string) error {
	b, err := readPayout(ctx, tx, number)
	if err != nil {
		return err
	}
	if !ByHand(b.Way) || b.State != Waiting {
		return ErrByHand
	}
	return p.settle(ctx, tx, b, Outcome{State: Failed, Detail: reason})
}

// ProposeAgain asks for another bill for an award whose bill has surely failed; another
// person has to agree. Errors: ErrBill, ErrNotOver, ErrNoWay, ErrActOpen, invalid_field
// reason.
func (p *Payouts) ProposeAgain(ctx context.Context, by staff.Actor, number, way, reason string) error {
	if !p.knows(way) {
		return ErrNoWay
	}
	if err := checkWords("reason", reason, "请写明为什么重发"); err != nil {
		return err
	}
	return p.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		b, err := readPayout(ctx, tx, number)
		if err != nil {
			return err
		}
		if err := lastFailed(ctx, tx, b); err != nil {
			return err
		}
		return propose(ctx, tx, by, p.newAct(by, Act{ContestID: b.ContestID, Kind: ActAgain, Subject: number, Way: way,
			Bills: 1, Cents: int64(b.Cents), Words: reason}), "payouts.again")
	})
}

// lastFailed holds that a bill failed and that no other was made since.
func lastFailed(ctx context.Context, tx *sqldb.Tx, b *Payout) error {
	if b.State != Failed {
		return ErrNotOver
	}
	var later int
	err := tx.Get(ctx, &later, "SELECT COUNT(*) FROM payouts WHERE award_id = ? AND turn > ?", b.AwardID, b.Turn)
	if err == nil && later > 0 {
		err = ErrNotOver
	}
	return err
}

// again makes the next bill of an award. It goes to the payee of the one before, as far
// as the way is the same: a number that the winner has changed since holds it, and two
// persons look.
func (p *Payouts) again(ctx context.Context, tx *sqldb.Tx, act *Act) error {
	before, err := readPayout(ctx, tx, act.Subject)
	if err != nil {
		return err
	}
	if err := lastFailed(ctx, tx, before); err != nil {
		return err
	}
	next := *before
	next.Turn, next.Way, next.State, next.ActID = before.Turn+1, act.Way, approvedTo(act.Way), act.ID
	if act.Way != before.Way || before.Payee == "" {
		payees, err := p.Payees(ctx, act.Way, next.ContestID, []sqldb.ID{next.PlayerID})
		if err != nil {
			return errs.Wrap(err, "read whom to pay")
		}
		to := payees[next.PlayerID]
		if to == "" && act.Way != WayHand {
			return ErrNothing
		}
		next.Tail = ""
		p.freeze(&next, to)
	}
	err = insertBills(ctx, tx, []Payout{p.newBill(next)})
	if errors.Is(err, sqldb.ErrStale) {
		return ErrNotOver // another turn is live
	}
	return err
}
