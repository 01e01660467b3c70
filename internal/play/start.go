package play

import (
	"context"
	"errors"
	"math/rand/v2"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
)

// Step is where an attempt stands: a question to answer with its ticket, a ticket
// whose question waits (HandOut), or the result when nothing is left to answer.
type Step struct {
	Contest   *contest.Definition
	Level     *contest.Level
	Clock     contest.Clock
	Large     bool // the clock is that of large type
	StartedAt int64
	Deadline  int64 // at the latest
	Run       contest.Run
	RunTold   bool // Run may be told
	Questions int  // that this attempt asks
	Ticket    string
	Question  *Asked  // nil after the last, and while it waits
	Whole     *Whole  // of a level that is a whole paper, in place of Question
	Result    *Result // nil while questions are left
	Resumed   bool
}

// attemptRow is one row of attempts.
type attemptRow struct {
	ID             sqldb.ID `db:"id"`
	ContestID      sqldb.ID `db:"contest_id"`
	PlayerID       sqldb.ID `db:"player_id"`
	LevelKey       string   `db:"level_key"`
	Period         int      `db:"period"`
	Ordinal        int      `db:"ordinal"`
	UnitID         sqldb.ID `db:"unit_id"`
	ContestVersion int      `db:"contest_version"`
	BankVersion    int      `db:"bank_version"`
	Seed           int64    `db:"seed"`
	Questions      int      `db:"questions"`
	StartedAt      int64    `db:"started_at"`
	DeadlineAt     int64    `db:"deadline_at"`
	FinishedAt     int64    `db:"finished_at"`
	Answered       int      `db:"answered"`
	Correct        int      `db:"correct"`
	Score          int      `db:"score"`
	Passed         bool     `db:"passed"`
	UsedMS         int64    `db:"used_ms"`
	Bank           int      `db:"bank"`
	Retries        sqldb.ID `db:"retries"`
	Carried        string   `db:"kept"`
	AllRight       bool     `db:"all_right"`
	Large          bool     `db:"large"`
	Reached        int      `db:"reached"` // -1: it ended before that was counted
	Sample         int      `db:"sample"`  // day of the sample for guests that the paper is drawn from; 0: the whole bank
	// Held is decided when it ends (hold.go).
	Held contest.Held `db:"held"`

	slots    []contest.Slot // that it takes, when it is new
	progress *progress      // with the attempt, when it is new
	endsAt   int64          // when it is being ended
	told     bool           // when it has ended: what was right may be told
	whole    bool           // when it has ended: all that it asks was reached
}

var attemptColumns = sqldb.Columns[attemptRow]("")

func (a *attemptRow) player() playerKey { return playerKey{a.ContestID, a.PlayerID} }

// endAt is when the attempt ends that is found to be over at now: found late, it
// counts on the day that it was played; where the clock was set back meanwhile, it
// still does not end before it began.
func (a *attemptRow) endAt(now int64) int64 { return max(a.StartedAt, min(now, a.DeadlineAt)) }

func (a *attemptRow) edition() catalog.Edition {
	return catalog.Edition{ContestID: a.ContestID, Version: a.ContestVersion, Bank: a.Bank, BankVersion: a.BankVersion}
}

// With is what a player begins an attempt with.
type With struct {
	Large bool   // large type
	Seen  string // of OpenMaterial, where the level has a material
}

// Start begins an attempt at a level, or resumes the one under way. Two phones
// that press at once get the same attempt. Where leaving ends an attempt, coming
// back to one in which something was answered ends it and begins another. One under way
// keeps the type that it began with, and asks for no material. Errors: those of
// contest.NewAttempt, material_first, not_enrolled, fields_missing.
func (s *Service) Start(ctx context.Context, c *catalog.Contest, player sqldb.ID, levelKey string,
	with With) (*Step, error) {
	enrolment, err := s.players.Enrolment(ctx, c.ContestID, player)
	if err != nil {
		return nil, err
	}
	if missing := c.Missing(contest.WhenStart, enrolment.HasField); len(missing) > 0 {
		return nil, errFieldsMissing(missing[0])
	}
	for try := 0; ; try++ {
		progress, err := s.progressOf(ctx, c, enrolment)
		if err != nil {
			return nil, err
		}
		now := s.millis()
		if open, ok := progress.summary.UnderWay(levelKey, now); ok {
			step, err := s.resumeAttempt(ctx, sqldb.ID(open.ID))
			if err != nil || step.Result != nil || !step.Level.Ends.Leave || step.Run.Answered == 0 {
				return step, err
			}
			if _, err := s.finish(ctx, player, sqldb.ID(open.ID)); err != nil {
				return nil, err
			}
			continue
		}
		attempt, slots, err := c.NewAttempt(progress.summary, levelKey, now, with.Large)
		if err != nil {
			return nil, rulespage.Refused(c.Definition, progress.summary, levelKey, now, err)
		}
		if err := s.stood(c, player, levelKey, with.Seen, now); err != nil {
			return nil, err
		}
		row, edition, err := s.newAttempt(ctx, c, enrolment, attempt, with.Large)
		if err != nil {
			return nil, err
		}
		c.Begin(progress.summary, row.forRules())
		progress.version++
		row.slots, row.progress = slots, progress
		err = s.starts.Do(ctx, row)
		if (sqldb.IsDuplicate(err) || errors.Is(err, errOvertaken)) && try < startTries {
			continue // another phone was faster: look again
		}
		if err != nil {
			return nil, errs.Wrap(err, "start level %s", levelKey)
		}
		st, err := s.stageOfRow(edition, row, nil)
		if err != nil {
			return nil, err
		}
		if st.sheet.level.Whole() {
			return s.wholeStep(ctx, st)
		}
		return s.stepOf(st), nil
	}
}

// startTries is how often a start is tried again that another call of the player
// overtook.
const startTries = 5

// errFieldsMissing asks for what must be filled in before the first attempt.
func errFieldsMissing(field contest.Field) error {
	return errs.New(errs.Forbidden, "fields_missing", "请先填写"+field.Label+"，再开始答题")
}

// newAttempt makes the row of an attempt, and tells the edition it is played by.
func (s *Service) newAttempt(ctx context.Context, c *catalog.Contest, e identity.Enrolment, a contest.Attempt,
	large bool) (*attemptRow, *catalog.Contest, error) {
	level, index, _ := c.Level(a.Level)
	edition := c.For(index)
	row := &attemptRow{
		ID: s.ids.Next(), ContestID: c.ContestID, PlayerID: e.PlayerID, LevelKey: a.Level, Period: a.Period,
		Ordinal: a.Ordinal,
		UnitID:  e.UnitID, ContestVersion: edition.Version, Bank: edition.Edition.Bank, BankVersion: edition.BankVersion,
		Seed: int64(level.SeedOf(int64(e.PlayerID), rand.Uint64())), StartedAt: a.StartedAt, DeadlineAt: a.DeadlineAt,
		Large:  large && level.Time.Large == contest.LargeDouble,
		Sample: c.GuestDay(e.Proofs, a.StartedAt),
	}
	if a.Retries != 0 {
		var err error
		if edition, err = s.retry(ctx, row, sqldb.ID(a.Retries)); err != nil {
			return nil, nil, err
		}
	}
	sheet, err := sheetOfRow(edition, row)
	if err != nil {
		return nil, nil, err
	}
	row.Questions = len(sheet.asked)
	return row, edition, nil
}

// retry lets the row ask again what was wrong in an earlier attempt: on the same
// paper, by the same edition.
func (s *Service) retry(ctx context.Context, row *attemptRow, earlier sqldb.ID) (*catalog.Contest, error) {
	var before attemptRow
	if err := s.db.Get(ctx, &before, "SELECT "+attemptColumns+" FROM attempts WHERE id = ?", earlier); err != nil {
		return nil, errs.Wrap(err, "read the attempt to retry")
	}
	responses, err := s.storedResponses(ctx, s.db, earlier)
	if err != nil {
		return nil, err
	}
	c, err := s.catalog.Edition(ctx, before.edition())
	if err != nil {
		return nil, err
	}
	sheet, err := sheetOfRow(c, &before)
	if err != nil {
		return nil, err
	}
	carried := readCarried(before.Carried)
	for _, r := range responses {
		if r.Correct {
			carried.add(sheet.place(int(r.Position)))
		}
	}
	row.Retries, row.Seed, row.Sample, row.Carried = before.ID, before.Seed, before.Sample, carried.text()
	row.UsedMS = before.UsedMS // who was right at once took no longer
	row.ContestVersion, row.Bank, row.BankVersion = before.ContestVersion, before.Bank, before.BankVersion
	return c, nil
}

// slotRow is one row of attempt_slots: what an attempt takes of a limit.
type slotRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	LimitKey  string   `db:"limit_key"`
	Period    int      `db:"period"`
	Ordinal   int      `db:"ordinal"`
	AttemptID sqldb.ID `db:"attempt_id"`
}

func (s *Service) commitStarts(ctx context.Context, tx *sqldb.Tx, batch []*attemptRow) error {
	if err := sqldb.Insert(ctx, tx, "INSERT INTO attempts", batch); err != nil {
		return err
	}
	changed := make([]*progress, len(batch))
	var slots []slotRow
	for i, a := range batch {
		changed[i] = a.progress
		for _, slot := range a.slots {
			slots = append(slots, slotRow{a.ContestID, a.PlayerID, slot.Limit, slot.Period, slot.Ordinal, a.ID})
		}
	}
	if err := claimProgress(ctx, tx, changed); err != nil {
		return err
	}
	return sqldb.Insert(ctx, tx, "INSERT INTO attempt_slots", slots)
}

// History reads every attempt of a player in a contest, oldest first.
func (s *Service) History(ctx context.Context, contestID, player sqldb.ID) (contest.History, error) {
	rows, err := readHistories(ctx, s.db, []sqldb.ID{player})
	if err != nil {
		return nil, err
	}
	return historyOf(rows, contestID, player), nil
}

func readHistories(ctx context.Context, from sqldb.Reader, players []sqldb.ID) ([]attemptRow, error) {
	var rows []attemptRow
	err := from.SelectIn(ctx, &rows, "SELECT "+attemptColumns+" FROM attempts WHERE player_id IN (?) ORDER BY id", players)
	return rows, errs.Wrap(err, "read the history of players")
}

func historyOf(rows []attemptRow, contestID, player sqldb.ID) contest.History {
	var history contest.History
	for i := range rows {
		if rows[i].ContestID == contestID && rows[i].PlayerID == player {
			history = append(history, rows[i].forRules())
		}
	}
	return history
}

// forRules is the attempt as the contest's rules see it.
func (a *attemptRow) forRules() contest.Attempt {
	return contest.Attempt{
		ID: int64(a.ID), Level: a.LevelKey, Period: a.Period, Ordinal: a.Ordinal, StartedAt: a.StartedAt,
		DeadlineAt: a.DeadlineAt, FinishedAt: a.FinishedAt, Correct: a.Correct, Score: a.Score, Passed: a.Passed,
		Full: a.AllRight, Reached: max(0, a.Reached), UsedMS: a.UsedMS, Retries: int64(a.Retries), Held: a.Held,
	}
}

// stageOfRow is where a stored attempt stands after the responses, in order of
// position.
func (s *Service) stageOfRow(c *catalog.Contest, row *attemptRow, responses []responseRow) (*stage, error) {
	sheet, err := sheetOfRow(c, row)
	if err != nil {
		return nil, err
	}
	t := &ticket{
		Player: row.PlayerID, Attempt: row.ID, Edition: row.edition(), Seed: uint64(row.Seed), Sample: row.Sample,
		Level: uint8(sheet.index), Position: uint8(len(responses) + 1), Run: sheet.run(responses),
		Carried: readCarried(row.Carried),
		Started: row.StartedAt, Deadline: row.DeadlineAt, Shown: row.StartedAt, Large: row.Large,
	}
	clock := c.Clock(sheet.level, row.Large)
	for _, r := range responses {
		t.Read += clock.Read(r.AnsweredAt - r.UsedMS - t.Shown) // from the one before to the hand-out
		t.Shown = max(t.Shown, r.AnsweredAt)
		t.Waiting = r.Waits
		t.Hasty = t.Hasty || s.hasty(sheet, &r)
	}
	return sheet.stage(t)
}

// stepOf tells a player where the attempt stands.
func (s *Service) stepOf(st *stage) *Step {
	step := &Step{
		Contest: st.sheet.contest.Definition, Level: st.sheet.level, Clock: st.clock, Large: st.ticket.Large,
		StartedAt: st.ticket.Started, Deadline: st.ticket.Deadline, Run: st.ticket.Run, Questions: len(st.sheet.asked),
		Ticket:  s.sealer.seal(st.ticket),
		RunTold: st.sheet.contest.Feedback == contest.FeedbackEach && !st.ticket.Hasty,
	}
	if !st.ticket.Waiting {
		step.Question = st.ask()
	}
	return step
}
