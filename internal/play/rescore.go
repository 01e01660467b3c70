package play

import (
	"context"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// Rescoring is a question whose responses are judged anew, because it was
// corrected or voided.
type Rescoring struct {
	Bank       string
	QuestionID string
	Kind       question.Kind
	Grade      func(question.Choice) bool
}

// Changed is one attempt whose outcome a rescoring changes.
type Changed struct {
	ContestID    sqldb.ID
	PlayerID     sqldb.ID
	AttemptID    sqldb.ID
	Level        string
	ScoreBefore  int
	ScoreAfter   int
	PassedBefore bool
	PassedAfter  bool
}

const rescoresAtOnce = 64

// PreviewRescore tells, without writing, which finished attempts a rescoring
// would change.
func (s *Service) PreviewRescore(ctx context.Context, r Rescoring, visit func(Changed)) error {
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
func (s *Service) Rescore(ctx context.Context, r Rescoring, visit func(Changed)) error {
	return s.eachRescored(ctx, r, func(responses []responseRow) error {
		var w *rescoreWork
		err := s.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
			if w, err = s.regrade(ctx, tx, r, responses); err != nil {
				return err
			}
			return s.writeRescored(ctx, tx, w)
		})
		if err != nil {
			return err
		}
		for _, f := range w.finished {
			for _, follow := range s.followers {
				follow(f)
			}
		}
		for _, change := range w.changes {
			visit(change)
		}
		return nil
	})
}

// eachRescored hands the stored responses to the question to use, some at a
// time. It goes through all responses once; there is no index by question,
// which would cost every answer.
func (s *Service) eachRescored(ctx context.Context, r Rescoring, use func([]responseRow) error) error {
	after := sqldb.ID(0)
	for {
		var rows []responseRow
		err := s.db.Select(ctx, &rows, `
			SELECT attempt_id, position, choice, correct, used_ms, answered_at FROM responses
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
	changes  []Changed
	rows     []*attemptRow // attempts whose score changes
	finished []*Finished
}

func (s *Service) regrade(ctx context.Context, from reader, r Rescoring, responses []responseRow) (*rescoreWork, error) {
	ids := make([]sqldb.ID, len(responses))
	for i := range responses {
		ids[i] = responses[i].AttemptID
	}
	w := &rescoreWork{finishWork: newFinishWork()}
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
		correct := r.Grade(readChoice(r.Kind, response.Choice))
		if c.Bank.Name != r.Bank {
			continue
		}
		if correct != response.Correct {
			response.Correct = correct
			w.flips = append(w.flips, response)
		}
		if row.FinishedAt != 0 {
			w.change(c, row, response)
		}
	}
	var players []sqldb.ID
	for _, row := range w.rows {
		players = append(players, row.PlayerID)
	}
	if len(players) == 0 {
		return w, nil
	}
	slices.Sort(players)
	_, err := w.readPlayers(ctx, from, slices.Compact(players))
	return w, err
}

// change scores an attempt again, with one response judged anew.
func (w *rescoreWork) change(c *catalog.Contest, row *attemptRow, judged responseRow) {
	level, _, ok := c.Level(row.LevelKey)
	if !ok {
		return
	}
	correct := 0
	for _, r := range w.responses[row.ID] {
		if r.Position == judged.Position {
			r = judged
		}
		if r.Correct {
			correct++
		}
	}
	if correct == row.Correct {
		return
	}
	change := Changed{ContestID: row.ContestID, PlayerID: row.PlayerID, AttemptID: row.ID, Level: row.LevelKey,
		ScoreBefore: row.Score, PassedBefore: row.Passed}
	row.Correct, row.Score, row.Passed = correct, correct*level.Score, correct >= level.Pass
	change.ScoreAfter, change.PassedAfter = row.Score, row.Passed
	w.changes = append(w.changes, change)
	w.rows = append(w.rows, row)
}

func (s *Service) writeRescored(ctx context.Context, tx *sqldb.Tx, w *rescoreWork) error {
	if err := w.writeFlips(ctx, tx); err != nil {
		return err
	}
	if len(w.rows) == 0 {
		return nil
	}
	slices.SortFunc(w.rows, func(a, b *attemptRow) int { return int(a.PlayerID - b.PlayerID) })
	for i, row := range w.rows {
		matched, err := tx.Exec(ctx, "UPDATE attempts SET correct = ?, score = ?, passed = ? WHERE id = ? AND score = ?",
			row.Correct, row.Score, flag(row.Passed), row.ID, w.changeOf(row).ScoreBefore)
		if err != nil {
			return errs.Wrap(err, "score an attempt again")
		}
		if matched == 0 {
			return sqldb.ErrStale
		}
		c, err := s.catalog.Edition(ctx, row.edition())
		if err != nil {
			return err
		}
		history, version := w.advance(row)
		w.finished = append(w.finished[:i], w.finishedOf(c.Definition, row, history, version))
	}
	if err := w.writeProgress(ctx, tx); err != nil {
		return err
	}
	for _, hook := range s.hooks {
		if err := hook(ctx, tx, w.finished); err != nil {
			return err
		}
	}
	return nil
}

func (w *rescoreWork) changeOf(row *attemptRow) *Changed {
	at := slices.IndexFunc(w.changes, func(c Changed) bool { return c.AttemptID == row.ID })
	return &w.changes[at]
}

func (w *finishWork) finishedOf(definition *contest.Definition, row *attemptRow, history contest.History, version int64) *Finished {
	return &Finished{
		ContestID: row.ContestID, Contest: definition, PlayerID: row.PlayerID, UnitID: row.UnitID,
		Attempt: row.forRules(), History: history, Version: version,
	}
}
