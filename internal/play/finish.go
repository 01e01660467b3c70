package play

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// Result is what a finished attempt came to.
type Result struct {
	Contest    *contest.Definition // by which it was played
	Level      *contest.Level
	Passed     bool
	Correct    int
	Questions  int
	Score      int
	Best       bool // no attempt before scored as much
	UsedMS     int64
	Stars      int
	Unlocked   []*contest.Level
	Left       contest.Left
	Revive     contest.DeedKind // what would give another try when none is left; empty for nothing
	FinishedAt int64
	Training   bool
	Earned     []contest.Grant
}

// finishing is one attempt on its way to being finished.
type finishing struct {
	id     sqldb.ID
	player sqldb.ID
	row    *attemptRow // as it stands after the commit
	change *Change     // nil when it was finished before
	made   []*Change   // all of the transaction; of the first in the batch only
}

// finish ends an attempt, once, and returns its result; one that is finished
// already keeps its result.
func (s *Service) finish(ctx context.Context, player, id sqldb.ID) (*Result, error) {
	f, err := s.end(ctx, player, id)
	if err != nil {
		return nil, err
	}
	if f.change != nil {
		return s.result(ctx, f.row, f.change.Record, f.change.Earned)
	}
	c, err := s.catalog.Edition(ctx, f.row.edition())
	if err != nil {
		return nil, err
	}
	record, err := s.Record(ctx, c.Definition, f.row.ContestID, f.row.PlayerID)
	if err != nil {
		return nil, err
	}
	earned := slices.DeleteFunc(slices.Clone(record.Grants), func(g contest.Grant) bool { return g.At != f.row.FinishedAt })
	return s.result(ctx, f.row, record, earned)
}

// end is finish without the result.
func (s *Service) end(ctx context.Context, player, id sqldb.ID) (*finishing, error) {
	f := &finishing{id: id, player: player}
	if err := s.finishes.Do(context.WithoutCancel(ctx), f); err != nil {
		return nil, err
	}
	s.follow(f.made)
	return f, nil
}

// result tells what the attempt came to out of the player's record.
func (s *Service) result(ctx context.Context, row *attemptRow, record *contest.Record, earned []contest.Grant) (*Result, error) {
	c, err := s.catalog.Edition(ctx, row.edition())
	if err != nil {
		return nil, err
	}
	level, _, _ := c.Level(row.LevelKey)
	now := s.millis()
	result := &Result{
		Contest: c.Definition, Level: level, Passed: row.Passed, Correct: row.Correct, Questions: level.Count(), Score: row.Score,
		UsedMS: row.UsedMS, FinishedAt: row.FinishedAt, Earned: earned, Training: row.Period < 0,
		Left: c.LeftAt(level, record, now),
	}
	if result.Left.Tries == 0 {
		result.Revive = c.Revives(level, record, now)
	}
	if row.Passed {
		result.Stars = level.Stars(row.Score)
	}
	earlier := slices.DeleteFunc(slices.Clone(record.History), func(a contest.Attempt) bool {
		return a.FinishedAt == 0 || a.ID == int64(row.ID) || a.FinishedAt > row.FinishedAt
	})
	result.Best = row.Score > earlier.Best(row.LevelKey)
	result.Unlocked = c.Unlocked(earlier, row.forRules())
	return result, nil
}

// commitFinishes ends a batch of attempts in one transaction: it scores each
// from its stored responses, fills the positions that were not answered so that
// no response can follow, writes what was earned, and runs the hooks.
func (s *Service) commitFinishes(ctx context.Context, tx *sqldb.Tx, batch []*finishing) error {
	w, err := s.readFinishes(ctx, tx, batch)
	if err != nil {
		return err
	}
	// The same order in every batch, so that two batches do not deadlock.
	slices.SortFunc(batch, func(a, b *finishing) int {
		return cmp.Or(cmp.Compare(w.attempts[a.id].PlayerID, w.attempts[b.id].PlayerID), cmp.Compare(a.id, b.id))
	})
	var changes []*Change
	var rows []*attemptRow
	now := s.millis()
	for _, f := range batch {
		f.change, f.made = nil, nil // the transaction may be run again
		f.row = w.attempts[f.id]
		if f.row.FinishedAt != 0 {
			continue
		}
		if f.change, err = s.score(ctx, w, f.row, now); err != nil {
			return err
		}
		changes, rows = append(changes, f.change), append(rows, f.row)
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
	if err := sqldb.Insert(ctx, tx, "INSERT INTO responses", w.fillers); sqldb.IsDuplicate(err) {
		return sqldb.ErrStale // a response came between: score again
	} else if err != nil {
		return err
	}
	work := &Work{Tx: tx, service: s}
	err = work.earn(ctx, changes, func(_ int, c *Change) []contest.Grant { return c.Contest.EarnAttempt(c.Record, *c.Attempt) })
	if err != nil {
		return err
	}
	err = work.changed(ctx, changes)
	batch[0].made = work.made
	return err
}

// earn completes the records of changes and writes what each earned by the rules.
func (w *Work) earn(ctx context.Context, changes []*Change, by func(i int, c *Change) []contest.Grant) error {
	if err := w.readRecords(ctx, changes); err != nil {
		return err
	}
	for i, c := range changes {
		// What the same player earned earlier in the batch is not stored yet.
		for _, before := range changes[:i] {
			if before.PlayerID == c.PlayerID && before.ContestID == c.ContestID {
				c.Record.Grants = append(slices.Clip(c.Record.Grants), before.Earned...)
			}
		}
		c.earn(by(i, c))
	}
	return w.writeGrants(ctx, changes)
}

// readRecords completes the records of changes that hold a history only, where
// the definition looks at more.
func (w *Work) readRecords(ctx context.Context, changes []*Change) error {
	var contests, players []sqldb.ID
	for _, c := range changes {
		if c.Contest.LooksBeyondAttempts() {
			contests, players = append(contests, c.ContestID), append(players, c.PlayerID)
		}
	}
	if len(players) == 0 {
		return nil
	}
	slices.Sort(contests)
	contests = slices.Compact(contests)
	slices.Sort(players)
	players = slices.Compact(players)
	l, err := readLedger(ctx, w.Tx, contests, players)
	if err != nil {
		return err
	}
	for _, contestID := range contests {
		enrolments, err := identity.EnrolmentsIn(ctx, w.Tx, contestID, players)
		if err != nil {
			return err
		}
		for _, c := range changes {
			if c.ContestID == contestID {
				c.Record = l.record(c.Contest, playerKey{contestID, c.PlayerID}, c.Record.History, enrolments[c.PlayerID])
			}
		}
	}
	return nil
}

// neverShown stands in used_ms of a position that was filled at the end.
const neverShown = -1

// score computes the attempt's outcome by the edition that it was played by.
func (s *Service) score(ctx context.Context, w *finishWork, row *attemptRow, now int64) (*Change, error) {
	c, err := s.catalog.Edition(ctx, row.edition())
	if err != nil {
		return nil, err
	}
	sheet, err := sheetOfRow(c, row)
	if err != nil {
		return nil, err
	}
	responses := w.responses[row.ID]
	answered := make([]bool, row.Questions+1)
	for i := range responses {
		r := &responses[i]
		answered[r.Position] = true
		row.UsedMS += r.UsedMS
		if r.Choice != "" {
			row.Answered++
		}
		// Judged anew: the question may have been corrected since.
		q := sheet.question(int(r.Position))
		if correct := c.Bank.Grade(q, readChoice(q.Kind, r.Choice)); correct != r.Correct {
			r.Correct = correct
			w.flips = append(w.flips, *r)
		}
	}
	for position := 1; position <= row.Questions; position++ {
		if answered[position] {
			continue
		}
		q := sheet.question(position)
		filler := &responseRow{AttemptID: row.ID, Position: uint8(position), QuestionID: q.ID, UsedMS: neverShown, AnsweredAt: now,
			Correct: c.Bank.Grade(q, question.Choice{})} // right when it is voided
		w.fillers = append(w.fillers, filler)
		responses = append(responses, *filler)
	}
	// Found late, it counts on the day that it was played; where the clock was set
	// back meanwhile, it still does not end before it began.
	row.FinishedAt = max(row.StartedAt, min(now, row.DeadlineAt))
	row.take(sheet, responses)
	history, version := w.advance(row)
	return w.changeOf(c.Definition, row, history, version), nil
}

// take sets the outcome that the responses come to.
func (row *attemptRow) take(s *sheet, responses []responseRow) {
	run := s.outcome(responses)
	row.Correct, row.Score, row.Passed = run.Correct, run.Score, s.level.PassedBy(run)
	row.AllRight = run.Correct == s.level.Count()
}

func (w *finishWork) changeOf(definition *contest.Definition, row *attemptRow, history contest.History, version int64) *Change {
	attempt := row.forRules()
	return &Change{
		ContestID: row.ContestID, Contest: definition, PlayerID: row.PlayerID,
		UnitID: w.players[playerKey{row.ContestID, row.PlayerID}].unit, Attempt: &attempt, Record: &contest.Record{History: history, Registered: true}, Version: version,
	}
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
		{"finished_at", func(r *attemptRow) int64 { return r.FinishedAt }},
		{"answered", func(r *attemptRow) int64 { return int64(r.Answered) }},
		{"correct", func(r *attemptRow) int64 { return int64(r.Correct) }},
		{"score", func(r *attemptRow) int64 { return int64(r.Score) }},
		{"passed", func(r *attemptRow) int64 { return flag(r.Passed) }},
		{"all_right", func(r *attemptRow) int64 { return flag(r.AllRight) }},
		{"used_ms", func(r *attemptRow) int64 { return r.UsedMS }},
	}
	set, args := "", []any{}
	for i, column := range columns {
		if i > 0 {
			set += ", "
		}
		set += column.name + " = CASE id" + strings.Repeat(" WHEN ? THEN ?", len(rows)) + " ELSE " + column.name + " END"
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
