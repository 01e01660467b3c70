package play

import (
	"context"
	"errors"
	"math/rand/v2"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Step is where an attempt stands: a question to answer with its ticket, or the
// result when nothing is left to answer.
type Step struct {
	Level     *contest.Level
	StartedAt int64
	Deadline  int64
	Correct   int
	Score     int
	Ticket    string
	Question  *Asked  // nil after the last
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
}

const attemptColumns = `id, contest_id, player_id, level_key, period, ordinal, unit_id, contest_version, bank_version,
	seed, questions, started_at, deadline_at, finished_at, answered, correct, score, passed, used_ms`

func (a *attemptRow) edition() catalog.Edition {
	return catalog.Edition{ContestID: a.ContestID, Version: a.ContestVersion, BankVersion: a.BankVersion}
}

// Start begins an attempt at a level, or resumes the one under way. Two phones
// that press at once get the same attempt. Errors: those of
// contest.NewAttempt, not_enrolled.
func (s *Service) Start(ctx context.Context, c *catalog.Contest, player sqldb.ID, levelKey string) (*Step, error) {
	enrolment, err := s.players.Enrolment(ctx, c.ContestID, player)
	if err != nil {
		return nil, err
	}
	for try := 0; ; try++ {
		history, err := s.History(ctx, c.ContestID, player)
		if err != nil {
			return nil, err
		}
		now := s.millis()
		if open, ok := history.UnderWay(levelKey, now); ok {
			return s.resume(ctx, sqldb.ID(open.ID))
		}
		attempt, err := c.NewAttempt(history, levelKey, now)
		if err != nil {
			return nil, err
		}
		row := newAttemptRow(s.ids.Next(), c, player, enrolment.UnitID, attempt)
		err = s.starts.Do(ctx, row)
		if sqldb.IsDuplicate(err) && try < 3 {
			continue // another phone was faster: resume its attempt
		}
		if err != nil {
			return nil, errs.Wrap(err, "start level %s", levelKey)
		}
		return s.step(c, row, nil)
	}
}

func newAttemptRow(id sqldb.ID, c *catalog.Contest, player, unitID sqldb.ID, a contest.Attempt) *attemptRow {
	level, _, _ := c.Level(a.Level)
	return &attemptRow{
		ID: id, ContestID: c.ContestID, PlayerID: player, LevelKey: a.Level, Period: a.Period, Ordinal: a.Ordinal,
		UnitID: unitID, ContestVersion: c.Version, BankVersion: c.BankVersion,
		Seed: int64(rand.Uint64()), Questions: level.Count(), StartedAt: a.StartedAt, DeadlineAt: a.DeadlineAt,
	}
}

func (s *Service) commitStarts(ctx context.Context, tx *sqldb.Tx, batch []*attemptRow) error {
	rows := make([][]any, len(batch))
	for i, a := range batch {
		rows[i] = []any{a.ID, a.ContestID, a.PlayerID, a.LevelKey, a.Period, a.Ordinal, a.UnitID, a.ContestVersion, a.BankVersion,
			a.Seed, a.Questions, a.StartedAt, a.DeadlineAt, 0, 0, 0, 0, 0, 0}
	}
	return tx.InsertRows(ctx, "INSERT INTO attempts ("+attemptColumns+")", rows)
}

// History reads every attempt of a player in a contest, oldest first.
func (s *Service) History(ctx context.Context, contestID, player sqldb.ID) (contest.History, error) {
	rows, err := readHistories(ctx, s.db, []sqldb.ID{player})
	if err != nil {
		return nil, err
	}
	return historyOf(rows, contestID, player), nil
}

// reader reads rows, inside a transaction or outside.
type reader interface {
	Select(ctx context.Context, dest any, query string, args ...any) error
	SelectIn(ctx context.Context, dest any, query string, args ...any) error
}

func readHistories(ctx context.Context, from reader, players []sqldb.ID) ([]attemptRow, error) {
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
	}
}

// step makes the next question of an attempt from the responses stored so far.
func (s *Service) step(c *catalog.Contest, row *attemptRow, responses []responseRow) (*Step, error) {
	level, index, ok := c.Level(row.LevelKey)
	if !ok {
		return nil, errors.New("attempt " + row.ID.String() + ": its edition has no level " + row.LevelKey)
	}
	t := &ticket{
		Player: row.PlayerID, Attempt: row.ID, Edition: row.edition(), Seed: uint64(row.Seed), Level: uint8(index),
		Position: uint8(len(responses) + 1), Started: row.StartedAt, Deadline: row.DeadlineAt, Shown: row.StartedAt,
	}
	for _, r := range responses {
		t.Shown = max(t.Shown, r.AnsweredAt)
		if r.Correct {
			t.Correct++
		}
	}
	step := &Step{
		Level: level, StartedAt: row.StartedAt, Deadline: row.DeadlineAt, Resumed: len(responses) > 0,
		Correct: int(t.Correct), Score: int(t.Correct) * level.Score,
	}
	st, err := stageOf(c, t)
	if err != nil {
		return nil, err
	}
	step.Ticket, step.Question = s.sealer.seal(t), st.ask(s.sealer)
	return step, nil
}
