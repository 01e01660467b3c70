package bank

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"anquanda/internal/bankfile"
	"anquanda/internal/bankfile/draft"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// MendRow replaces a question of a draft by what a person made of it. It is
// accepted when no error is left; its problems are stored with it.
func (s *Store) MendRow(ctx context.Context, id sqldb.ID, ordinal int, q question.Question) (*DraftRow, error) {
	d, err := s.Draft(ctx, id)
	if err != nil {
		return nil, err
	}
	if d.State != DraftReady {
		return nil, ErrNotReady
	}
	if q.ID == "" {
		q.ID = draft.MakeID(&q)
	}
	body, err := json.Marshal(&q)
	if err != nil {
		return nil, errs.InvalidField("answer", "答案不在选项之中").Because(err)
	}
	row := &DraftRow{Ordinal: ordinal, Body: string(body)}
	err = s.db.Get(ctx, &row.Line,
		"SELECT line_number FROM bank_draft_rows WHERE draft_id = ? AND ordinal = ?", id, ordinal)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNoDraft
	}
	if err != nil {
		return nil, errs.Wrap(err, "read row %d of draft %d", ordinal, id)
	}
	others, err := s.sameStem(ctx, id, ordinal, q.Stem)
	if err != nil {
		return nil, err
	}
	missing, err := s.MissingPictures(ctx, q.Pictures())
	if err != nil {
		return nil, err
	}
	problems := draft.Recheck(draft.Numbered{Number: ordinal, Question: q, Missing: missing}, others)
	row.Accepted = !slices.ContainsFunc(problems, func(p bankfile.Problem) bool { return p.Severity == bankfile.Error })
	for i := range problems {
		problems[i].Line = row.Line
	}
	told, err := json.Marshal(append([]bankfile.Problem{}, problems...))
	if err != nil {
		return nil, err
	}
	row.Problems = string(told)
	return row, errs.Wrap(s.writeMended(ctx, id, row, problems, q.Material), "mend row %d of draft %d", ordinal, id)
}

func (s *Store) writeMended(ctx context.Context, id sqldb.ID, row *DraftRow, problems []bankfile.Problem,
	material *question.Material) error {
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx,
			"UPDATE bank_draft_rows SET accepted = ?, warned = ?, body = ?, problems = ? WHERE draft_id = ? AND ordinal = ?",
			row.Accepted, row.Accepted && len(problems) > 0, row.Body, row.Problems, id, row.Ordinal)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM bank_draft_codes WHERE draft_id = ? AND ordinal = ?", id,
			row.Ordinal); err != nil {
			return err
		}
		for code := range codesOf(problems) {
			if _, err := tx.Exec(ctx, "INSERT INTO bank_draft_codes (draft_id, code_name, ordinal) VALUES (?, ?, ?)", id, code,
				row.Ordinal); err != nil {
				return err
			}
		}
		return spreadMaterial(ctx, tx, id, row.Ordinal, material)
	})
}

// spreadMaterial gives the other rows of a draft that share the material of a mended one
// what that says now. Rows that cannot be read as questions are mended by hand anyway.
func spreadMaterial(ctx context.Context, tx *sqldb.Tx, id sqldb.ID, ordinal int, m *question.Material) error {
	if m == nil {
		return nil
	}
	named, err := json.Marshal(m.ID)
	if err != nil {
		return err
	}
	var rows []DraftRow
	err = tx.Select(ctx, &rows, "SELECT "+sqldb.Columns[DraftRow]("")+` FROM bank_draft_rows
		WHERE draft_id = ? AND ordinal <> ? AND INSTR(body, ?) > 0`, id, ordinal, `"material":{"id":`+string(named))
	if err != nil {
		return err
	}
	for _, row := range rows {
		var q question.Question
		if json.Unmarshal([]byte(row.Body), &q) != nil || q.MaterialID() != m.ID || *q.Material == *m {
			continue
		}
		q.Material = m
		body, err := json.Marshal(&q)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE bank_draft_rows SET body = ? WHERE draft_id = ? AND ordinal = ?",
			string(body), id, row.Ordinal); err != nil {
			return err
		}
	}
	return nil
}

// sameStem reads the accepted rows of a draft that may have the same stem, so
// that mending does not let a question in twice.
func (s *Store) sameStem(ctx context.Context, id sqldb.ID, ordinal int, stem string) ([]draft.Numbered, error) {
	inBody, err := json.Marshal(&question.Question{Stem: stem})
	if err != nil {
		return nil, err
	}
	_, after, _ := strings.Cut(string(inBody), `"stem":`)
	inStem, _, _ := strings.Cut(after, `,"answer":`)
	var rows []DraftRow
	err = s.db.Select(ctx, &rows, "SELECT "+sqldb.Columns[DraftRow]("")+` FROM bank_draft_rows
		WHERE draft_id = ? AND accepted = 1 AND ordinal <> ? AND INSTR(body, ?) > 0 ORDER BY ordinal LIMIT 20`, id, ordinal, `"stem":`+inStem)
	if err != nil {
		return nil, errs.Wrap(err, "look for the same stem in draft %d", id)
	}
	others := make([]draft.Numbered, len(rows))
	for i, row := range rows {
		others[i].Number = row.Ordinal
		if err := json.Unmarshal([]byte(row.Body), &others[i].Question); err != nil {
			return nil, errs.Wrap(err, "row %d of draft %d", row.Ordinal, id)
		}
	}
	return others, nil
}
