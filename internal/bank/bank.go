// Package bank stores question banks by version. Importing makes a new version
// with a visible difference; attempts under way keep the version they began
// with. It owns the tables banks, bank_versions, bank_questions and bank_references.
package bank

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// ErrUnknown is returned for a bank or version that is not stored.
var ErrUnknown = errs.New(errs.NotFound, "bank_unknown", "没有这个题库")

var namePattern = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$`)

// Bank is one version of a bank, in memory. It is not changed once loaded.
type Bank struct {
	Name      string
	Version   int
	Questions []question.Question

	voided map[string]bool // ids of questions that count as right for everyone
}

// Difference is what a new version changes, by question id.
type Difference struct {
	Added, Changed, Removed []string
}

// Empty reports whether nothing changes.
func (d Difference) Empty() bool { return len(d.Added)+len(d.Changed)+len(d.Removed) == 0 }

// Store keeps banks in SQL. It is safe for concurrent use.
type Store struct {
	db    *sqldb.DB
	now   func() time.Time
	guard Guard
	known question.References
}

// Guard refuses a new version of a bank that those who use it could not use.
type Guard func(name string, questions []question.Question) error

// NewStore returns the banks stored in db. now is the server's clock.
func NewStore(db *sqldb.DB, now func() time.Time) *Store { return &Store{db: db, now: now} }

// SetGuard has every new version pass guard first. Call it before the store is
// used.
func (s *Store) SetGuard(guard Guard) { s.guard = guard }

// Current returns the newest version of a bank; ErrUnknown when there is none.
func (s *Store) Current(ctx context.Context, name string) (int, error) {
	var version int
	err := s.db.Get(ctx, &version, "SELECT version FROM banks WHERE name = ?", name)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrUnknown
	}
	return version, errs.Wrap(err, "read the version of bank %s", name)
}

// Load reads one version of a bank into memory, in the order of its file, with
// the corrections that came later.
func (s *Store) Load(ctx context.Context, name string, version int) (*Bank, error) {
	questions, err := s.Stored(ctx, name, version)
	if err != nil {
		return nil, err
	}
	b := &Bank{Name: name, Version: version, Questions: questions}
	if err := s.overlay(ctx, b); err != nil {
		return nil, err
	}
	question.ShareMaterials(b.Questions, nil) // one copy of each in memory
	return b, nil
}

type storedQuestion struct {
	QuestionID string `db:"question_id"`
	Body       string `db:"body"`
}

// questionRow is all of a row of bank_questions: a question in the versions of a
// bank from FromVersion to before UntilVersion (0: no end yet).
type questionRow struct {
	Bank string `db:"bank"`
	storedQuestion
	FromVersion  int `db:"from_version"`
	UntilVersion int `db:"until_version"`
	Position     int `db:"position"`
}

func (s *Store) bodies(ctx context.Context, name string, version int) ([]storedQuestion, error) {
	var rows []storedQuestion
	err := s.db.Select(ctx, &rows, `
		SELECT question_id, body FROM bank_questions
		WHERE bank = ? AND from_version <= ? AND (until_version = 0 OR until_version > ?)
		ORDER BY position, question_id`, name, version, version)
	return rows, errs.Wrap(err, "load bank %s version %d", name, version)
}

// Import stores questions as the next version of the bank and returns it with
// what it changes; when nothing changes, the present version is kept. Questions
// must be checked and their ids unique; what they leave to the list of references is
// filled in. Two imports at once: one gets
// ErrChanged. A question that is already stored keeps its place and its past.
func (s *Store) Import(
	ctx context.Context, by staff.Actor, name string, questions []question.Question, note string,
) (int, Difference, error) {
	if !namePattern.MatchString(name) {
		return 0, Difference{}, errs.InvalidField("bank", "题库名称用 1 到 32 个小写字母、数字或 -")
	}
	if err := s.complete(ctx, name, questions); err != nil {
		return 0, Difference{}, err
	}
	present, err := s.Current(ctx, name)
	if err != nil && !errors.Is(err, ErrUnknown) {
		return 0, Difference{}, err
	}
	var difference Difference
	err = s.nextVersion(ctx, name, present, questions, note, func(tx *sqldb.Tx, d Difference) error {
		difference = d
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "bank.import", Subject: name, Detail: map[string]any{
			"version": present + 1, "added": len(d.Added), "changed": len(d.Changed), "removed": len(d.Removed), "note": note}})
	})
	if errors.Is(err, errNoChange) {
		return present, Difference{}, nil
	}
	return present + 1, difference, errs.Wrap(err, "import bank %s", name)
}

var errNoChange = errors.New("nothing changes")

// nextVersion stores questions as the version after present, and runs also in
// the same transaction. Errors: errNoChange, ErrChanged.
func (s *Store) nextVersion(ctx context.Context, name string, present int, questions []question.Question, note string,
	also func(*sqldb.Tx, Difference) error) error {
	before, err := s.bodies(ctx, name, present)
	if err != nil {
		return err
	}
	change, err := compare(before, questions)
	if err != nil {
		return err
	}
	if change.Difference.Empty() {
		return errNoChange
	}
	if s.guard != nil {
		if err := s.guard(name, questions); err != nil {
			return err
		}
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if err := change.write(ctx, tx, name, present, len(questions), note, s.now()); err != nil {
			return err
		}
		return also(tx, change.Difference)
	})
	if sqldb.IsDuplicate(err) {
		return ErrChanged.Because(err)
	}
	return err
}

// change is a difference with the rows it writes.
type change struct {
	Difference
	rows  []storedQuestion // added and changed
	place map[string]int   // position in the file by id
}

func compare(before []storedQuestion, questions []question.Question) (change, error) {
	old := make(map[string]string, len(before))
	for _, row := range before {
		old[row.QuestionID] = row.Body
	}
	c := change{place: make(map[string]int, len(questions))}
	for i := range questions {
		q := &questions[i]
		if _, twice := c.place[q.ID]; twice {
			return change{}, errs.New(errs.Invalid, "question_twice", "编号重复："+q.ID)
		}
		c.place[q.ID] = i
		body, err := json.Marshal(q)
		if err != nil {
			return change{}, fmt.Errorf("question %s: %w", q.ID, err)
		}
		was, known := old[q.ID]
		switch {
		case !known:
			c.Added = append(c.Added, q.ID)
		case was != string(body):
			c.Changed = append(c.Changed, q.ID)
		default:
			continue
		}
		c.rows = append(c.rows, storedQuestion{QuestionID: q.ID, Body: string(body)})
	}
	for _, row := range before {
		if _, kept := c.place[row.QuestionID]; !kept {
			c.Removed = append(c.Removed, row.QuestionID)
		}
	}
	return c, nil
}

func (c change) write(
	ctx context.Context, tx *sqldb.Tx, name string, present, count int, note string, now time.Time,
) error {
	next := present + 1
	_, err := tx.Exec(ctx, "INSERT INTO bank_versions (bank, version, note, questions, created_at) VALUES (?, ?, ?, ?, ?)",
		name, next, note, count, now.UnixMilli())
	if err != nil {
		return err
	}
	if present == 0 {
		_, err = tx.Exec(ctx, "INSERT INTO banks (name, version) VALUES (?, ?)", name, next)
	} else {
		_, err = tx.Exec(ctx, "UPDATE banks SET version = ? WHERE name = ? AND version = ?", next, name, present)
	}
	if err != nil {
		return err
	}
	for _, id := range append(c.Changed[:len(c.Changed):len(c.Changed)], c.Removed...) {
		_, err := tx.Exec(ctx,
			"UPDATE bank_questions SET until_version = ? WHERE bank = ? AND question_id = ? AND until_version = 0",
			next, name, id)
		if err != nil {
			return err
		}
	}
	rows := make([]questionRow, len(c.rows))
	for i, row := range c.rows {
		rows[i] = questionRow{Bank: name, storedQuestion: row, FromVersion: next, Position: c.place[row.QuestionID]}
	}
	return sqldb.Insert(ctx, tx, "INSERT INTO bank_questions", rows)
}
