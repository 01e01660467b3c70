package play

import (
	"cmp"
	"context"
	"slices"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// Rescored is one attempt whose outcome a rescoring changes.
type Rescored struct {
	ContestID    sqldb.ID
	PlayerID     sqldb.ID
	AttemptID    sqldb.ID
	Level        string
	ScoreBefore  float64 // in points
	ScoreAfter   float64
	PassedBefore bool
	PassedAfter  bool
}

// rescoredRow is an attempt whose outcome changes, and as it was.
type rescoredRow struct {
	*attemptRow
	before contest.Attempt
}

const rescoresAtOnce = 64

// PreviewRescore tells, without writing, which finished attempts a rescoring
// would change.
func (s *Service) PreviewRescore(ctx context.Context, r bank.Regrading, visit func(Rescored)) error {
	return s.eachRescored(ctx, r, func(responses []responseRow) error {
		w, err := s.regrade(ctx, s.db, r, responses)
		if err != nil {
			return err
		}
		for _, change := range w.changes {
			visit(change)
		}
		return nil
	})
}

// Rescore judges the stored responses to a question anew and scores their
// attempts again. Running it twice, or on after a crash, ends the same. Boards
// follow through the hooks, as when an attempt finishes.
func (s *Service) Rescore(ctx context.Context, r bank.Regrading, visit func(Rescored)) error {
	return s.eachRescored(ctx, r, func(responses []responseRow) error {
		var w *rescoreWork
		work := &Work{service: s}
		err := s.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
			work.Tx, work.made = tx, nil
			if w, err = s.regrade(ctx, tx, r, responses); err != nil {
				return err
			}
			return s.writeRescored(ctx, work, w)
		})
		if err != nil {
			return err
		}
		s.follow(work.made)
		for _, change := range w.changes {
			visit(change)
		}
		return nil
	})
}

// eachRescored hands the stored responses to the question to use, some at a
// time. It goes through all responses once; there is no index by question,
// which would cost every answer.
func (s *Service) eachRescored(ctx context.Context, r bank.Regrading, use func([]responseRow) error) error {
	after := sqldb.ID(0)
	for {
		var rows []responseRow
		err := s.db.Select(ctx, &rows, "SELECT "+responseColumns+` FROM responses
			WHERE question_id = ? AND attempt_id > ? ORDER BY attempt_id LIMIT ?`, r.QuestionID, after, rescoresAtOnce)
		if err != nil {
			return errs.Wrap(err, "read the responses to question %s", r.QuestionID)
		}
		if len(rows) > 0 {
			if err := use(rows); err != nil {
				return err
			}
			after = rows[len(rows)-1].AttemptID
		}
		if len(rows) < rescoresAtOnce {
			return nil
		}
	}
}

// rescoreWork is what judging some responses anew changes.
type rescoreWork struct {
	*finishWork
	changes []Rescored
	rows    []rescoredRow
}

func (s *Service) regrade(
	ctx context.Context, from sqldb.Reader, r bank.Regrading, responses []responseRow,
) (*rescoreWork, error) {
	ids := make([]sqldb.ID, len(responses))
	for i := range responses {
		ids[i] = responses[i].AttemptID
	}
	w := &rescoreWork{finishWork: s.newFinishWork()}
	if err := w.readAttempts(ctx, from, ids); err != nil {
		return nil, err
	}
	if err := w.readResponses(ctx, from, ids); err != nil {
		return nil, err
	}
	for _, response := range responses {
		row := w.attempts[response.AttemptID]
		c, err := s.catalog.Edition(ctx, row.edition())
		if err != nil {
			return nil, err
		}
		correct := r.Judge(question.ReadChoice(r.Kind, response.Choice)).Right
		if c.Bank.Name != r.Bank {
			continue
		}
		if correct != response.Correct {
			response.Correct = correct
			w.flips = append(w.flips, response)
		}
		if row.FinishedAt != 0 {
			if err := w.change(c, row, r, response); err != nil {
				return nil, err
			}
		}
	}
	return w, nil
}

// change scores an attempt again, with one response judged anew.
func (w *rescoreWork) change(c *catalog.Contest, row *attemptRow, r bank.Regrading, judged responseRow) error {
	sheet, err := sheetOfRow(c, row)
	if err != nil {
		return err
	}
	sheet.again = &r
	responses := w.responses[row.ID]
	for i := range responses {
		if responses[i].Position == judged.Position {
			responses[i].Correct = judged.Correct
		}
	}
	before := row.forRules()
	row.take(sheet, responses)
	if row.Correct == before.Correct && row.Score == before.Score && row.Passed == before.Passed {
		return nil
	}
	w.changes = append(w.changes, Rescored{ContestID: row.ContestID, PlayerID: row.PlayerID, AttemptID: row.ID,
		Level:       row.LevelKey,
		ScoreBefore: c.Points(before.Score), PassedBefore: before.Passed, ScoreAfter: c.Points(row.Score),
		PassedAfter: row.Passed})
	w.rows = append(w.rows, rescoredRow{row, before})
	return nil
}

func (s *Service) writeRescored(ctx context.Context, work *Work, w *rescoreWork) error {
	if err := w.writeFlips(ctx, work.Tx); err != nil {
		return err
	}
	if len(w.rows) == 0 {
		return nil
	}
	slices.SortFunc(w.rows, func(a, b rescoredRow) int { return cmp.Compare(a.PlayerID, b.PlayerID) })
	var changes []*Change
	for _, row := range w.rows {
		matched, err := work.Exec(ctx,
			"UPDATE attempts SET correct = ?, score = ?, passed = ?, all_right = ? WHERE id = ? AND correct = ? AND score = ?",
			row.Correct, row.Score, flag(row.Passed), flag(row.AllRight), row.ID, row.before.Correct, row.before.Score)
		if err != nil {
			return errs.Wrap(err, "score an attempt again")
		}
		if matched == 0 {
			return sqldb.ErrStale
		}
	}
	changes, err := s.changeRescored(ctx, work.Tx, w)
	if err != nil {
		return err
	}
	if err := writeProgress(ctx, work.Tx, w.changed()); err != nil {
		return err
	}
	if err := work.writeGrants(ctx, changes); err != nil {
		return err
	}
	return work.changed(ctx, changes)
}

// changeRescored sums the players of attempts that were scored again up anew, with
// what the attempts earn more.
func (s *Service) changeRescored(ctx context.Context, tx *sqldb.Tx, w *rescoreWork) ([]*Change, error) {
	rows := make([]*attemptRow, len(w.rows))
	for i, row := range w.rows {
		rows[i] = row.attemptRow
	}
	if err := s.readPlayers(ctx, tx, w.finishWork, rows); err != nil {
		return nil, err
	}
	changes := make([]*Change, len(w.rows))
	for i, row := range w.rows {
		c, p, e := w.editions[row.ID], w.players[row.player()], w.enrolled[row.player()]
		if p.record == nil {
			if err := p.countAll(ctx, tx); err != nil {
				return nil, err
			}
		}
		p.takes(row.ContestVersion, c.Definition, e)
		attempt := row.forRules()
		after := p.end(c.Definition, attempt)
		change := &Change{
			ContestID: row.ContestID, Contest: c.Definition, PlayerID: row.PlayerID, UnitID: e.UnitID, Attempt: &attempt,
			Ended: after.Ended, Passes: after.Passes(), Earned: c.EarnRescored(p.record, row.before, attempt),
		}
		change.Summary = p.gain(c.Definition, change.Earned, attempt.FinishedAt)
		change.Version = p.version
		changes[i] = change
	}
	return changes, nil
}
