package offline

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/typed"
)

// Caption is what a unit tells of a picture.
type Caption struct {
	ID   sqldb.ID `json:"id,string"`
	Text string   `json:"text"`
	At   string   `json:"at"`  // the place
	Day  int      `json:"day"` // yyyymmdd
}

// Report is what a unit told for a period, once.
type Report struct {
	UnitID     sqldb.ID
	DueAt      int64 // UTC ms
	Revision   int
	Figures    []Figure
	Note       string
	Pictures   []Caption
	ReportedAt int64 // UTC ms
}

// Late reports whether it came after it was due.
func (r *Report) Late() bool { return r.ReportedAt > r.DueAt }

type storedReport struct {
	ContestID  sqldb.ID `db:"contest_id"`
	UnitID     sqldb.ID `db:"unit_id"`
	DueAt      int64    `db:"due_at"`
	Revision   int      `db:"revision"`
	Figures    string   `db:"figures"`
	Note       string   `db:"note"`
	Pictures   string   `db:"pictures"`
	ReportedAt int64    `db:"reported_at"`
}

var reportColumns = sqldb.Columns[storedReport]("")

func (row *storedReport) report() (r Report, err error) {
	r = Report{UnitID: row.UnitID, DueAt: row.DueAt, Revision: row.Revision, Note: row.Note, ReportedAt: row.ReportedAt}
	if err := json.Unmarshal([]byte(row.Figures), &r.Figures); err != nil {
		return r, errs.Wrap(err, "read the figures of unit %d", r.UnitID)
	}
	return r, errs.Wrap(json.Unmarshal([]byte(row.Pictures), &r.Pictures), "read the captions of unit %d", r.UnitID)
}

// Errors of reporting.
var (
	ErrNoPeriod  = errs.New(errs.NotFound, "fill_period_unknown", "没有这一期，或者设定改过了，请刷新页面")
	errEarly     = errs.New(errs.Conflict, "fill_too_early", "这一期还没有开始，请到时再填")
	errStale     = errs.New(errs.Conflict, "fill_stale", "本单位刚有人报过这一期。您填的还在，请先核对再报")
	errMany      = errs.New(errs.Conflict, "fill_reports_full", "这一期已经改了很多次，请联系发链接的人")
	errNoPicture = errs.New(errs.NotFound, "fill_picture_unknown", "没有这张图片，请重新添加")
)

// oddIs asks whether unlikely numbers are meant.
func oddIs(said []string) *errs.Error {
	return errs.New(errs.Conflict, "fill_odd", strings.Join(said, "；")+"。如果没有错，请再确认一次")
}

const (
	mostNote      = 300 // characters
	mostCaption   = 60  // characters
	mostPlace     = 40  // characters
	mostRevisions = 100 // of a report
)

// File stores what a unit reports for a period over the revision that it names; 0 is the
// first. sure says that unlikely numbers are meant. Errors: ErrNoPeriod, ErrNoPlan,
// invalid_field, fill_odd, fill_stale and others of this file.
func (s *Service) File(ctx context.Context, h Holder, r Report, sure bool) error {
	plan, err := s.Plan(ctx, h.ContestID)
	if err != nil {
		return err
	}
	if err := s.checkPeriod(ctx, h.ContestID, r.DueAt); err != nil {
		return err
	}
	if err := checkFigures(plan.Items, r.Figures); err != nil {
		return err
	}
	if err := r.checkTexts(s.now().Year()); err != nil {
		return err
	}
	if said := Odd(r.Figures); len(said) > 0 && !sure {
		return oddIs(said)
	}
	row := storedReport{ContestID: h.ContestID, UnitID: h.UnitID, DueAt: r.DueAt, Revision: r.Revision + 1, Note: r.Note,
		ReportedAt: s.now().UnixMilli()}
	row.Figures, row.Pictures = asJSON(r.Figures), asJSON(r.Pictures)
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var newest int
		err := tx.Get(ctx, &newest, `SELECT COALESCE(MAX(revision), 0) FROM offline_reports
			WHERE contest_id = ? AND unit_id = ? AND due_at = ?`, h.ContestID, h.UnitID, r.DueAt)
		switch {
		case err != nil:
			return err
		case newest != r.Revision:
			return errStale
		case newest >= mostRevisions:
			return errMany
		}
		if err := ownPictures(ctx, tx, h, r); err != nil {
			return err
		}
		return sqldb.Insert(ctx, tx, "INSERT INTO offline_reports", []storedReport{row})
	})
	if sqldb.IsDuplicate(err) {
		err = errStale
	}
	return errs.Wrap(err, "store what a unit reports")
}

// asJSON is a list as it is stored; nothing in one of ours fails to marshal.
func asJSON[T any](list []T) string {
	if list == nil {
		list = []T{}
	}
	text, _ := json.Marshal(list)
	return string(text)
}

// checkPeriod refuses a period that is none, or that begins later: the one before it is
// not due yet.
func (s *Service) checkPeriod(ctx context.Context, contestID sqldb.ID, due int64) error {
	dues, err := s.Dues(ctx, contestID)
	if err != nil {
		return err
	}
	at := slices.Index(dues, due)
	switch {
	case at < 0:
		return ErrNoPeriod
	case Begins(dues, at) > s.now().UnixMilli():
		return errEarly
	}
	return nil
}

// Begins is when the period at that place of dues begins; 0 for the first.
func Begins(dues []int64, at int) int64 {
	if at == 0 {
		return 0
	}
	return dues[at-1]
}

func (r *Report) checkTexts(year int) error {
	r.Note = typed.Trim(r.Note)
	if utf8.RuneCountInString(r.Note) > mostNote {
		return errs.InvalidField("note", fmt.Sprintf("说明最多 %d 个字", mostNote))
	}
	if len(r.Pictures) > MostPictures {
		return errs.InvalidField("pictures", fmt.Sprintf("每期最多 %d 张图片", MostPictures))
	}
	for i := range r.Pictures {
		p := &r.Pictures[i]
		p.Text, p.At = typed.Trim(p.Text), typed.Trim(p.At)
		where := fmt.Sprintf("第 %d 张图片", i+1)
		switch {
		case !short(p.Text, mostCaption):
			return errs.InvalidField("pictures", fmt.Sprintf("%s请写 1 到 %d 个字的说明", where, mostCaption))
		case !short(p.At, mostPlace):
			return errs.InvalidField("pictures", fmt.Sprintf("%s请写地点，最多 %d 个字", where, mostPlace))
		case !isDay(p.Day) || p.Day/10_000 < year-1 || p.Day/10_000 > year:
			return errs.InvalidField("pictures", where+"请选拍摄的日期")
		case slices.ContainsFunc(r.Pictures[:i], func(other Caption) bool { return other.ID == p.ID }):
			return errs.InvalidField("pictures", where+"重复了")
		}
	}
	return nil
}

// ReportsOf are all revisions of what a unit reported, the newest first.
func (s *Service) ReportsOf(ctx context.Context, contestID, unitID sqldb.ID) ([]Report, error) {
	return s.readReports(ctx, "contest_id = ? AND unit_id = ? ORDER BY due_at DESC, revision DESC", contestID, unitID)
}

func (s *Service) readReports(ctx context.Context, where string, args ...any) ([]Report, error) {
	var rows []storedReport
	err := s.db.Select(ctx, &rows, "SELECT "+reportColumns+" FROM offline_reports WHERE "+where, args...)
	if err != nil {
		return nil, errs.Wrap(err, "read what units reported")
	}
	reports := make([]Report, len(rows))
	for i := range rows {
		if reports[i], err = rows[i].report(); err != nil {
			return nil, err
		}
	}
	return reports, nil
}
