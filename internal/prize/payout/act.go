package payout

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Errors of what takes two persons.
var (
	ErrAct     = errs.New(errs.NotFound, "act_unknown", "没有这件待确认的事")
	ErrActOpen = errs.New(errs.Conflict, "act_open", "这件事已经有人提交，正在等另一位同事确认")
	ErrDecided = errs.New(errs.Conflict, "act_decided", "这件事已经有人处理过了，请刷新")
	ErrSum     = errs.New(errs.Conflict, "act_sum", "笔数或金额和您看到的不一样，请刷新后再确认")
)

// ActKind is what takes two persons.
type ActKind string

// The kinds of acts.
const (
	ActBatch   ActKind = "batch"   // bills are made; subject: the act itself
	ActFailed  ActKind = "failed"  // a bill that is paid by hand surely failed; subject: the bill
	ActAgain   ActKind = "again"   // another bill for one that failed; subject: the bill
	ActCopy    ActKind = "copy"    // a file goes out once more; subject: its number
	ActPayee   ActKind = "payee"   // a bill is held; subject: the bill, body: keep or replace
	ActResults ActKind = "results" // an operator says that bills failed; body: which and why
)

// ActState is how an act stands.
type ActState string

// The states of acts. Rejected is also what its maker has taken back.
const (
	ActProposed ActState = "proposed"
	ActApproved ActState = "approved"
	ActRejected ActState = "rejected"
)

// Act is something that one member of staff proposes and another decides.
type Act struct {
	ID          sqldb.ID  `db:"id"`
	ContestID   sqldb.ID  `db:"contest_id"`
	Kind        ActKind   `db:"kind"`
	Subject     string    `db:"subject"`
	OpenSubject *string   `db:"open_subject"`
	Way         string    `db:"way"`
	Bills       int       `db:"bills"`
	Cents       int64     `db:"cents"` // of yuan, of all bills
	Words       string    `db:"words"` // why
	Body        string    `db:"body"`
	State       ActState  `db:"state"`
	MadeBy      sqldb.ID  `db:"made_by"`
	MadeName    string    `db:"made_name"`
	MadeAt      int64     `db:"made_at"` // UTC ms
	DecidedBy   *sqldb.ID `db:"decided_by"`
	DecidedName string    `db:"decided_name"`
	DecidedAt   int64     `db:"decided_at"`
	Note        string    `db:"note"` // of who decided
}

var actColumns = sqldb.Columns[Act]("")

func (p *Payouts) newAct(by staff.Actor, of Act) *Act {
	of.ID, of.State = p.IDs.Next(), ActProposed
	of.MadeBy, of.MadeName, of.MadeAt = by.ID, by.Name, p.millis()
	return &of
}

// propose stores an act that waits for another person. Errors: ErrActOpen.
func propose(ctx context.Context, tx *sqldb.Tx, by staff.Actor, act *Act, action string) error {
	open := string(act.Kind) + " " + act.Subject
	act.OpenSubject = &open
	err := sqldb.Insert(ctx, tx, "INSERT INTO payout_acts", []Act{*act})
	if sqldb.IsDuplicate(err) {
		return ErrActOpen
	}
	if err != nil {
		return errs.Wrap(err, "propose %s", act.Kind)
	}
	return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: action, Subject: act.Subject,
		Detail: map[string]any{"act": act.ID.String(), "kind": act.Kind, "way": act.Way, "bills": act.Bills,
			"cents": act.Cents, "why": act.Words}})
}

// Decision is what the second person says. Bills and Cents are what that person has
// seen: something else is not approved by it.
type Decision struct {
	Approve bool
	Bills   int
	Cents   int64
	Note    string // why it is rejected
}

// Decide approves or rejects an act, once; the same decision by the same person again,
// after a lost reply, changes nothing. Who made it can take it back, and not approve it.
// Errors: ErrAct, ErrDecided, ErrSum, those of staff.SecondPerson and of the act itself;
// invalid_field note.
func (p *Payouts) Decide(ctx context.Context, by staff.Actor, id sqldb.ID, d Decision) (*Act, error) {
	if !d.Approve {
		if err := checkWords("note", d.Note, "请写明为什么不同意"); err != nil {
			return nil, err
		}
	}
	if _, err := p.HoldChanged(ctx); err != nil {
		return nil, err
	}
	var act *Act
	err := p.DB.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		act, err = p.decide(ctx, tx, by, id, d)
		return err
	})
	return act, errs.Wrap(err, "decide act %d", id)
}

func (p *Payouts) decide(ctx context.Context, tx *sqldb.Tx, by staff.Actor, id sqldb.ID, d Decision) (*Act, error) {
	act, err := readAct(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	to := ActRejected
	if d.Approve {
		to = ActApproved
	}
	if act.State != ActProposed {
		if act.State == to && act.DecidedBy != nil && *act.DecidedBy == by.ID {
			return act, nil
		}
		return nil, ErrDecided
	}
	if d.Approve && (d.Bills != act.Bills || d.Cents != act.Cents) {
		return nil, ErrSum
	}
	act.Note = d.Note
	if d.Approve {
		if act.Note, err = staff.SecondPerson(ctx, tx, act.MadeBy, by.ID, p.millis()); err != nil {
			return nil, err
		}
	}
	if err := p.close(ctx, tx, by, act, to); err != nil {
		return nil, err
	}
	if err := p.follow(ctx, tx, act); err != nil {
		return nil, err
	}
	return act, staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "payouts." + string(to), Subject: act.Subject,
		Detail: map[string]any{"act": act.ID.String(), "kind": act.Kind, "made_by": act.MadeName, "bills": act.Bills,
			"cents": act.Cents, "note": act.Note}})
}

// close writes who decided; of two at once the second looks again.
func (p *Payouts) close(ctx context.Context, tx *sqldb.Tx, by staff.Actor, act *Act, to ActState) error {
	matched, err := tx.Exec(ctx, `UPDATE payout_acts SET state = ?, open_subject = NULL, decided_by = ?, decided_name = ?,
		decided_at = ?, note = ? WHERE id = ? AND state = ?`,
		string(to), by.ID, by.Name, p.millis(), act.Note, act.ID, string(ActProposed))
	if err == nil && matched == 0 {
		err = sqldb.ErrStale
	}
	act.State, act.DecidedBy, act.DecidedName, act.DecidedAt, act.OpenSubject = to, &by.ID, by.Name, p.millis(), nil
	return errs.Wrap(err, "decide an act")
}

// follow does what was decided.
func (p *Payouts) follow(ctx context.Context, tx *sqldb.Tx, act *Act) error {
	if act.State == ActRejected {
		if act.Kind == ActBatch {
			return p.rejectBatch(ctx, tx, act)
		}
		return nil
	}
	switch act.Kind {
	case ActBatch:
		return p.approveBatch(ctx, tx, act)
	case ActFailed:
		return p.fail(ctx, tx, act.Subject, act.Words)
	case ActAgain:
		return p.again(ctx, tx, act)
	case ActCopy:
		return p.allowCopy(ctx, tx, act)
	case ActPayee:
		return p.settlePayee(ctx, tx, act)
	case ActResults:
		return p.failListed(ctx, tx, act)
	}
	return fmt.Errorf("an act of kind %q", act.Kind)
}

func readAct(ctx context.Context, from sqldb.Reader, id sqldb.ID) (*Act, error) {
	var act Act
	err := from.Get(ctx, &act, "SELECT "+actColumns+" FROM payout_acts WHERE id = ?", id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrAct
	}
	return &act, errs.Wrap(err, "read an act")
}

// ContestOfAct finds whose contest an act is of. Errors: ErrAct.
func (p *Payouts) ContestOfAct(ctx context.Context, id sqldb.ID) (sqldb.ID, error) {
	act, err := readAct(ctx, p.DB, id)
	if err != nil {
		return 0, err
	}
	return act.ContestID, nil
}

// actsShown bounds the list of acts that are decided.
const actsShown = 30

// Acts lists what of a contest waits for a second person, and what was decided lately.
func (p *Payouts) Acts(ctx context.Context, contestID sqldb.ID) (open, decided []Act, err error) {
	err = p.DB.Select(ctx, &open, "SELECT "+actColumns+` FROM payout_acts WHERE contest_id = ? AND state = ?
		ORDER BY made_at, id`, contestID, string(ActProposed))
	if err == nil {
		err = p.DB.Select(ctx, &decided, "SELECT "+actColumns+` FROM payout_acts WHERE contest_id = ? AND state <> ?
			ORDER BY decided_at DESC, id DESC LIMIT ?`, contestID, string(ActProposed), actsShown)
	}
	return open, decided, errs.Wrap(err, "list what takes two persons")
}

// checkWords holds that a reason or a receipt number is there, and bounded.
func checkWords(field, words, missing string) error {
	if strings.TrimSpace(words) == "" {
		return errs.InvalidField(field, missing)
	}
	if prize.CheckReason(words) != nil {
		return errs.InvalidField(field, "请写 2 到 100 个字，不要换行")
	}
	return nil
}
