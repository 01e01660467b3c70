// Package poll asks players what they think once they have finished something: voluntary,
// each question once a player, which the key of its table poll_answers holds. Nothing is
// decided by an answer. Staff see counts and no answer of a player; what a player answered
// goes with the player, and with the retention of the contest.
package poll

import (
	"context"
	"embed"
	"io/fs"
	"slices"
	"strings"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Why an answer is not taken.
var (
	ErrAnswered = errs.New(errs.Conflict, "poll_answered", "这个问题您已经回答过了")
	ErrOver     = errs.New(errs.Forbidden, "poll_over", "这次活动已经结束，不再收集回答")
)

// Store keeps answers. It is safe for concurrent use.
type Store struct {
	db  *sqldb.DB
	now func() time.Time
}

// New returns the answers stored in db.
func New(db *sqldb.DB, now func() time.Time) *Store { return &Store{db, now} }

// Answer is what a player answered.
type Answer struct {
	Key        string `db:"poll_key"`
	Chosen     string `db:"chosen"` // the options, with line feeds between
	AnsweredAt int64  `db:"answered_at"`
}

// Options are the options that the player chose.
func (a *Answer) Options() []string { return strings.Split(a.Chosen, "\n") }

// Of are the answers of a player. It costs no read where the contest asks nothing.
func (s *Store) Of(ctx context.Context, c *catalog.Contest, player sqldb.ID) ([]Answer, error) {
	if len(c.Polls) == 0 || player == 0 {
		return nil, nil
	}
	var answers []Answer
	err := s.db.Select(ctx, &answers, `SELECT poll_key, chosen, answered_at FROM poll_answers
		WHERE contest_id = ? AND player_id = ? ORDER BY answered_at, poll_key`, c.ContestID, player)
	return answers, errs.Wrap(err, "read what a player answered")
}

// Open are the polls that a player is asked now: those of what was finished that are not
// answered; none once nothing of players is kept any more.
func (s *Store) Open(ctx context.Context, c *catalog.Contest, player sqldb.ID, summary *contest.Summary) (
	open []*contest.Poll, err error) {
	if s.over(c) {
		return nil, nil
	}
	answers, err := s.Of(ctx, c, player)
	for i := range c.Polls {
		p := &c.Polls[i]
		if p.Asks(summary) && !slices.ContainsFunc(answers, func(a Answer) bool { return a.Key == p.Key }) {
			open = append(open, p)
		}
	}
	return open, err
}

func (s *Store) over(c *catalog.Contest) bool {
	return s.now().UnixMilli() >= personal.KeptUntil(c.Definition)
}

// Answer takes the answer of a player to a poll. Errors: contest.ErrNoPoll,
// contest.ErrPollLater, those of contest.Poll.Chosen, ErrAnswered, ErrOver.
func (s *Store) Answer(ctx context.Context, c *catalog.Contest, player sqldb.ID, summary *contest.Summary, key string,
	options []string) error {
	p := c.Poll(key)
	switch {
	case p == nil:
		return contest.ErrNoPoll
	case !p.Asks(summary):
		return contest.ErrPollLater
	case s.over(c):
		return ErrOver
	}
	chosen, err := p.Chosen(options)
	if err != nil {
		return err
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO poll_answers (contest_id, player_id, poll_key, chosen, answered_at)
			VALUES (?, ?, ?, ?, ?)`, c.ContestID, player, key, strings.Join(chosen, "\n"), s.now().UnixMilli())
		return err
	})
	if sqldb.IsDuplicate(err) {
		return ErrAnswered
	}
	return errs.Wrap(err, "store what a player answered")
}

// Counts are how many players chose each option of each poll, as choices of a form are
// counted. Who is disqualified, or counts as another player, is left out; so is an option
// that the definition no longer has. It goes once through the answers of the contest.
func (s *Store) Counts(ctx context.Context, c *catalog.Contest) ([]personal.Choice, error) {
	if len(c.Polls) == 0 {
		return nil, nil
	}
	var rows []struct {
		Key     string `db:"poll_key"`
		Chosen  string `db:"chosen"`
		Players int64  `db:"players"`
	}
	err := s.db.Select(ctx, &rows, "SELECT poll_key, chosen, COUNT(*) AS players FROM poll_answers WHERE contest_id = ?"+
		" AND "+conduct.StandingWhere+" GROUP BY poll_key, chosen", c.ContestID, c.ContestID, c.ContestID)
	if err != nil {
		return nil, errs.Wrap(err, "count what players answered")
	}
	choices := make([]personal.Choice, len(c.Polls))
	for i := range c.Polls {
		p := &c.Polls[i]
		choices[i] = personal.Choice{
			Field:  contest.Field{Key: "poll-" + p.Key, Label: p.Title, Kind: contest.FieldChoice, Options: p.Options},
			Counts: make([]int64, len(p.Options)),
		}
		for _, row := range rows {
			if row.Key != p.Key {
				continue
			}
			for chosen := range strings.SplitSeq(row.Chosen, "\n") {
				if at := slices.Index(p.Options, chosen); at >= 0 {
					choices[i].Counts[at] += row.Players
				}
			}
		}
	}
	return choices, nil
}

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "poll_answers")
}

// Forget deletes what a player answered who leaves.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx, "DELETE FROM poll_answers WHERE contest_id = ? AND player_id = ?", contestID, player)
	return errs.Wrap(err, "forget what a player answered")
}

// Expire deletes the answers of a contest whose retention is over.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		rows, err = tx.Exec(ctx, "DELETE FROM poll_answers WHERE contest_id = ?", contestID)
		return err
	})
	return rows, errs.Wrap(err, "delete what players answered")
}
