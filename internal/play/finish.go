package play

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// Finished is one finished attempt, for hooks and followers.
type Finished struct {
	ContestID sqldb.ID
	Contest   *contest.Definition
	PlayerID  sqldb.ID
	UnitID    sqldb.ID
	Attempt   contest.Attempt
	// History is all attempts of the player in the contest, this one included.
	History contest.History
	// Version grows with each finished attempt of the player in the contest.
	Version int64
}

// Result is what a finished attempt came to.
type Result struct {
	Level      *contest.Level
	Passed     bool
	Correct    int
	Questions  int
	Score      int
	Best       bool // no attempt before scored as much
	UsedMS     int64
	Stars      int
	Unlocked   []*contest.Level
	TriesLeft  int
	FinishedAt int64
}

// finishing is one attempt on its way to being finished.
type finishing struct {
	id       sqldb.ID
	player   sqldb.ID
	row      *attemptRow // as it stands after the commit
	finished *Finished   // nil when it was finished before
}

// finish ends an attempt, once, and returns its result; one that is finished
// already keeps its result.
func (s *Service) finish(ctx context.Context, player, id sqldb.ID) (*Result, error) {
	f, err := s.end(ctx, player, id)
	if err != nil {
		return nil, err
	}
	if f.finished != nil {
		return s.result(ctx, f.row, f.finished.History)
	}
	history, err := s.History(ctx, f.row.ContestID, f.row.PlayerID)
	if err != nil {
		return nil, err
	}
	return s.result(ctx, f.row, history)
}

// end is finish without the result.
func (s *Service) end(ctx context.Context, player, id sqldb.ID) (*finishing, error) {
	f := &finishing{id: id, player: player}
	if err := s.finishes.Do(context.WithoutCancel(ctx), f); err != nil {
		return nil, err
	}
	if f.finished != nil {
		for _, follow := range s.followers {
			follow(f.finished)
		}
	}
	return f, nil
}

// result tells what the attempt came to out of the player's history.
func (s *Service) result(ctx context.Context, row *attemptRow, history contest.History) (*Result, error) {
	c, err := s.catalog.Edition(ctx, row.edition())
	if err != nil {
		return nil, err
	}
	level, index, _ := c.Level(row.LevelKey)
	result := &Result{
		Level: level, Passed: row.Passed, Correct: row.Correct, Questions: row.Questions, Score: row.Score,
		UsedMS: row.UsedMS, FinishedAt: row.FinishedAt,
		TriesLeft: c.LevelStates(history, s.millis())[index].TriesLeft,
	}
	if row.Passed {
		result.Stars = level.Stars(row.Score)
	}
	earlier := slices.DeleteFunc(slices.Clone(history), func(a contest.Attempt) bool {
		return a.FinishedAt == 0 || a.ID == int64(row.ID) || a.FinishedAt > row.FinishedAt
	})
	result.Best = row.Score > earlier.Best(row.LevelKey)
	result.Unlocked = c.Unlocked(earlier, row.forRules())
	return result, nil
}

// commitFinishes ends a batch of attempts in one transaction: it scores each
// from its stored responses, fills the positions that were not answered so that
// no response can follow, and runs the hooks.
func (s *Service) commitFinishes(ctx context.Context, tx *sqldb.Tx, batch []*finishing) error {
	w, err := s.readFinishes(ctx, tx, batch)
	if err != nil {
		return err
	}
	// The same order in every batch, so that two batches do not deadlock.
	slices.SortFunc(batch, func(a, b *finishing) int {
		return cmp.Or(cmp.Compare(w.attempts[a.id].PlayerID, w.attempts[b.id].PlayerID), cmp.Compare(a.id, b.id))
	})
	var finished []*Finished
	var rows []*attemptRow
	now := s.millis()
	for _, f := range batch {
		f.finished = nil // the transaction may be run again
		f.row = w.attempts[f.id]
		if f.row.FinishedAt != 0 {
			continue
		}
		if f.finished, err = s.score(ctx, w, f.row, now); err != nil {
			return err
		}
		finished, rows = append(finished, f.finished), append(rows, f.row)
	}
	if err := updateAttempts(ctx, tx, rows); err != nil {
		return err
	}
	if err := w.writeProgress(ctx, tx); err != nil {
		return err
	}
	if err := w.writeFlips(ctx, tx); err != nil {
		return err
	}
	if err := insertRows(ctx, tx, w.fillers); sqldb.IsDuplicate(err) {
		return sqldb.ErrStale // a response came between: score again
	} else if err != nil {
		return err
	}
	for _, hook := range s.hooks {
		if err := hook(ctx, tx, finished); err != nil {
			return err
		}
	}
	return nil
}

// neverShown stands in used_ms of a position that was filled at the end.
const neverShown = -1

// score computes the attempt's outcome by the edition that it was played by.
func (s *Service) score(ctx context.Context, w *finishWork, row *attemptRow, now int64) (*Finished, error) {
	c, err := s.catalog.Edition(ctx, row.edition())
	if err != nil {
		return nil, err
	}
	level, index, ok := c.Level(row.LevelKey)
	if !ok {
		return nil, errs.Wrap(contest.ErrNoLevel, "attempt %d", row.ID)
	}
	paper := level.Paper(c.Pools[index], uint64(row.Seed))
	asked := func(position int) *question.Question { return &c.Bank.Questions[paper[position-1]] }
	answered := make([]bool, row.Questions+1)
	for _, r := range w.responses[row.ID] {
		answered[r.Position] = true
		row.UsedMS += r.UsedMS
		if r.Choice != "" {
			row.Answered++
		}
		// Judged anew: the question may have been corrected since.
		q := asked(int(r.Position))
		if correct := c.Bank.Grade(q, readChoice(q.Kind, r.Choice)); correct != r.Correct {
			r.Correct = correct
			w.flips = append(w.flips, r)
		}
		if r.Correct {
			row.Correct++
		}
	}
	for position := 1; position <= row.Questions; position++ {
		if answered[position] {
			continue
		}
		q := asked(position)
		filler := &responseRow{AttemptID: row.ID, Position: uint8(position), QuestionID: q.ID, UsedMS: neverShown, AnsweredAt: now,
			Correct: c.Bank.Grade(q, question.Choice{})}
		if filler.Correct { // voided
			row.Correct++
		}
		w.fillers = append(w.fillers, filler)
	}
	row.FinishedAt = min(now, row.DeadlineAt) // found late, it counts on the day that it was played
	row.Score = row.Correct * level.Score
	row.Passed = row.Correct >= level.Pass
	history, version := w.advance(row)
	return w.finishedOf(c.Definition, row, history, version), nil
}

// updateAttempts ends a batch in one statement: a round trip for each would cost
// the store more than the answers do.
func updateAttempts(ctx context.Context, tx *sqldb.Tx, rows []*attemptRow) error {
	if len(rows) == 0 {
		return nil
	}
	columns := []struct {
		name  string
		value func(*attemptRow) int64
	}{
		{"answered", func(r *attemptRow) int64 { return int64(r.Answered) }},
		{"correct", func(r *attemptRow) int64 { return int64(r.Correct) }},
		{"score", func(r *attemptRow) int64 { return int64(r.Score) }},
		{"passed", func(r *attemptRow) int64 { return flag(r.Passed) }},
		{"used_ms", func(r *attemptRow) int64 { return r.UsedMS }},
	}
	set, args := "finished_at = ?", []any{rows[0].FinishedAt}
	for _, column := range columns {
		set += ", " + column.name + " = CASE id" + strings.Repeat(" WHEN ? THEN ?", len(rows)) + " ELSE " + column.name + " END"
		for _, row := range rows {
			args = append(args, int64(row.ID), column.value(row))
		}
	}
	for _, row := range rows {
		args = append(args, int64(row.ID))
	}
	matched, err := tx.Exec(ctx, "UPDATE attempts SET "+set+" WHERE finished_at = 0 AND id IN (?"+strings.Repeat(",?", len(rows)-1)+")", args...)
	if err == nil && matched != int64(len(rows)) {
		err = sqldb.ErrStale // another node ended one of them
	}
	return errs.Wrap(err, "end attempts")
}
