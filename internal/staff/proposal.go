package staff

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Why a proposal cannot be made or followed.
var (
	ErrProposal = errs.New(errs.Conflict, "proposal_unknown", "没有这条等待同意的提议，可能刚刚处理过，请刷新页面再看")
	ErrProposed = errs.New(errs.Conflict, "proposal_waiting", "已经有人提议了，正在等另一个人同意")
)

// Act is what can be proposed. The package that does it names it.
type Act string

// Proposal is an act that one person wants and another must agree to. The package
// that does the act makes it, and does it in the transaction in which somebody agrees.
type Proposal struct {
	ID         sqldb.ID `db:"id"`
	ContestID  sqldb.ID `db:"contest_id"`
	Kind       Act      `db:"kind"`
	Subject    string   `db:"subject"` // on what; one act on it waits at a time
	Body       string   `db:"body"`    // JSON: all that is needed to do it
	FirstBy    sqldb.ID `db:"first_by"`
	FirstName  string   `db:"first_name"`
	ProposedAt int64    `db:"proposed_at"` // UTC ms
}

var proposalColumns = sqldb.Columns[Proposal]("")

// Propose stores an act that waits for another's agreement; body is kept as JSON and
// holds no personal data. p gives ID, ContestID, Kind, Subject and ProposedAt. Errors:
// ErrByNobody, ErrProposed.
func Propose(ctx context.Context, tx *sqldb.Tx, by Actor, p Proposal, body any) error {
	if by.ID == 0 {
		return ErrByNobody
	}
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO staff_proposals
			(id, contest_id, kind, subject, live, body, first_by, first_name, proposed_at)
		VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)`,
		p.ID, p.ContestID, string(p.Kind), p.Subject, string(text), by.ID, by.Name, p.ProposedAt)
	if sqldb.IsDuplicate(err) {
		return ErrProposed
	}
	if err != nil {
		return errs.Wrap(err, "propose an act")
	}
	return Record(ctx, tx, Entry{Actor: by, Action: "proposal." + string(p.Kind), Subject: p.Subject,
		Detail: map[string]any{"contest": p.ContestID.String(), "body": json.RawMessage(text)}})
}

// Agree ends a proposal because by, another person, agrees; the caller does the act in
// the same transaction, and keeps note with it (see SecondPerson). Errors: ErrProposal,
// those of SecondPerson.
func Agree(ctx context.Context, tx *sqldb.Tx, by Actor, p *Proposal, at int64) (note string, err error) {
	if note, err = SecondPerson(ctx, tx, p.FirstBy, by.ID, at); err != nil {
		return "", err
	}
	return note, endProposal(ctx, tx, by, p.ID, &by.ID, note, at)
}

// Withdraw ends a proposal that is not followed; anybody who could agree may. Errors:
// ErrProposal.
func Withdraw(ctx context.Context, tx *sqldb.Tx, by Actor, p *Proposal, at int64) error {
	if err := endProposal(ctx, tx, by, p.ID, nil, "", at); err != nil {
		return err
	}
	return Record(ctx, tx, Entry{Actor: by, Action: "proposal.withdraw", Subject: p.Subject,
		Detail: map[string]any{"contest": p.ContestID.String(), "kind": p.Kind}})
}

func endProposal(ctx context.Context, tx *sqldb.Tx, by Actor, id sqldb.ID, agreed *sqldb.ID, note string,
	at int64) error {
	matched, err := tx.Exec(ctx,
		`UPDATE staff_proposals SET live = NULL, agreed_by = ?, ended_name = ?, ended_at = ?, note = ?
			WHERE id = ? AND live = 1`, agreed, by.Name, at, note, id)
	if err == nil && matched == 0 {
		err = ErrProposal
	}
	return err
}

// Waiting reads one proposal of a contest that waits. Errors: ErrProposal.
func Waiting(ctx context.Context, from sqldb.Reader, contestID, id sqldb.ID) (*Proposal, error) {
	var p Proposal
	err := from.Get(ctx, &p,
		"SELECT "+proposalColumns+" FROM staff_proposals WHERE id = ? AND contest_id = ? AND live = 1", id, contestID)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrProposal
	}
	return &p, errs.Wrap(err, "read a proposal")
}

// WaitingOf reads the proposal of an act on a subject that waits; nil for none.
func WaitingOf(
	ctx context.Context, from sqldb.Reader, contestID sqldb.ID, kind Act, subject string,
) (*Proposal, error) {
	var p Proposal
	err := from.Get(ctx, &p, "SELECT "+proposalColumns+
		" FROM staff_proposals WHERE contest_id = ? AND kind = ? AND subject = ? AND live = 1",
		contestID, string(kind), subject)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &p, errs.Wrap(err, "read a proposal")
}

// AllWaiting lists the proposals of some acts in a contest that wait, the oldest first.
func AllWaiting(ctx context.Context, from sqldb.Reader, contestID sqldb.ID, kinds ...Act) ([]Proposal, error) {
	var waiting []Proposal
	err := from.SelectIn(ctx, &waiting, "SELECT "+proposalColumns+
		" FROM staff_proposals WHERE contest_id = ? AND live = 1 AND kind IN (?) ORDER BY id", contestID, kinds)
	return waiting, errs.Wrap(err, "list proposals")
}

// WipeProposals deletes what was proposed in a contest: in a rehearsal that ends.
func WipeProposals(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "staff_proposals")
}
