package bench

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/contest"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// The rows below are those that the packages of these tables write, as they stand after the
// program has stored them.

type playerRow struct {
	ID        sqldb.ID `db:"id"`
	CreatedAt int64    `db:"created_at"`
}

type enrolmentRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	Nickname  string   `db:"nickname"`
	UnitID    sqldb.ID `db:"unit_id"`
	JoinedAt  int64    `db:"joined_at"`
	Division  string   `db:"division"`
}

type channelRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	Code      string   `db:"code"`
	Name      string   `db:"name"`
	Kind      string   `db:"kind"`
	CreatedAt int64    `db:"created_at"`
}

type arrivalRow struct {
	ContestID  sqldb.ID `db:"contest_id"`
	PlayerID   sqldb.ID `db:"player_id"`
	Channel    string   `db:"channel"`
	InviterID  sqldb.ID `db:"inviter_id"`
	State      string   `db:"state"`
	Reason     string   `db:"reason"`
	Device     string   `db:"device"`
	Network    string   `db:"network"`
	ArrivedAt  int64    `db:"arrived_at"`
	ReachedAt  int64    `db:"reached_at"`
	ChangedAt  int64    `db:"changed_at"`
	CountedDay int      `db:"counted_day"`
	Ordinal    sqldb.ID `db:"ordinal"`
	TriedAt    int64    `db:"tried_at"`
	PassedAt   int64    `db:"passed_at"`
}

type deedRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	Kind      string   `db:"kind"`
	Ref       string   `db:"ref"`
	DoneAt    int64    `db:"done_at"`
}

type progressRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	Version   int64    `db:"version"`
}

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
	AllRight       bool     `db:"all_right"`
	Reached        int      `db:"reached"`
	Held           int      `db:"held"`
}

type responseRow struct {
	AttemptID  sqldb.ID `db:"attempt_id"`
	Position   int      `db:"position"`
	QuestionID string   `db:"question_id"`
	Choice     string   `db:"choice"`
	Correct    bool     `db:"correct"`
	UsedMS     int64    `db:"used_ms"`
	AnsweredAt int64    `db:"answered_at"`
}

// neverShown stands in used_ms of a question that did not come before the player.
const neverShown = -1

// attempt is one go of a person, with its answers. Of a hundred, four are left in the middle
// and end at their deadline; of a thousand, one is held for staff to look at.
func (c *crowd) attempt(g going) (attemptRow, []responseRow) {
	level, p := c.levels[g.level], c.people[g.person]
	in := level.edition
	row := attemptRow{ID: c.ids.Next(), ContestID: c.in.ContestID, PlayerID: p.id, LevelKey: level.Key,
		Period: c.in.PeriodOf(level.Attempts.Per, g.at), Ordinal: 1 + p.tries[g.level], UnitID: p.unit,
		ContestVersion: in.Version, BankVersion: in.BankVersion, Seed: int64(c.random.Uint64()), StartedAt: g.at,
		DeadlineAt: level.Deadline(c.in.Definition, g.at, false)}
	p.tries[g.level]++
	paper := in.PaperOf(level.index, uint64(row.Seed), 0)
	row.Questions, row.Reached = len(paper), len(paper)
	leaves := c.random.IntN(100) < 4
	if leaves {
		row.Reached = 1 + c.random.IntN(len(paper)-1)
	}
	if c.random.IntN(1000) == 0 {
		row.Held = 1
	}
	at, run := g.at, contest.Run{}
	responses := make([]responseRow, 0, len(paper))
	for i, asked := range paper {
		q := &in.Bank.Questions[asked.Question]
		r := responseRow{AttemptID: row.ID, Position: i + 1, QuestionID: q.ID, UsedMS: neverShown, AnsweredAt: row.DeadlineAt}
		if i < row.Reached {
			a := c.of(in, q)
			option := c.choose(p, a, row.Ordinal-1)
			r.UsedMS = 2_000 + int64(c.random.ExpFloat64()*5_000)
			at += r.UsedMS + 1_000
			r.Choice, r.Correct, r.AnsweredAt = a.texts[option], a.rights[option], at
			row.UsedMS += r.UsedMS
			given := contest.Given{Mark: question.Mark{Right: r.Correct}, Answered: true, UsedMS: r.UsedMS}
			run = level.Answer(run, level.Credit(int(asked.Draw), given), r.Correct)
		}
		responses = append(responses, r)
	}
	row.FinishedAt = at
	if leaves {
		row.FinishedAt = row.DeadlineAt
	}
	row.Answered, row.Correct, row.Score, row.Passed = row.Reached, run.Correct, run.Total(), level.PassedBy(run)
	row.AllRight = run.Correct == len(paper)
	return row, responses
}

// bulk stores rows by large transactions, some at once.
type bulk struct {
	db     *sqldb.DB
	queue  chan func(context.Context, *sqldb.Tx) error
	ended  sync.WaitGroup
	mu     sync.Mutex
	failed error
}

func newBulk(ctx context.Context, db *sqldb.DB, writers int) *bulk {
	b := &bulk{db: db, queue: make(chan func(context.Context, *sqldb.Tx) error)}
	for range writers {
		b.ended.Go(func() {
			for write := range b.queue {
				if b.err() != nil {
					continue
				}
				if err := db.InTx(ctx, func(tx *sqldb.Tx) error { return write(ctx, tx) }); err != nil {
					b.mu.Lock()
					b.failed = err
					b.mu.Unlock()
				}
			}
		})
	}
	return b
}

func (b *bulk) err() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.failed
}

// add has one transaction store rows of one table, into as "INSERT INTO table".
func add[T any](b *bulk, into string, rows []T) {
	if len(rows) > 0 {
		b.queue <- func(ctx context.Context, tx *sqldb.Tx) error { return sqldb.Insert(ctx, tx, into, rows) }
	}
}

// end waits for all that was added.
func (b *bulk) end() error {
	close(b.queue)
	b.ended.Wait()
	return b.failed
}

const (
	peopleAtOnce   = 2_000
	attemptsAtOnce = 2_000
)

// fillPlayed stores people and all that they did, attempts in the order in which they began:
// their ids ascend with time, so that the rows of one person lie as far apart as they do in life.
func (r *contestReport) fillPlayed(ctx context.Context, a *app.App) error {
	ids, err := sqldb.NewIDs(ctx, a.DB)
	if err != nil {
		return err
	}
	c := newCrowd(r.in, ids, r.ContestConfig, time.Now())
	b := newBulk(ctx, a.DB, r.writers())
	c.fillPeople(b)
	var attempts []attemptRow
	var responses []responseRow
	store := func() {
		add(b, "INSERT INTO attempts", attempts)
		add(b, "INSERT INTO responses", responses)
		attempts, responses = nil, nil
	}
	for i, g := range c.goes {
		row, answers := c.attempt(g)
		attempts, responses = append(attempts, row), append(responses, answers...)
		if len(attempts) == attemptsAtOnce {
			store()
			if err := b.err(); err != nil || ctx.Err() != nil {
				break
			}
			if i%100_000 < attemptsAtOnce {
				r.say(fmt.Sprintf("stored %d of %d attempts", i+1, len(c.goes)))
			}
		}
	}
	store()
	return b.end()
}

// fillPeople stores who takes part, how they came, and what they shared.
func (c *crowd) fillPeople(b *bulk) {
	id := c.in.ContestID
	channels := make([]channelRow, 6)
	for i := range channels {
		channels[i] = channelRow{id, fmt.Sprintf("c%d", i), fmt.Sprintf("渠道%d", i+1), "poster", c.in.Window.Opens.MS}
	}
	add(b, "INSERT INTO channels", channels)
	played := make([]int64, len(c.people))
	for _, g := range c.goes {
		played[g.person]++
	}
	for from := 0; from < len(c.people); from += peopleAtOnce {
		var players []playerRow
		var enrolments []enrolmentRow
		var arrivals []arrivalRow
		var deeds []deedRow
		var progress []progressRow
		for i, p := range c.people[from:min(len(c.people), from+peopleAtOnce)] {
			players = append(players, playerRow{p.id, p.joined})
			enrolments = append(enrolments, enrolmentRow{id, p.id, "安" + strings.ToLower(p.id.String()[10:]), p.unit,
				p.joined, p.division})
			arrival := arrivalRow{ContestID: id, PlayerID: p.id, ArrivedAt: p.joined, Ordinal: p.id}
			switch came := c.random.IntN(10); {
			case came < len(channels):
				arrival.Channel = channels[came].Code
				arrivals = append(arrivals, arrival)
			case came == len(channels) && from > 0:
				arrival.InviterID, arrival.State = c.people[c.random.IntN(from)].id, "waiting"
				arrivals = append(arrivals, arrival)
			}
			if c.random.IntN(5) == 0 {
				deeds = append(deeds, deedRow{id, p.id, string(contest.DeedShare), "1", p.joined + 60_000})
			}
			if n := played[from+i]; n > 0 { // one of its beginning, and one of its end
				progress = append(progress, progressRow{id, p.id, 2 * n})
			}
		}
		add(b, "INSERT INTO players", players)
		add(b, "INSERT INTO enrolments", enrolments)
		add(b, "INSERT INTO arrivals", arrivals)
		add(b, "INSERT INTO deeds", deeds)
		add(b, "INSERT INTO progress", progress)
	}
}
