package bank

import (
	"context"
	"errors"

	"anquanda/internal/bankfile"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// formatWritten is the format of a draft whose questions are written in the console.
const formatWritten = "written"

// writtenMost bounds the questions of one written draft.
const writtenMost = 500

var errWrittenFull = errs.New(errs.Conflict, "draft_full", "一份草稿最多写 500 道题，请先把它们放进题库")

// WriteDraft begins a draft without a file, for questions that are written one by one;
// it goes into a bank as any other draft does.
func (s *Store) WriteDraft(ctx context.Context, ids *sqldb.IDs, by staff.Actor) (sqldb.ID, error) {
	return s.KeepDraft(ctx, ids, by, Uploaded{Name: "手写的题目"}, &bankfile.Result{Format: formatWritten}, false)
}

// AddRow adds a question to a written draft and judges it. Errors: ErrNoDraft,
// ErrNotReady, ErrChanged, draft_full, invalid_field.
func (s *Store) AddRow(ctx context.Context, id sqldb.ID, q question.Question) (*DraftRow, error) {
	if err := s.written(ctx, id); err != nil {
		return nil, err
	}
	var last int
	err := s.db.Get(ctx, &last, "SELECT COALESCE(MAX(ordinal), 0) FROM bank_draft_rows WHERE draft_id = ?", id)
	if err != nil {
		return nil, errs.Wrap(err, "count the rows of draft %d", id)
	}
	if last >= writtenMost {
		return nil, errWrittenFull
	}
	empty := storedDraftRow{DraftID: id, DraftRow: DraftRow{Ordinal: last + 1, Body: "{}", Problems: "[]"}}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		return sqldb.Insert(ctx, tx, "INSERT INTO bank_draft_rows", []storedDraftRow{empty})
	})
	if sqldb.IsDuplicate(err) {
		return nil, ErrChanged.Because(err)
	}
	if err != nil {
		return nil, errs.Wrap(err, "add a row to draft %d", id)
	}
	row, err := s.MendRow(ctx, id, last+1, q)
	if err != nil {
		return nil, errors.Join(err, s.dropRow(ctx, id, last+1))
	}
	return row, nil
}

// DropRow takes a question out of a written draft. Errors: ErrNoDraft, ErrNotReady.
func (s *Store) DropRow(ctx context.Context, id sqldb.ID, ordinal int) error {
	if err := s.written(ctx, id); err != nil {
		return err
	}
	return s.dropRow(ctx, id, ordinal)
}

func (s *Store) dropRow(ctx context.Context, id sqldb.ID, ordinal int) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM bank_draft_codes WHERE draft_id = ? AND ordinal = ?", id, ordinal)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "DELETE FROM bank_draft_rows WHERE draft_id = ? AND ordinal = ?", id, ordinal)
		return err
	})
	return errs.Wrap(err, "drop row %d of draft %d", ordinal, id)
}

// written reports that a draft is one that questions can be written into.
func (s *Store) written(ctx context.Context, id sqldb.ID) error {
	d, err := s.Draft(ctx, id)
	if err != nil {
		return err
	}
	if d.State != DraftReady || d.Format != formatWritten {
		return ErrNotReady
	}
	return nil
}
