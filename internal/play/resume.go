package play

import (
	"context"
	"database/sql"
	"errors"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Resume tells where the attempt of a ticket stands, whichever of its tickets it
// is: for a phone that was reloaded, or that learned that another one went on.
func (s *Service) Resume(ctx context.Context, player sqldb.ID, ticketText string) (*Step, error) {
	t, err := s.ownTicket(player, ticketText)
	if err != nil {
		return nil, err
	}
	return s.resumeAttempt(ctx, t.Attempt)
}

// Finish gives the attempt of a ticket up: what was not answered counts as wrong.
func (s *Service) Finish(ctx context.Context, player sqldb.ID, ticketText string) (*Result, error) {
	t, err := s.ownTicket(player, ticketText)
	if err != nil {
		return nil, err
	}
	return s.finish(ctx, t.Player, t.Attempt)
}

func (s *Service) ownTicket(player sqldb.ID, ticketText string) (*ticket, error) {
	t, err := s.sealer.open(ticketText)
	if err != nil {
		return nil, err
	}
	if t.Player != player {
		return nil, ErrForeign
	}
	return t, nil
}

// resumeAttempt makes the next step of a stored attempt, and finishes one that has
// nothing left to answer.
func (s *Service) resumeAttempt(ctx context.Context, id sqldb.ID) (*Step, error) {
	var row attemptRow
	err := s.db.Get(ctx, &row, "SELECT "+attemptColumns+" FROM attempts WHERE id = ?", id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrTicket
	}
	if err != nil {
		return nil, errs.Wrap(err, "read attempt %d", id)
	}
	c, err := s.catalog.Edition(ctx, row.edition())
	if err != nil {
		return nil, err
	}
	responses, err := s.storedResponses(ctx, s.db, id)
	if err != nil {
		return nil, err
	}
	sheet, err := sheetOfRow(c, &row)
	if err != nil {
		return nil, err
	}
	run := sheet.run(responses)
	if row.FinishedAt == 0 && !sheet.over(run) {
		st, err := s.stageOfRow(c, &row, responses)
		if err != nil {
			return nil, err
		}
		if s.millis() <= st.lasts()+Grace {
			step := s.stepOf(st)
			if st.sheet.level.Whole() {
				if step, err = s.wholeStep(ctx, st); err != nil {
					return nil, err
				}
			}
			step.Resumed = true
			return step, nil
		}
	}
	result, err := s.finish(ctx, row.PlayerID, id)
	if err != nil {
		return nil, err
	}
	return &Step{
		Contest: c.Definition, Level: result.Level, Clock: c.Clock(sheet.level, row.Large), Large: row.Large,
		StartedAt: row.StartedAt, Deadline: row.DeadlineAt, Run: run, Questions: row.Questions, Result: result, Resumed: true,
		RunTold: result.Told,
	}, nil
}

func (s *Service) storedResponses(ctx context.Context, from sqldb.Reader, attempt sqldb.ID) ([]responseRow, error) {
	var rows []responseRow
	err := from.Select(ctx, &rows, "SELECT "+responseColumns+` FROM responses
		WHERE attempt_id = ? ORDER BY position`, attempt)
	return rows, errs.Wrap(err, "read the responses of attempt %d", attempt)
}
