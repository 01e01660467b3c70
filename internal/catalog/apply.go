package catalog

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/unit"
)

var errNoReason = errs.InvalidField("reason", "修改已有的活动要写明原因")

var errTooSmall = errs.New(errs.Conflict, "bank_too_small", "题库中的题目不够出题")

// BankFits refuses questions that would leave a running contest with too few to
// draw from; it is the guard of banks. The error names contest and level.
func (c *Catalog) BankFits(name string, questions []question.Question) error {
	for _, running := range c.All() {
		index := slices.Index(running.Banks(), name)
		if index < 0 {
			continue
		}
		if _, err := poolsOf(running.Definition, index, &bank.Bank{Name: name, Questions: questions}); err != nil {
			e := errs.New(errs.Conflict, errTooSmall.Code, "活动“"+running.Title+"”的题目会不够出题，请先改活动的关卡，或补足题目")
			return e.Because(err)
		}
	}
	return nil
}

// Apply is ApplyBy from the command line, whatever version is stored.
func (c *Catalog) Apply(ctx context.Context, file string, text []byte, reason string) (*Contest, error) {
	return c.ApplyBy(ctx, staff.CommandLine, Application{File: file, Text: text, Reason: reason, Base: anyVersion})
}

// Application is a definition to be stored. File names the source in findings,
// Reason stands in the public change log, Base is the version that was edited (0:
// a new contest).
type Application struct {
	File   string
	Text   []byte
	Reason string
	Base   int
}

const anyVersion = -1

// ApplyBy checks a definition against its banks and stores it as the next version
// of its contest, with an entry in the audit log; the same text again changes
// nothing.
//
// Errors: contest.Findings, ErrUnknown of package bank, a bank too small for a
// level, a change without a reason, what a guard refuses, ErrChanged when another
// version than Base is stored.
func (c *Catalog) ApplyBy(ctx context.Context, by staff.Actor, a Application) (*Contest, error) {
	definition, err := contest.Parse(a.File, a.Text)
	if err != nil {
		return nil, err
	}
	if err := c.fitsBanks(ctx, definition); err != nil {
		return nil, err
	}
	err = c.db.InTx(ctx, func(tx *sqldb.Tx) error { return c.store(ctx, tx, by, definition, a) })
	if sqldb.IsDuplicate(err) {
		return nil, ErrChanged.Because(err)
	}
	if err != nil {
		return nil, errs.Wrap(err, "store contest %s", definition.Slug)
	}
	if err := c.Refresh(ctx); err != nil {
		return nil, err
	}
	return c.Current(definition.Slug)
}

// fitsBanks checks that the banks of a definition are there and hold enough.
func (c *Catalog) fitsBanks(ctx context.Context, definition *contest.Definition) error {
	for i, name := range definition.Banks() {
		version, err := c.banks.Current(ctx, name)
		if err != nil {
			return errs.Wrap(err, "bank %s of contest %s", name, definition.Slug)
		}
		questions, err := c.banks.Load(ctx, name, version)
		if err != nil {
			return err
		}
		if _, err := poolsOf(definition, i, questions); err != nil {
			return errTooSmall.Because(err)
		}
	}
	return nil
}

func (c *Catalog) store(ctx context.Context, tx *sqldb.Tx, by staff.Actor, definition *contest.Definition, a Application) error {
	var present struct {
		ID      sqldb.ID `db:"id"`
		Version int      `db:"version"`
		Body    string   `db:"body"`
	}
	err := tx.Get(ctx, &present, `
		SELECT c.id, c.version, v.body FROM contests c
		JOIN contest_versions v ON v.contest_id = c.id AND v.version = c.version
		WHERE c.slug = ?`, definition.Slug)
	now := time.Now().UnixMilli()
	switch {
	case err == nil && present.Body != string(a.Text) && a.Base != anyVersion && a.Base != present.Version:
		return ErrChanged
	case errors.Is(err, sql.ErrNoRows):
		present.ID = c.ids.Next()
		_, err = tx.Exec(ctx, "INSERT INTO contests (id, slug, version, created_at) VALUES (?, ?, 1, ?)", present.ID, definition.Slug, now)
	case err != nil:
		return err
	case present.Body == string(a.Text):
		return nil
	case strings.TrimSpace(a.Reason) == "":
		return errNoReason
	default:
		_, err = tx.Exec(ctx, "UPDATE contests SET version = ? WHERE id = ? AND version = ?", present.Version+1, present.ID, present.Version)
	}
	if err != nil {
		return err
	}
	if err := c.guard.pass(ctx, tx, present.ID, definition); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "INSERT INTO contest_versions (contest_id, version, reason, body, created_at) VALUES (?, ?, ?, ?, ?)",
		present.ID, present.Version+1, a.Reason, string(a.Text), now)
	if err != nil {
		return err
	}
	err = staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "contest.apply", Subject: definition.Slug,
		Detail: map[string]any{"version": present.Version + 1, "reason": a.Reason}})
	if err != nil {
		return err
	}
	return unit.Sync(ctx, tx, c.ids, present.ID, definition.Units)
}
