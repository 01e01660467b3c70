package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Draft is a definition that is being written. It may be faulty: it is kept as typed.
type Draft struct {
	ID        sqldb.ID `db:"id"`
	ContestID sqldb.ID `db:"contest_id"` // that it changes; 0: a new one
	Base      int      `db:"base"`       // the version that was edited; 0: a new contest
	Revision  int      `db:"revision"`
	Slug      string   `db:"slug"`  // as the text has it, when it could last be read
	Title     string   `db:"title"` // as the text has it, when it could last be read
	Form      string   `db:"form"`  // JSON: where in the guide they are, which the text does not tell
	SavedBy   sqldb.ID `db:"saved_by"`
	SavedName string   `db:"saved_name"`
	CreatedAt int64    `db:"created_at"` // UTC ms
	SavedAt   int64    `db:"saved_at"`   // UTC ms
	Waiting   sqldb.ID `db:"waiting"`    // proposal to publish it; 0: none
	Rehearsal sqldb.ID `db:"rehearsal"`  // the contest that rehearses it; 0: none
}

// Written is a draft with its text.
type Written struct {
	Draft
	Body string `db:"body"`
}

// Errors of drafts.
var (
	ErrNoDraft        = errs.New(errs.NotFound, "contest_draft_unknown", "没有这份草稿，可能已经发布或删除")
	ErrDraftChanged   = errs.New(errs.Conflict, "contest_draft_changed", "这份草稿刚刚在别处改过")
	ErrDraftWaiting   = errs.New(errs.Conflict, "contest_draft_waiting", "这份草稿正在等另一个人同意发布。要改，请先撤回")
	ErrDraftRehearsed = errs.New(errs.Conflict, "contest_draft_rehearsed", "这份草稿正在预演，请先结束预演")
	errManyDrafts     = errs.New(errs.Conflict, "contest_drafts_full",
		fmt.Sprintf("草稿已经有 %d 份，请先删除不用的", mostDrafts))
	errDraftLong = errs.InvalidField("text", "这份草稿太长了")
	errDraftForm = errs.InvalidField("form", "表单的状态写得不对")
)

const (
	mostDrafts = 200
	maxForm    = 2000
	// logEvery is how long one person saves a draft before the log tells it again.
	logEvery = 30 * time.Minute
)

var draftColumns, writtenColumns = sqldb.Columns[Draft](""), sqldb.Columns[Written]("")

// Drafts lists the drafts, the one saved last first.
func (c *Catalog) Drafts(ctx context.Context) ([]Draft, error) {
	var drafts []Draft
	err := c.db.Select(ctx, &drafts, "SELECT "+draftColumns+" FROM contest_drafts ORDER BY saved_at DESC, id DESC")
	return drafts, errs.Wrap(err, "list the drafts of contests")
}

// Draft reads a draft. Errors: ErrNoDraft.
func (c *Catalog) Draft(ctx context.Context, id sqldb.ID) (*Written, error) {
	return draftIn(ctx, c.db, id)
}

func draftIn(ctx context.Context, from sqldb.Reader, id sqldb.ID) (*Written, error) {
	var d Written
	err := from.Get(ctx, &d, "SELECT "+writtenColumns+" FROM contest_drafts WHERE id = ?", id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNoDraft
	}
	return &d, errs.Wrap(err, "read a draft of a contest")
}

// BeginDraft keeps a text that somebody has begun to write: of a new contest, or (slug)
// of one that is stored, from its version base. Errors: ErrUnknown, what cannot be kept.
func (c *Catalog) BeginDraft(
	ctx context.Context, by staff.Actor, slug string, base int, text, form string,
) (*Written, error) {
	now := c.now().UnixMilli()
	d := &Written{Body: text, Draft: Draft{ID: c.ids.Next(), Base: base, Revision: 1, Form: form, SavedBy: by.ID,
		SavedName: by.Name, CreatedAt: now, SavedAt: now}}
	if slug != "" {
		in, err := c.Current(slug)
		if err != nil {
			return nil, err
		}
		if in.RehearsalOf != 0 {
			return nil, errRehearsal
		}
		d.ContestID, d.Slug, d.Title = in.ContestID, in.Slug, in.Title
	}
	if err := d.keepable(); err != nil {
		return nil, err
	}
	err := c.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var n int
		if err := tx.Get(ctx, &n, "SELECT COUNT(*) FROM contest_drafts"); err != nil {
			return err
		}
		if n >= mostDrafts {
			return errManyDrafts
		}
		if err := sqldb.Insert(ctx, tx, "INSERT INTO contest_drafts", []Written{*d}); err != nil {
			return err
		}
		return recordDraft(ctx, tx, by, "contest.draft", d.Draft)
	})
	if err != nil {
		return nil, errs.Wrap(err, "keep a draft")
	}
	return d, nil
}

// keepable takes title and slug out of the text, as far as it can be read, and refuses
// what is too long to be kept.
func (d *Written) keepable() error {
	if len(d.Body) > contest.MaxFileBytes {
		return errDraftLong
	}
	if len(d.Form) > maxForm || !json.Valid([]byte(d.Form)) {
		return errDraftForm
	}
	d.Body = strings.ToValidUTF8(d.Body, "")
	tree, _ := contest.Tree([]byte(d.Body)) // a faulty draft is called as it was before
	if top, ok := tree.(map[string]any); ok {
		if title, ok := top["title"].(string); ok && strings.TrimSpace(title) != "" {
			d.Title = shortened(strings.TrimSpace(title), 200)
		}
		if slug, ok := top["contest"].(string); ok {
			d.Slug = shortened(slug, 32)
		}
	}
	return nil
}

// shortened is the beginning of a text that has to fit into a column.
func shortened(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}

// Save is the next state of a draft. Revision is the one that was read, Base the version
// of the contest on which the text stands by now (0: as before).
type Save struct {
	Revision, Base int
	Text, Form     string
}

// SaveDraft keeps the next state of a draft; where another was saved since it was read,
// nothing is changed. Errors: ErrNoDraft, ErrDraftChanged, ErrDraftWaiting, what cannot be
// kept.
func (c *Catalog) SaveDraft(ctx context.Context, by staff.Actor, id sqldb.ID, save Save) (*Written, error) {
	var kept *Written
	err := c.db.InTx(ctx, func(tx *sqldb.Tx) error {
		d, err := draftIn(ctx, tx, id)
		if err != nil {
			return err
		}
		before := d.Draft
		d.Body, d.Form = save.Text, save.Form
		if save.Base > 0 && d.ContestID != 0 {
			d.Base = save.Base
		}
		if err := d.keepable(); err != nil {
			return err
		}
		d.Revision, d.SavedBy, d.SavedName, d.SavedAt = save.Revision+1, by.ID, by.Name, c.now().UnixMilli()
		matched, err := tx.Exec(ctx, `UPDATE contest_drafts SET revision = ?, base = ?, slug = ?, title = ?, body = ?,
			form = ?, saved_by = ?, saved_name = ?, saved_at = ? WHERE id = ? AND revision = ? AND waiting = 0`, d.Revision,
			d.Base, d.Slug, d.Title, d.Body, d.Form, d.SavedBy, d.SavedName, d.SavedAt, id, save.Revision)
		if err != nil {
			return err
		}
		if matched == 0 {
			return before.refusal(save.Revision)
		}
		kept = d
		if before.SavedBy == by.ID && d.SavedAt-before.SavedAt < logEvery.Milliseconds() {
			return nil // the log has it that this person is writing
		}
		return recordDraft(ctx, tx, by, "contest.draft_save", d.Draft)
	})
	if err != nil {
		return nil, errs.Wrap(err, "save a draft")
	}
	return kept, nil
}

// refusal is why a draft of that revision was not changed.
func (d *Draft) refusal(revision int) error {
	switch {
	case d.Revision != revision:
		return ErrDraftChanged
	case d.Waiting != 0:
		return ErrDraftWaiting
	case d.Rehearsal != 0:
		return ErrDraftRehearsed
	}
	return ErrDraftChanged // another was faster since it was read
}

// DropDraft throws a draft away, with the links to it. Errors: ErrNoDraft,
// ErrDraftWaiting, ErrDraftRehearsed.
func (c *Catalog) DropDraft(ctx context.Context, by staff.Actor, id sqldb.ID) error {
	err := c.db.InTx(ctx, func(tx *sqldb.Tx) error {
		d, err := draftIn(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := endDraft(ctx, tx, d.Draft, 0); err != nil {
			return err
		}
		return recordDraft(ctx, tx, by, "contest.draft_delete", d.Draft)
	})
	return errs.Wrap(err, "delete a draft")
}

// endDraft deletes a draft as it was read, with its links; waiting is the proposal that
// is followed by it, 0 for none.
func endDraft(ctx context.Context, tx *sqldb.Tx, d Draft, waiting sqldb.ID) error {
	matched, err := tx.Exec(ctx,
		"DELETE FROM contest_drafts WHERE id = ? AND revision = ? AND waiting = ? AND rehearsal = 0", d.ID, d.Revision,
		waiting)
	if err != nil {
		return err
	}
	if matched == 0 {
		if d.Waiting == waiting {
			d.Waiting = 0
		}
		return d.refusal(d.Revision)
	}
	_, err = tx.Exec(ctx, "DELETE FROM contest_draft_links WHERE draft_id = ?", d.ID)
	return err
}

func recordDraft(ctx context.Context, tx *sqldb.Tx, by staff.Actor, action string, d Draft) error {
	return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: action, Subject: d.Slug,
		Detail: map[string]any{"draft": d.ID.String(), "title": d.Title, "revision": d.Revision}})
}
