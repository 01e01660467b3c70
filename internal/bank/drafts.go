package bank

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"anquanda/internal/bankfile"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Draft is a file on its way into a bank.
type Draft struct {
	ID       sqldb.ID   `db:"id"`
	FileName string     `db:"file_name"`
	Format   string     `db:"format"`
	Encoding string     `db:"encoding"`
	State    DraftState `db:"state_name"`
	Problems string     `db:"problems"` // JSON: those of the file as a whole
	// Conventions are those that the file follows, as JSON.
	Conventions string `db:"conventions"`
	StaffName   string `db:"staff_name"`
	CreatedAt   int64  `db:"created_at"`
	// Counts of the rows; Found = Accepted + Rejected.
	Found    int `db:"-"`
	Accepted int `db:"-"`
	Rejected int `db:"-"`
	Warned   int `db:"-"`
	// Codes counts rows by problem code.
	Codes map[string]int `db:"-"`
}

// DraftState is how far a draft is.
type DraftState string

// The states.
const (
	DraftReady      DraftState = "ready"
	DraftUnreadable DraftState = "unreadable"
	DraftImported   DraftState = "imported"
)

// DraftRow is one question of a draft. Body may lack what could not be read.
type DraftRow struct {
	Ordinal  int    `db:"ordinal"` // among those found, from 1
	Line     int    `db:"line_number"`
	Accepted bool   `db:"accepted"`
	Body     string `db:"body"`     // JSON
	Problems string `db:"problems"` // JSON
}

// storedDraftRow is all of a row of bank_draft_rows.
type storedDraftRow struct {
	DraftID sqldb.ID `db:"draft_id"`
	DraftRow
	Warned bool `db:"warned"` // accepted with problems
}

// draftCode is one row of bank_draft_codes: a code of a problem of a question.
type draftCode struct {
	DraftID sqldb.ID `db:"draft_id"`
	Code    string   `db:"code_name"`
	Ordinal int      `db:"ordinal"`
}

// Errors of drafts.
var (
	ErrNoDraft     = errs.New(errs.NotFound, "draft_unknown", "没有这份导入草稿")
	ErrNotReady    = errs.New(errs.Conflict, "draft_not_ready", "这份草稿不能导入：它没有读成，或已经导入过")
	ErrNotAllValid = errs.New(errs.Conflict, "draft_has_rejects", "还有没通过的题目：请改好，或选择只导入通过的")
)

// Uploaded is a file as it came.
type Uploaded struct {
	Name string
	Data []byte
}

// KeepDraft stores what was read from a file, for people to look at, and the file.
func (s *Store) KeepDraft(
	ctx context.Context, ids *sqldb.IDs, by staff.Actor, file Uploaded, result *bankfile.Result, unreadable bool,
) (sqldb.ID, error) {
	if err := s.KeepImages(ctx, result); err != nil {
		return 0, err
	}
	id := ids.Next()
	rows, codes, err := draftRows(id, result)
	if err != nil {
		return 0, err
	}
	problems, conventions, err := ofTheWhole(result)
	if err != nil {
		return 0, err
	}
	state := DraftReady
	if unreadable {
		state = DraftUnreadable
	}
	listed, err := json.Marshal(result.References)
	if err != nil {
		return 0, err
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx,
			`INSERT INTO bank_drafts
			(id, file_name, format, encoding, state_name, problems, conventions, listed, staff_name, created_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, cut(file.Name, 200), result.Format, result.Encoding, state,
			problems, conventions, string(listed), by.Name, s.now().UnixMilli())
		if err != nil {
			return err
		}
		if err := insertRows(ctx, tx, rows, codes); err != nil {
			return err
		}
		if !unreadable {
			if err := keepFile(ctx, tx, id, file.Data); err != nil {
				return err
			}
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "bank.upload", Subject: cut(file.Name, maxSubject),
			Detail: map[string]any{
				"found": result.Found, "accepted": result.Accepted}})
	})
	return id, errs.Wrap(err, "keep a draft")
}

// ofTheWhole is what a draft tells of its file as a whole, as JSON.
func ofTheWhole(result *bankfile.Result) (problems, conventions string, err error) {
	whole := slices.DeleteFunc(slices.Clone(result.Problems), func(p bankfile.Problem) bool { return p.Question != 0 })
	told, err := json.Marshal(whole[:min(len(whole), 200)])
	if err != nil {
		return "", "", err
	}
	followed, err := json.Marshal(result.Conventions)
	return string(told), string(followed), err
}

func insertRows(ctx context.Context, tx *sqldb.Tx, rows []storedDraftRow, codes []draftCode) error {
	if err := sqldb.Insert(ctx, tx, "INSERT INTO bank_draft_rows", rows); err != nil {
		return err
	}
	return sqldb.Insert(ctx, tx, "INSERT INTO bank_draft_codes", codes)
}

// maxSubject is how much of a file's name the audit log holds, in bytes.
const maxSubject = 100

func cut(text string, bytes int) string {
	if len(text) > bytes {
		text = strings.ToValidUTF8(text[:bytes], "")
	}
	return text
}

// draftRows makes the rows of everything found, and the codes of each.
func draftRows(id sqldb.ID, result *bankfile.Result) (rows []storedDraftRow, codes []draftCode, err error) {
	byNumber := map[int][]bankfile.Problem{}
	for _, p := range result.Problems {
		byNumber[p.Question] = append(byNumber[p.Question], p)
	}
	add := func(number, line int, accepted bool, q *question.Question) error {
		problems := byNumber[number]
		body, err := json.Marshal(q)
		if err != nil {
			return err
		}
		told, err := json.Marshal(problems[:min(len(problems), 20)])
		if err != nil {
			return err
		}
		if line == 0 && len(problems) > 0 {
			line = problems[0].Line
		}
		row := DraftRow{Ordinal: number, Line: line, Accepted: accepted, Body: string(body), Problems: string(told)}
		rows = append(rows, storedDraftRow{id, row, accepted && len(problems) > 0})
		for code := range codesOf(problems) {
			codes = append(codes, draftCode{id, code, number})
		}
		return nil
	}
	for i := range result.Questions {
		if err := add(result.Numbers[i], 0, true, &result.Questions[i]); err != nil {
			return nil, nil, err
		}
	}
	for i := range result.Rejects {
		r := &result.Rejects[i]
		if err := add(r.Number, r.Line, false, &r.Question); err != nil {
			return nil, nil, err
		}
	}
	return rows, codes, nil
}

func codesOf(problems []bankfile.Problem) map[string]bool {
	codes := map[string]bool{}
	for _, p := range problems {
		codes[string(p.Code)] = true
	}
	return codes
}

// Draft reads a draft and counts its rows.
func (s *Store) Draft(ctx context.Context, id sqldb.ID) (*Draft, error) {
	var d Draft
	err := s.db.Get(ctx, &d,
		`SELECT id, file_name, format, encoding, state_name, problems, COALESCE(conventions, '') AS conventions,
		staff_name, created_at FROM bank_drafts WHERE id = ?`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNoDraft
	}
	if err != nil {
		return nil, errs.Wrap(err, "read draft %d", id)
	}
	var counts struct {
		Found    int `db:"found"`
		Accepted int `db:"accepted"`
		Warned   int `db:"warned"`
	}
	err = s.db.Get(ctx, &counts,
		`SELECT COUNT(*) AS found, COALESCE(SUM(accepted), 0) AS accepted, COALESCE(SUM(warned), 0) AS warned
		FROM bank_draft_rows WHERE draft_id = ?`, id)
	if err != nil {
		return nil, errs.Wrap(err, "count the rows of draft %d", id)
	}
	var codes []struct {
		Code string `db:"code_name"`
		Rows int    `db:"rows_with"`
	}
	err = s.db.Select(ctx, &codes,
		"SELECT code_name, COUNT(*) AS rows_with FROM bank_draft_codes WHERE draft_id = ? GROUP BY code_name", id)
	d.Found, d.Accepted, d.Rejected, d.Warned = counts.Found, counts.Accepted, counts.Found-counts.Accepted, counts.Warned
	d.Codes = make(map[string]int, len(codes))
	for _, c := range codes {
		d.Codes[c.Code] = c.Rows
	}
	return &d, errs.Wrap(err, "count the problems of draft %d", id)
}

// DraftFilter chooses rows of a draft.
type DraftFilter struct {
	State string // "", accepted, rejected, warned
	Code  string // a problem code, or ""
	After int    // ordinal after which to begin
	Size  int
}

// DraftRows lists rows of a draft in the order of the file.
func (s *Store) DraftRows(ctx context.Context, id sqldb.ID, f DraftFilter) ([]DraftRow, error) {
	where := map[string]string{"": "1 = 1", "accepted": "r.accepted = 1", "rejected": "r.accepted = 0",
		"warned": "r.warned = 1"}[f.State]
	if where == "" {
		return nil, errs.InvalidField("state", "应为 accepted、rejected 或 warned")
	}
	query := "SELECT " + sqldb.Columns[DraftRow]("r") + " FROM bank_draft_rows r"
	args := []any{}
	if f.Code != "" {
		query += " JOIN bank_draft_codes c ON c.draft_id = r.draft_id AND c.ordinal = r.ordinal AND c.code_name = ?"
		args = append(args, f.Code)
	}
	query += " WHERE r.draft_id = ? AND r.ordinal > ? AND " + where + " ORDER BY r.ordinal LIMIT ?"
	var rows []DraftRow
	err := s.db.Select(ctx, &rows, query, append(args, id, f.After, f.Size)...)
	return rows, errs.Wrap(err, "list the rows of draft %d", id)
}
