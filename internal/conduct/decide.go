package conduct

import (
	"context"
	"database/sql"
	"errors"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Decision is a disqualification, proposed, standing or ended.
type Decision struct {
	ID          sqldb.ID  `db:"id"`
	CaseID      sqldb.ID  `db:"case_id"`
	ContestID   sqldb.ID  `db:"contest_id"`
	PlayerID    sqldb.ID  `db:"player_id"`
	Live        *int      `db:"live"`
	Standing    *int      `db:"standing"`
	Reason      string    `db:"reason"` // the player is told it
	FirstBy     sqldb.ID  `db:"first_by"`
	FirstName   string    `db:"first_name"`
	ProposedAt  int64     `db:"proposed_at"` // UTC ms
	SecondBy    *sqldb.ID `db:"second_by"`
	SecondName  string    `db:"second_name"`
	Note        string    `db:"note"`       // what there is to say of the two; mostly empty
	DecidedAt   int64     `db:"decided_at"` // 0 before another person has agreed
	EndedName   string    `db:"ended_name"`
	EndedAt     int64     `db:"ended_at"` // 0 while it is proposed or stands
	EndedReason string    `db:"ended_reason"`
}

var decisionColumns = sqldb.Columns[Decision]("")

// Stands reports whether the player is disqualified by it now.
func (d *Decision) Stands() bool { return d.Standing != nil }

// Propose is the first half of disqualifying the player of a case; reason is what
// the player will be told. Errors: ErrCase, ErrCaseClosed, ErrProposed,
// staff.ErrByNobody, invalid_field reason.
func (s *Service) Propose(ctx context.Context, by staff.Actor, caseID sqldb.ID, reason string) error {
	reason, err := checkText("reason", reason, "请写明原因，参赛者会看到", 100)
	if err != nil {
		return err
	}
	if by.ID == 0 {
		return staff.ErrByNobody
	}
	return errs.Wrap(s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		c, err := readCase(ctx, tx, caseID)
		switch {
		case err != nil:
			return err
		case c.ClosedAt != 0:
			return ErrCaseClosed
		}
		_, err = tx.Exec(ctx,
			`INSERT INTO disqualifications (id, case_id, contest_id, player_id, live, reason, first_by, first_name, proposed_at)
			VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)`, s.ids.Next(), c.ID, c.ContestID, c.PlayerID, reason, by.ID, by.Name, s.millis())
		if sqldb.IsDuplicate(err) {
			return ErrProposed
		}
		if err != nil {
			return err
		}
		return record(ctx, tx, by, "case.propose", c, map[string]any{"reason": reason})
	}), "propose to disqualify")
}

// Agree is the second half: the player is disqualified from now on. It needs
// another person than Propose. Errors: ErrCase, ErrNoDecision, those of
// staff.SecondPerson.
func (s *Service) Agree(ctx context.Context, by staff.Actor, caseID sqldb.ID) error {
	return errs.Wrap(s.decide(ctx, caseID, func(tx *sqldb.Tx, c *Case, d *Decision) error {
		if d.Stands() {
			return ErrNoDecision
		}
		note, err := staff.SecondPerson(ctx, tx, d.FirstBy, by.ID, s.millis())
		if err != nil {
			return err
		}
		matched, err := tx.Exec(ctx,
			`UPDATE disqualifications SET standing = 1, second_by = ?, second_name = ?, note = ?, decided_at = ?
			WHERE id = ? AND live = 1 AND standing IS NULL`, by.ID, by.Name, note, s.millis(), d.ID)
		if err == nil && matched == 0 {
			err = sqldb.ErrStale
		}
		if err != nil {
			return err
		}
		if err := s.notice(ctx, tx, c); err != nil {
			return err
		}
		return record(ctx, tx, by, "case.disqualify", c,
			map[string]any{"reason": d.Reason, "proposed_by": d.FirstName, "note": note})
	}), "disqualify")
}

// Withdraw takes a proposal back. Errors: ErrCase, ErrNoDecision.
func (s *Service) Withdraw(ctx context.Context, by staff.Actor, caseID sqldb.ID) error {
	return errs.Wrap(s.decide(ctx, caseID, func(tx *sqldb.Tx, c *Case, d *Decision) error {
		if d.Stands() {
			return ErrNoDecision
		}
		if err := s.end(ctx, tx, by, d, ""); err != nil {
			return err
		}
		return record(ctx, tx, by, "case.withdraw", c, nil)
	}), "withdraw a proposal")
}

// decide changes the decision of a case that is proposed or stands.
func (s *Service) decide(ctx context.Context, caseID sqldb.ID, change func(*sqldb.Tx, *Case, *Decision) error) error {
	var c *Case
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		if c, err = readCase(ctx, tx, caseID); err != nil {
			return err
		}
		d, err := liveDecision(ctx, tx, c)
		if err != nil {
			return err
		}
		if d == nil || d.CaseID != c.ID {
			return ErrNoDecision
		}
		return change(tx, c, d)
	})
	if err == nil {
		s.refreshViews(ctx, c)
	}
	return err
}

func (s *Service) end(ctx context.Context, tx *sqldb.Tx, by staff.Actor, d *Decision, reason string) error {
	matched, err := tx.Exec(ctx,
		`UPDATE disqualifications SET live = NULL, standing = NULL, ended_by = ?, ended_name = ?, ended_at = ?, ended_reason = ?
		WHERE id = ? AND live = 1`, by.ID, by.Name, s.millis(), reason, d.ID)
	if err == nil && matched == 0 {
		err = sqldb.ErrStale
	}
	return err
}

// notice tells the hooks inside the transaction.
func (s *Service) notice(ctx context.Context, tx *sqldb.Tx, c *Case) error {
	for _, hook := range s.hooks {
		if err := hook.Touch(ctx, tx, c.ContestID, c.PlayerID); err != nil {
			return err
		}
	}
	return nil
}

// refreshViews tells the hooks after the commit.
func (s *Service) refreshViews(ctx context.Context, c *Case) {
	for _, hook := range s.hooks {
		hook.Refresh(context.WithoutCancel(ctx), c.ContestID, c.PlayerID)
	}
}

// liveDecision is the decision about the player of a case that is proposed or
// stands; nil for none.
func liveDecision(ctx context.Context, from sqldb.Reader, c *Case) (*Decision, error) {
	var d Decision
	err := from.Get(ctx, &d,
		"SELECT "+decisionColumns+" FROM disqualifications WHERE contest_id = ? AND player_id = ? AND live = 1",
		c.ContestID, c.PlayerID)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &d, errs.Wrap(err, "read a decision")
}

// Decisions lists the decisions of a case, the newest first.
func (s *Service) Decisions(ctx context.Context, caseID sqldb.ID) ([]Decision, error) {
	var decisions []Decision
	err := s.db.Select(ctx, &decisions,
		"SELECT "+decisionColumns+" FROM disqualifications WHERE case_id = ? ORDER BY id DESC", caseID)
	return decisions, errs.Wrap(err, "list decisions")
}

// LastOf is the newest decision about a player that has stood, which the player may
// see; nil for none.
func (s *Service) LastOf(ctx context.Context, contestID, player sqldb.ID) (*Decision, error) {
	var decisions []Decision
	err := s.db.Select(ctx, &decisions, "SELECT "+decisionColumns+` FROM disqualifications
		WHERE contest_id = ? AND player_id = ? AND decided_at > 0 ORDER BY id DESC LIMIT 1`, contestID, player)
	if err != nil || len(decisions) == 0 {
		return nil, errs.Wrap(err, "read the decision about a player")
	}
	return &decisions[0], nil
}
