package conduct

import (
	"context"
	"encoding/json"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// takeBack is the act of ending a disqualification, which two decide as they decided it.
const takeBack staff.Act = "undo"

type undoAct struct {
	Reason string `json:"reason"` // the player is told it
}

// Undo is the first half of taking a disqualification back; the player will be told
// the reason. Errors: ErrCase, ErrNoDecision, staff.ErrProposed, staff.ErrByNobody,
// invalid_field reason.
func (s *Service) Undo(ctx context.Context, by staff.Actor, caseID sqldb.ID, reason string) error {
	reason, err := checkText("reason", reason, "请写明为什么恢复，参赛者会看到", 100)
	if err != nil {
		return err
	}
	return errs.Wrap(s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		c, err := readCase(ctx, tx, caseID)
		if err != nil {
			return err
		}
		d, err := liveDecision(ctx, tx, c)
		if err != nil {
			return err
		}
		if d == nil || d.CaseID != c.ID || !d.Stands() {
			return ErrNoDecision
		}
		p := staff.Proposal{ID: s.ids.Next(), ContestID: c.ContestID, Kind: takeBack, Subject: d.ID.String(),
			ProposedAt: s.millis()}
		return staff.Propose(ctx, tx, by, p, undoAct{Reason: reason})
	}), "propose to take a disqualification back")
}

// UndoWaits is who has proposed to take the disqualification of a case back.
type UndoWaits struct {
	By     staff.Actor
	At     int64 // UTC ms
	Reason string
}

// UndosWaiting lists what Undo has proposed in a contest and nobody has agreed to.
func (s *Service) UndosWaiting(ctx context.Context, contestID sqldb.ID) ([]staff.Proposal, error) {
	return staff.AllWaiting(ctx, s.db, contestID, takeBack)
}

// UndoWaiting reads what Undo has proposed of a decision; nil for nothing.
func (s *Service) UndoWaiting(ctx context.Context, d *Decision) (*UndoWaits, error) {
	p, act, err := undoOf(ctx, s.db, d)
	if p == nil || err != nil {
		return nil, err
	}
	return &UndoWaits{By: staff.Actor{ID: p.FirstBy, Name: p.FirstName}, At: p.ProposedAt, Reason: act.Reason}, nil
}

func undoOf(ctx context.Context, from sqldb.Reader, d *Decision) (*staff.Proposal, *undoAct, error) {
	p, err := staff.WaitingOf(ctx, from, d.ContestID, takeBack, d.ID.String())
	if p == nil || err != nil {
		return nil, nil, err
	}
	var act undoAct
	err = json.Unmarshal([]byte(p.Body), &act)
	return p, &act, errs.Wrap(err, "read a proposal")
}

// AgreeUndo is the second half: the disqualification ends and the case is closed;
// everything that the player had holds again. Errors: ErrCase, ErrNoDecision,
// staff.ErrProposal, those of staff.SecondPerson.
func (s *Service) AgreeUndo(ctx context.Context, by staff.Actor, caseID sqldb.ID) error {
	return errs.Wrap(s.decide(ctx, caseID, func(tx *sqldb.Tx, c *Case, d *Decision) error {
		p, act, err := undoOf(ctx, tx, d)
		switch {
		case err != nil:
			return err
		case p == nil:
			return staff.ErrProposal
		case !d.Stands():
			return ErrNoDecision
		}
		note, err := staff.Agree(ctx, tx, by, p, s.millis())
		if err != nil {
			return err
		}
		if err := s.end(ctx, tx, by, d, act.Reason); err != nil {
			return err
		}
		if err := s.notice(ctx, tx, c); err != nil {
			return err
		}
		detail := map[string]any{"reason": act.Reason, "proposed_by": p.FirstName, "note": note}
		if err := record(ctx, tx, by, "case.undo", c, detail); err != nil {
			return err
		}
		return s.closeCase(ctx, tx, by, c, act.Reason)
	}), "take a disqualification back")
}

// WithdrawUndo ends what Undo proposed. Errors: ErrCase, staff.ErrProposal.
func (s *Service) WithdrawUndo(ctx context.Context, by staff.Actor, caseID sqldb.ID) error {
	return errs.Wrap(s.decide(ctx, caseID, func(tx *sqldb.Tx, _ *Case, d *Decision) error {
		p, _, err := undoOf(ctx, tx, d)
		if err != nil {
			return err
		}
		if p == nil {
			return staff.ErrProposal
		}
		return staff.Withdraw(ctx, tx, by, p, s.millis())
	}), "withdraw a proposal")
}
