package payout

import (
	"context"
	"encoding/json"
	"unicode/utf8"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// ErrNotHeld tells that a bill is not, or no longer, held.
var ErrNotHeld = errs.New(errs.Conflict, "payout_not_held", "这笔发放没有因为改号码而暂停，请刷新")

// freeze seals to whom a bill goes. Whoever changes it later holds the bill.
func (p *Payouts) freeze(b *Payout, to string) {
	if b.Payee = p.sealed(b, to); to != "" && ByHand(b.Way) {
		b.Tail = to[max(0, len(to)-4):]
	}
}

func (p *Payouts) sealed(b *Payout, to string) string {
	if to == "" {
		return ""
	}
	return p.Vault.SealFor(b.ContestID, b.PlayerID, "payee", to)
}

func (p *Payouts) opened(b *Payout, sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	to, err := p.Vault.OpenFor(b.ContestID, b.PlayerID, "payee", sealed)
	return to, errs.Wrap(err, "open the payee of bill %s", b.Number)
}

// unsentWhere are the bills of which nothing has left yet.
const unsentWhere = `live = 1 AND file_no = 0 AND state IN ('proposed', 'planned', 'waiting', 'held')
	AND (sends = 0 OR way IN ('hand', 'credit'))`

// lookedAtOnce bounds one round over bills that are not sent.
const lookedAtOnce = 20_000

// HoldChanged holds bills of which nothing has left when their winner tells another
// payee by now, or has taken it back, until two persons have judged it; one whose winner
// has changed it back goes on by itself. Bills from before payees were kept are sealed
// at their first look. It tells how many changed.
func (p *Payouts) HoldChanged(ctx context.Context) (changed int, err error) {
	var bills []Payout
	err = p.DB.Select(ctx, &bills, "SELECT "+payoutColumns+" FROM payouts WHERE "+unsentWhere+
		" ORDER BY contest_id, way, bill_no LIMIT ?", lookedAtOnce)
	if err != nil {
		return 0, errs.Wrap(err, "look for bills whose payee may have changed")
	}
	for len(bills) > 0 {
		n := 1
		for n < len(bills) && bills[n].ContestID == bills[0].ContestID && bills[n].Way == bills[0].Way {
			n++
		}
		held, err := p.compareAll(ctx, bills[:n])
		if err != nil {
			return changed, err
		}
		changed, bills = changed+held, bills[n:]
	}
	return changed, nil
}

// compareAll looks at bills of one contest and way.
func (p *Payouts) compareAll(ctx context.Context, bills []Payout) (changed int, err error) {
	players := make([]sqldb.ID, len(bills))
	for i := range bills {
		players[i] = bills[i].PlayerID
	}
	payees, err := p.Payees(ctx, bills[0].Way, bills[0].ContestID, players)
	if err != nil {
		return 0, errs.Wrap(err, "read whom to pay")
	}
	for i := range bills {
		moved, err := p.compare(ctx, &bills[i], payees[bills[i].PlayerID])
		if err != nil {
			return changed, err
		}
		if moved {
			changed++
		}
	}
	return changed, nil
}

// compare holds one bill when another payee is known by now, and lets it go on when it
// is the frozen one again.
func (p *Payouts) compare(ctx context.Context, b *Payout, now string) (moved bool, err error) {
	frozen, err := p.opened(b, b.Payee)
	if err != nil {
		return false, err
	}
	judged, err := p.opened(b, b.Seen)
	if err != nil {
		return false, err
	}
	switch {
	case frozen == "" && now == "":
		return false, nil
	case frozen == "" && b.State != Held:
		p.freeze(b, now)
		return p.change(ctx, b, "UPDATE payouts SET payee = ?, payee_tail = ? WHERE payee = '' AND bill_no = ? AND state = ?",
			b.Payee, b.Tail, b.Number, string(b.State))
	case b.State == Held && now == frozen:
		return p.change(ctx, b, `UPDATE payouts SET state = held_from, held_from = '', changed_at = ?
			WHERE bill_no = ? AND state = ?`,
			p.millis(), b.Number, string(Held))
	case b.State != Held && now != frozen && (b.Seen == "" || now != judged):
		return p.change(ctx, b, `UPDATE payouts SET state = ?, held_from = ?, changed_at = ?
			WHERE bill_no = ? AND state = ? AND file_no = 0 AND leased_until < ?`,
			string(Held), string(b.State), p.millis(), b.Number, string(b.State), p.millis())
	}
	return false, nil
}

func (p *Payouts) change(ctx context.Context, b *Payout, update string, args ...any) (moved bool, err error) {
	err = p.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx, update, args...)
		moved = matched == 1
		return err
	})
	return moved, errs.Wrap(err, "hold bill %s", b.Number)
}

// newPayee is the body of an act over a bill that is held.
type newPayee struct {
	Replace bool   `json:"replace"`
	Payee   string `json:"payee"` // sealed: what the winner tells now; empty: nothing
	Tail    string `json:"tail"`
}

// JudgePayee proposes whom a bill goes to that is held: the payee of before, or the one
// that the winner tells now. Errors: ErrBill, ErrNotHeld, ErrActOpen, invalid_field
// reason or replace.
func (p *Payouts) JudgePayee(ctx context.Context, by staff.Actor, number string, replace bool, reason string) error {
	if err := checkWords("reason", reason, "请写明怎么核实的"); err != nil {
		return err
	}
	return p.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		b, err := readPayout(ctx, tx, number)
		if err != nil {
			return err
		}
		if b.State != Held {
			return ErrNotHeld
		}
		payees, err := p.Payees(ctx, b.Way, b.ContestID, []sqldb.ID{b.PlayerID})
		if err != nil {
			return errs.Wrap(err, "read whom to pay")
		}
		to := payees[b.PlayerID]
		if replace && to == "" {
			return errs.InvalidField("replace", "中奖人没有留下新的号码，只能按原来的发放")
		}
		now := *b
		p.freeze(&now, to)
		body, err := json.Marshal(newPayee{Replace: replace, Payee: now.Payee, Tail: now.Tail})
		if err != nil {
			return err
		}
		act := p.newAct(by, Act{ContestID: b.ContestID, Kind: ActPayee, Subject: number, Way: b.Way, Bills: 1,
			Cents: int64(b.Cents), Words: reason, Body: string(body)})
		return propose(ctx, tx, by, act, "payouts.payee")
	})
}

// Choice tells of an act over a bill that is held whether the payee is replaced, and
// the end of the number that the winner tells now.
func (a *Act) Choice() (replace bool, tail string) {
	var body newPayee
	if a.Kind != ActPayee || json.Unmarshal([]byte(a.Body), &body) != nil {
		return false, ""
	}
	return body.Replace, body.Tail
}

// settlePayee lets a bill go on that was held, to whom two persons have agreed on.
func (p *Payouts) settlePayee(ctx context.Context, tx *sqldb.Tx, act *Act) error {
	var body newPayee
	if err := json.Unmarshal([]byte(act.Body), &body); err != nil {
		return errs.Wrap(err, "read an act")
	}
	b, err := readPayout(ctx, tx, act.Subject)
	if err != nil {
		return err
	}
	payee, tail := b.Payee, b.Tail
	if body.Replace {
		payee, tail = body.Payee, body.Tail
	}
	seen := body.Payee
	if seen == "" { // taken back: that is what was judged
		seen = p.Vault.SealFor(b.ContestID, b.PlayerID, "payee", "")
	}
	matched, err := tx.Exec(ctx, `UPDATE payouts SET state = held_from, held_from = '', payee = ?, payee_tail = ?,
		payee_seen = ?, changed_at = ? WHERE bill_no = ? AND state = ?`,
		payee, tail, seen, p.millis(), b.Number, string(Held))
	if err == nil && matched == 0 {
		err = ErrNotHeld
	}
	return errs.Wrap(err, "let a bill go on")
}

func shortened(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most])
}
