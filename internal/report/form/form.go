// Package form keeps the tables that superior offices send to be filled, and fills them. A
// table asks for a figure by {{name}}, or somebody picks a cell for it once; each time the
// table is taken it is filled from the figures of the moment or of a snapshot. What the
// table holds beside them (formulas, merged cells, protection) stays as it was sent. It owns
// the table report_forms.
package form

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/errs"
	"anquanda/internal/report/offline"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Wipe deletes all of a contest, within a transaction: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "report_forms")
}

// Service keeps forms. It is safe for concurrent use.
type Service struct {
	db  *sqldb.DB
	ids *sqldb.IDs
	now func() time.Time
}

// New returns the forms.
func New(db *sqldb.DB, ids *sqldb.IDs, now func() time.Time) *Service { return &Service{db, ids, now} }

// Form is a table with where figures stand in it.
type Form struct {
	ID         sqldb.ID
	Name       string // of the file
	UploadedAt int64  // UTC ms
	Places     []Place
	Revision   int64
	body       []byte
}

type storedForm struct {
	ID         sqldb.ID `db:"id"`
	ContestID  sqldb.ID `db:"contest_id"`
	Name       string   `db:"name"`
	UploadedAt int64    `db:"uploaded_at"`
	Places     string   `db:"places"`
	Revision   int64    `db:"revision"`
	Body       []byte   `db:"body"`
}

var formColumns = sqldb.Columns[storedForm]("")

// Errors of forms.
var (
	ErrNone  = errs.New(errs.NotFound, "form_unknown", "没有这份表格")
	errStale = errs.New(errs.Conflict, "form_stale", "别人刚改过这份表格，请刷新后再改")
	errMany  = errs.New(errs.Conflict, "forms_full", fmt.Sprintf("最多放 %d 份表格，请先删去不用的", mostForms))
)

const (
	mostForms  = 20
	mostPlaces = 500
)

func (row *storedForm) form() (*Form, error) {
	f := &Form{ID: row.ID, Name: row.Name, UploadedAt: row.UploadedAt, Revision: row.Revision, body: row.Body}
	return f, errs.Wrap(json.Unmarshal([]byte(row.Places), &f.Places), "read the places of form %d", f.ID)
}

// Keep stores a table. One of the same name takes the place of the one before, and what was
// picked in that stays. Errors: form_unreadable, forms_full.
func (s *Service) Keep(
	ctx context.Context, by staff.Actor, slug string, contestID sqldb.ID, name string, body []byte,
) (id sqldb.ID, err error) {
	if _, err := read(body); err != nil {
		return 0, err
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var same []sqldb.ID
		err := tx.Select(ctx, &same, "SELECT id FROM report_forms WHERE contest_id = ? AND name = ?", contestID, name)
		if err != nil {
			return err
		}
		now := s.now().UnixMilli()
		if len(same) == 1 {
			id = same[0]
			_, err := tx.Exec(ctx, `UPDATE report_forms SET body = ?, uploaded_at = ?, revision = revision + 1
				WHERE id = ?`, body, now, id)
			return errors.Join(err, recordForm(ctx, tx, by, "form.keep", slug, name))
		}
		var n int
		if err := tx.Get(ctx, &n, "SELECT COUNT(*) FROM report_forms WHERE contest_id = ?", contestID); err != nil {
			return err
		}
		if n >= mostForms {
			return errMany
		}
		id = s.ids.Next()
		row := storedForm{id, contestID, name, now, "[]", 1, body}
		if err := sqldb.Insert(ctx, tx, "INSERT INTO report_forms", []storedForm{row}); err != nil {
			return err
		}
		return recordForm(ctx, tx, by, "form.keep", slug, name)
	})
	if sqldb.IsDuplicate(err) {
		err = errStale
	}
	return id, errs.Wrap(err, "keep a form")
}

func recordForm(ctx context.Context, tx *sqldb.Tx, by staff.Actor, action, slug, name string) error {
	return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: action, Subject: slug,
		Detail: map[string]any{"form": name}})
}

// Forms are those of a contest, by name.
func (s *Service) Forms(ctx context.Context, contestID sqldb.ID) ([]*Form, error) {
	var rows []storedForm
	err := s.db.Select(ctx, &rows, "SELECT "+formColumns+
		" FROM report_forms WHERE contest_id = ? ORDER BY name", contestID)
	if err != nil {
		return nil, errs.Wrap(err, "read forms")
	}
	forms := make([]*Form, len(rows))
	for i := range rows {
		if forms[i], err = rows[i].form(); err != nil {
			return nil, err
		}
	}
	return forms, nil
}

// Form reads one. Errors: ErrNone.
func (s *Service) Form(ctx context.Context, contestID, id sqldb.ID) (*Form, error) {
	var row storedForm
	err := s.db.Get(ctx, &row, "SELECT "+formColumns+" FROM report_forms WHERE contest_id = ? AND id = ?", contestID, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNone
	}
	if err != nil {
		return nil, errs.Wrap(err, "read a form")
	}
	return row.form()
}

// Set stores the places that were picked, over the revision that was read. Errors: ErrNone,
// form_stale, invalid_field.
func (s *Service) Set(
	ctx context.Context, by staff.Actor, slug string, contestID, id sqldb.ID, revision int64, places []Place,
) error {
	if len(places) > mostPlaces {
		return errs.InvalidField("places", fmt.Sprintf("最多填 %d 格", mostPlaces))
	}
	seen := map[Place]bool{}
	for _, p := range places {
		_, _, err := excelize.CellNameToCoordinates(p.Cell)
		at := Place{Sheet: p.Sheet, Cell: p.Cell}
		if err != nil || seen[at] || p.Name == "" || len(p.Name) > 200 || len(p.Sheet) > 200 {
			return errs.InvalidField("places", fmt.Sprintf("“%s”的 %s 不对，或者选了两次", p.Sheet, p.Cell))
		}
		seen[at] = true
	}
	if places == nil {
		places = []Place{}
	}
	text, err := json.Marshal(places)
	if err != nil {
		return err
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		name, err := nameOf(ctx, tx, contestID, id)
		if err != nil {
			return err
		}
		matched, err := tx.Exec(ctx, `UPDATE report_forms SET places = ?, revision = revision + 1
			WHERE id = ? AND revision = ?`, string(text), id, revision)
		if err == nil && matched == 0 {
			err = errStale
		}
		if err != nil {
			return err
		}
		return recordForm(ctx, tx, by, "form.place", slug, name)
	})
	return errs.Wrap(err, "place figures in a form")
}

// nameOf is the name of a form of a contest. Errors: ErrNone.
func nameOf(ctx context.Context, tx *sqldb.Tx, contestID, id sqldb.ID) (name string, err error) {
	err = tx.Get(ctx, &name, "SELECT name FROM report_forms WHERE contest_id = ? AND id = ?", contestID, id)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNone
	}
	return name, err
}

// Drop deletes a form. Errors: ErrNone.
func (s *Service) Drop(ctx context.Context, by staff.Actor, slug string, contestID, id sqldb.ID) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		name, err := nameOf(ctx, tx, contestID, id)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM report_forms WHERE id = ?", id); err != nil {
			return err
		}
		return recordForm(ctx, tx, by, "form.drop", slug, name)
	})
	return errs.Wrap(err, "drop a form")
}

// Sight is a form as the console shows it, filled with figures.
type Sight struct {
	Sheets    []Sheet
	Filled    int // cells
	Findings  []Finding
	Suggested []Place
}

// See tells what a form holds, and what filling it with figures does.
func (f *Form) See(figures []offline.Counted) (*Sight, error) {
	sheets, err := read(f.body)
	if err != nil {
		return nil, err
	}
	gets, said := filled(sheets, f.Places, figures)
	for _, s := range sheets {
		if s.Cut {
			said = append(said, Finding{s.Name, "", false,
				fmt.Sprintf("这一页很大，只看前 %d 行、%d 列里要填的", mostRows, mostColumns)})
		}
	}
	return &Sight{sheets, len(gets), said, suggestions(sheets, f.Places, figures)}, nil
}

// Write writes the form, filled with figures.
func (f *Form) Write(w io.Writer, figures []offline.Counted) error {
	sheets, err := read(f.body)
	if err != nil {
		return err
	}
	gets, _ := filled(sheets, f.Places, figures)
	return write(w, f.body, gets)
}

// cellName is the name of a cell by its place from 0.
func cellName(x, y int) string {
	name, _ := excelize.CoordinatesToCellName(x+1, y+1) // from 1, so it is one
	return name
}

// plain writes a number as people do, without an exponent.
func plain(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }
