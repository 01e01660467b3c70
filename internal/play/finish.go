package play

import (
	"context"
	"slices"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
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
	// Told: what it came to may be told. Where it may not, Passed still may if
	// PassedTold.
	Told       bool
	PassedTold bool
	Held       contest.Held
	Sections   []SectionResult // of a whole paper, where that may be told
	ReviewAt   int64           // from when it may be looked at again with what was right; 0: not at all
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
		c := f.change
		return s.result(ctx, f.row, c.Summary, c.Earned, c.best, c.unlocked)
	}
	return s.resultAgain(ctx, f.row)
}

// resultAgain is the result of an attempt that was finished before: what it came
// to then, and what is left now.
func (s *Service) resultAgain(ctx context.Context, shared *attemptRow) (*Result, error) {
	own := *shared // others who ask for the same attempt have the same row
	row := &own
	c, err := s.catalog.Edition(ctx, row.edition())
	if err != nil {
		return nil, err
	}
	record, err := s.Record(ctx, c.Definition, row.ContestID, row.PlayerID)
	if err != nil {
		return nil, err
	}
	earned := slices.DeleteFunc(slices.Clone(record.Grants), func(g contest.Grant) bool { return g.At != row.FinishedAt })
	until := *record
	until.History = slices.DeleteFunc(slices.Clone(record.History), func(a contest.Attempt) bool {
		return a.FinishedAt == 0 || a.FinishedAt > row.FinishedAt
	})
	after := c.Summarize(&until, row.FinishedAt)
	until.History = slices.DeleteFunc(until.History, func(a contest.Attempt) bool { return a.ID == int64(row.ID) })
	before := c.Summarize(&until, row.FinishedAt)
	unlocked := c.Unlocked(c.Locked(before, row.FinishedAt), after, row.FinishedAt)
	best := row.Score > before.Best(row.LevelKey)
	if err := s.tellAgain(ctx, c, row); err != nil {
		return nil, err
	}
	return s.result(ctx, row, c.Summarize(record, s.millis()), earned, best, unlocked)
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

// result tells what the attempt came to, and by the player's summary what is left.
func (s *Service) result(
	ctx context.Context, row *attemptRow, summary *contest.Summary, earned []contest.Grant, best bool,
	unlocked []*contest.Level,
) (*Result, error) {
	c, err := s.catalog.Edition(ctx, row.edition())
	if err != nil {
		return nil, err
	}
	level, _, _ := c.Level(row.LevelKey)
	now := s.millis()
	result := &Result{
		Contest: c.Definition, Level: level, Passed: row.Passed, Correct: row.Correct, Questions: level.Count(),
		Score: row.Score,
		Best:  best && row.Held == contest.HeldNot, UsedMS: row.UsedMS, Unlocked: unlocked, FinishedAt: row.FinishedAt,
		Earned:   earned,
		Training: row.Period < 0,
		Left:     c.LeftAt(level, summary, now),
		Told:     row.told && c.Tells(now), Held: row.Held,
	}
	result.PassedTold = result.Told || row.whole && row.Held == contest.HeldNot
	if !result.PassedTold {
		result.Unlocked = nil
	}
	if result.Left.Tries == 0 {
		result.Revive = c.Revives(level, summary, now)
	}
	if result.Told {
		if result.Sections, err = s.sectionsOf(ctx, c, row); err != nil {
			return nil, err
		}
	}
	if at := c.ShownAt(level, row.FinishedAt); level.Whole() && !contest.NeverShown(at) {
		result.ReviewAt = at
	}
	if row.Passed {
		result.Stars = level.Stars(row.Score)
	}
	return result, nil
}

// commitFinishes ends a batch of attempts in one transaction: it scores each
// from its stored responses, fills the positions that were not answered so that
// no response can follow, writes what was earned, and runs the hooks.
func (s *Service) commitFinishes(ctx context.Context, tx *sqldb.Tx, batch []*finishing) error {
	now := s.millis()
	w, err := s.readFinishes(ctx, tx, batch, now)
	if err != nil {
		return err
	}
	var changes []*Change
	var rows []*attemptRow
	for _, f := range batch {
		f.change, f.made = nil, nil // the transaction may be run again
		if f.row.FinishedAt != 0 {
			continue
		}
		w.score(f.row, now)
		f.change = w.end(f.row)
		rows = append(rows, f.row)
		if f.row.Held == contest.HeldNot {
			changes = append(changes, f.change)
		}
	}
	if err := updateAttempts(ctx, tx, rows); err != nil {
		return err
	}
	if err := writeProgress(ctx, tx, w.changed()); err != nil {
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
	if err := sqldb.Insert(ctx, tx, "INSERT INTO paper_answers", w.closings); sqldb.IsDuplicate(err) {
		return sqldb.ErrStale // an answer came between: score again
	} else if err != nil {
		return err
	}
	work := &Work{Tx: tx, service: s}
	if err := work.writeGrants(ctx, changes); err != nil {
		return err
	}
	err = work.changed(ctx, changes)
	batch[0].made = work.made
	return err
}

// neverShown stands in used_ms of a position that was filled at the end.
const neverShown = -1

// score computes the attempt's outcome by the edition that it was played by.
func (w *finishWork) score(row *attemptRow, now int64) {
	c, sheet := w.editions[row.ID], w.sheets[row.ID]
	responses := w.responses[row.ID]
	if sheet.level.Whole() {
		responses = w.handIn(c, row, now)
		for i := range responses {
			w.fillers = append(w.fillers, &responses[i])
		}
	}
	answered := make([]bool, row.Questions+1)
	row.Reached = len(responses)
	for i := range responses {
		r := &responses[i]
		answered[r.Position] = true
		row.UsedMS += max(0, r.UsedMS, w.least(sheet, r))
		if r.Choice != "" {
			row.Answered++
		}
		// Judged anew: the question may have been corrected since.
		q := sheet.question(int(r.Position))
		if correct := c.Bank.Grade(q, question.ReadChoice(q.Kind, r.Choice)); correct != r.Correct {
			r.Correct = correct
			w.flips = append(w.flips, *r)
		}
	}
	for position := 1; position <= row.Questions; position++ {
		if answered[position] {
			continue
		}
		q := sheet.question(position)
		filler := &responseRow{AttemptID: row.ID, Position: uint8(position), QuestionID: q.ID, UsedMS: neverShown,
			AnsweredAt: now,
			Correct:    c.Bank.Grade(q, question.Choice{})} // right when it is voided
		w.fillers = append(w.fillers, filler)
		responses = append(responses, *filler)
	}
	row.FinishedAt = row.endsAt
	if sheet.level.Whole() {
		row.UsedMS = max(row.UsedMS, row.endsAt-row.StartedAt)
	}
	row.take(sheet, responses)
	hasty, whole := w.pace(sheet, responses)
	row.Held = contest.HeldBy(hasty, row.Questions, row.Period < 0)
	row.tell(hasty, whole)
}

// end adds the end of a scored attempt to its player's progress, with what it earns.
func (w *finishWork) end(row *attemptRow) *Change {
	c, p, e := w.editions[row.ID], w.players[row.player()], w.enrolled[row.player()]
	p.takes(row.ContestVersion, c.Definition, e)
	attempt := row.forRules()
	change := &Change{ContestID: row.ContestID, Contest: c.Definition, PlayerID: row.PlayerID, UnitID: e.UnitID,
		Attempt: &attempt}
	before := p.at(c.Definition, attempt.FinishedAt)
	locked := c.Locked(before, attempt.FinishedAt)
	change.best = row.Score > before.Best(row.LevelKey)
	change.First = before.OnNoBoard()
	after := p.end(c.Definition, attempt)
	change.unlocked = c.Unlocked(locked, after, attempt.FinishedAt)
	change.Ended, change.Passes = after.Ended, after.Passes()
	if attempt.Held == contest.HeldNot {
		change.Earned = c.EarnAttempt(after, attempt)
	}
	change.Summary = p.gain(c.Definition, change.Earned, attempt.FinishedAt)
	change.Version = p.version
	return change
}

// take sets the outcome that the responses come to.
func (row *attemptRow) take(s *sheet, responses []responseRow) {
	run := s.outcome(responses)
	if row.Reached >= 0 && !s.scores(responses) {
		run = contest.Run{}
	}
	row.Correct, row.Score, row.Passed = run.Correct, run.Total(), s.level.PassedBy(run)
	row.AllRight = run.Correct == s.level.Count()
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
		{"reached", func(r *attemptRow) int64 { return int64(r.Reached) }},
		{"held", func(r *attemptRow) int64 { return int64(r.Held) }},
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
	matched, err := tx.Exec(ctx, "UPDATE attempts SET "+set+" WHERE finished_at = 0 AND id IN (?"+strings.Repeat(",?",
		len(rows)-1)+")", args...)
	if err == nil && matched != int64(len(rows)) {
		err = sqldb.ErrStale // another node ended one of them
	}
	return errs.Wrap(err, "end attempts")
}
