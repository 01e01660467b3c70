package play

import (
	"cmp"
	"context"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// HeldAttempt is an attempt that waits for staff to look.
type HeldAttempt struct {
	ID         sqldb.ID
	PlayerID   sqldb.ID
	Level      string
	StartedAt  int64 // UTC ms
	FinishedAt int64
	Questions  int
	Answered   int
	Correct    int
	Score      int
	Hasty      []HastyAnswer
}

// HastyAnswer is a response that came faster than anybody reads.
type HastyAnswer struct {
	Position int
	Stem     string
	UsedMS   int64
	LeastMS  int64
	Passed   bool // over, without an answer
	Correct  bool
}

// Held lists attempts of a contest that wait for staff to look, the oldest first,
// from one number on; total is how many wait.
func (s *Service) Held(ctx context.Context, contestID sqldb.ID, after, limit int) (list []HeldAttempt, total int,
	err error) {
	const waiting = " FROM attempts WHERE held = 1 AND contest_id = ?"
	if err = s.db.Get(ctx, &total, "SELECT COUNT(*)"+waiting, contestID); err != nil {
		return nil, 0, errs.Wrap(err, "count the attempts that are held")
	}
	var rows []attemptRow
	err = s.db.Select(ctx, &rows, "SELECT "+attemptColumns+waiting+" ORDER BY finished_at, id LIMIT ? OFFSET ?",
		contestID, limit, after)
	if err != nil || len(rows) == 0 {
		return nil, total, errs.Wrap(err, "list the attempts that are held")
	}
	ids := make([]sqldb.ID, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	responses, err := s.responsesOf(ctx, ids)
	if err != nil {
		return nil, total, err
	}
	for i := range rows {
		row := &rows[i]
		held := HeldAttempt{ID: row.ID, PlayerID: row.PlayerID, Level: row.LevelKey, StartedAt: row.StartedAt,
			FinishedAt: row.FinishedAt, Questions: row.Questions, Answered: row.Answered, Correct: row.Correct,
			Score: row.Score}
		if held.Hasty, err = s.hastyOf(ctx, row, responses[row.ID]); err != nil {
			return nil, total, err
		}
		list = append(list, held)
	}
	return list, total, nil
}

// hastyOf lists the hasty responses of an attempt.
func (s *Service) hastyOf(ctx context.Context, row *attemptRow, responses []responseRow) ([]HastyAnswer, error) {
	c, err := s.catalog.Edition(ctx, row.edition())
	if err != nil {
		return nil, err
	}
	sheet, err := sheetOfRow(c, row)
	if err != nil {
		return nil, err
	}
	var hasty []HastyAnswer
	for i := range responses {
		r := &responses[i]
		if !s.hasty(sheet, r) {
			continue
		}
		hasty = append(hasty, HastyAnswer{Position: int(r.Position), Stem: sheet.question(int(r.Position)).Stem,
			UsedMS: r.UsedMS, LeastMS: s.least(sheet, r), Passed: r.Choice == "", Correct: r.Correct})
	}
	return hasty, nil
}

// DecideHeld ends the wait of attempts of a contest: those that count give all that
// they would have given, once, through the same hooks; the others never count. Those
// on which somebody decided before are passed over; decided tells how many were not.
func (s *Service) DecideHeld(ctx context.Context, by staff.Actor, c *catalog.Contest, ids []sqldb.ID, counts bool,
) (decided int, err error) {
	if len(ids) == 0 {
		return 0, nil
	}
	work := &Work{service: s}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		work.Tx, work.made, decided = tx, nil, 0
		w := s.newFinishWork()
		rows, err := w.readHeld(ctx, tx, c.ContestID, ids)
		if err != nil || len(rows) == 0 {
			return err
		}
		decided = len(rows)
		if err := s.readPlayers(ctx, tx, w, rows); err != nil {
			return err
		}
		for _, p := range w.players {
			if p.record != nil {
				continue
			}
			if err := p.countAll(ctx, tx); err != nil {
				return err
			}
		}
		if err := s.decideHeld(ctx, work, w, rows, counts); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: heldAction[counts], Subject: c.Slug,
			Detail: map[string]any{"attempts": idsOf(rows), "players": playersOf(rows)}})
	})
	if err != nil {
		return 0, errs.Wrap(err, "decide on attempts that are held")
	}
	s.follow(work.made)
	return decided, nil
}

// heldAction is what the audit log calls it, by whether the attempts count.
var heldAction = map[bool]string{true: "attempt.release", false: "attempt.leave_out"}

// decideHeld writes the decision, and where the attempts count what they give.
func (s *Service) decideHeld(ctx context.Context, work *Work, w *finishWork, rows []*attemptRow, counts bool) error {
	held := contest.HeldOut
	if counts {
		held = contest.HeldNot
	}
	var changes []*Change
	for _, row := range rows {
		matched, err := work.Exec(ctx, "UPDATE attempts SET held = ? WHERE id = ? AND held = 1", int(held), row.ID)
		if err == nil && matched == 0 {
			err = sqldb.ErrStale // somebody else decided
		}
		if err != nil {
			return errs.Wrap(err, "decide on an attempt that is held")
		}
		row.Held = held
		if change := w.decided(row); counts {
			changes = append(changes, change)
		}
	}
	if err := writeProgress(ctx, work.Tx, w.changed()); err != nil {
		return err
	}
	if err := work.writeGrants(ctx, changes); err != nil {
		return err
	}
	return work.changed(ctx, changes)
}

// decided sums the player of an attempt up anew, on which staff decided; the record
// was read before.
func (w *finishWork) decided(row *attemptRow) *Change {
	c, p, e := w.editions[row.ID], w.players[row.player()], w.enrolled[row.player()]
	p.takes(row.ContestVersion, c.Definition, e)
	attempt := row.forRules()
	before := p.at(c.Definition, attempt.FinishedAt)
	change := &Change{ContestID: row.ContestID, Contest: c.Definition, PlayerID: row.PlayerID, UnitID: e.UnitID,
		Attempt: &attempt, First: before.OnNoBoard()}
	after := p.end(c.Definition, attempt)
	change.Ended, change.Passes = after.Ended, after.Passes()
	if attempt.Held == contest.HeldNot {
		change.Earned = c.EarnLate(p.record, attempt)
	}
	change.Summary = p.gain(c.Definition, change.Earned, attempt.FinishedAt)
	change.Version = p.version
	return change
}

// readHeld reads those of the attempts that wait for staff to look, by player and end.
func (w *finishWork) readHeld(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, ids []sqldb.ID,
) ([]*attemptRow, error) {
	var read []attemptRow
	err := tx.SelectIn(ctx, &read, "SELECT "+attemptColumns+` FROM attempts
		WHERE held = 1 AND contest_id = ? AND id IN (?)`, contestID, ids)
	rows := make([]*attemptRow, len(read))
	for i := range read {
		rows[i] = &read[i]
	}
	slices.SortFunc(rows, func(a, b *attemptRow) int {
		return cmp.Or(cmp.Compare(a.PlayerID, b.PlayerID), cmp.Compare(a.FinishedAt, b.FinishedAt), cmp.Compare(a.ID, b.ID))
	})
	return rows, errs.Wrap(err, "read attempts that are held")
}

func idsOf(rows []*attemptRow) []string {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID.String()
	}
	return ids
}

func playersOf(rows []*attemptRow) []string {
	var players []string
	for _, row := range rows {
		if id := row.PlayerID.String(); !slices.Contains(players, id) {
			players = append(players, id)
		}
	}
	return players
}
