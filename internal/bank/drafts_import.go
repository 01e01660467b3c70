package bank

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"

	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Mode is how a draft meets the questions that a bank has already.
type Mode string

// The modes.
const (
	Replace Mode = "replace" // the bank becomes what the file holds
	Merge   Mode = "merge"   // questions of the file are added, or replace those of the same id
)

// DraftImport says how a draft becomes the next version of a bank.
type DraftImport struct {
	Bank      string // empty: a new one, called Title
	Title     string
	Mode      Mode
	OnlyValid bool // rejected rows are left out; without, there must be none
	Note      string
}

// Planned is what importing a draft would do.
type Planned struct {
	Questions  []question.Question
	Difference Difference
}

// PlanImport tells what importing a draft would change.
func (s *Store) PlanImport(ctx context.Context, id sqldb.ID, how DraftImport) (*Planned, error) {
	d, err := s.Draft(ctx, id)
	if err != nil {
		return nil, err
	}
	if d.State != DraftReady || d.Accepted == 0 {
		return nil, ErrNotReady
	}
	if d.Rejected > 0 && !how.OnlyValid {
		return nil, ErrNotAllValid
	}
	if how.Bank == "" {
		if _, err := s.freeTitle(ctx, "", how.Title); err != nil {
			return nil, err
		}
	}
	questions, err := s.acceptedRows(ctx, id)
	if err != nil {
		return nil, err
	}
	present, err := s.Current(ctx, how.Bank)
	if err != nil && errs.From(err).Code != ErrUnknown.Code {
		return nil, err
	}
	if how.Mode == Merge && present > 0 {
		stored, err := s.Stored(ctx, how.Bank, present)
		if err != nil {
			return nil, err
		}
		fresh := questions
		questions = merge(stored, fresh)
		question.ShareMaterials(questions, fresh)
	}
	if err := s.complete(ctx, how.Bank, questions); err != nil {
		return nil, err
	}
	before, err := s.bodies(ctx, how.Bank, present)
	if err != nil {
		return nil, err
	}
	c, err := compare(before, questions)
	return &Planned{Questions: questions, Difference: c.Difference}, err
}

// acceptedRows reads the accepted questions of a draft. Two with one id, which
// a person may have made, are told apart by their place.
func (s *Store) acceptedRows(ctx context.Context, id sqldb.ID) ([]question.Question, error) {
	var questions []question.Question
	seen := map[string]bool{}
	for after := 0; ; {
		rows, err := s.DraftRows(ctx, id, DraftFilter{State: "accepted", After: after, Size: 1000})
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			var q question.Question
			if err := json.Unmarshal([]byte(row.Body), &q); err != nil {
				return nil, errs.Wrap(err, "row %d of draft %d", row.Ordinal, id)
			}
			if seen[q.ID] {
				q.ID = cut(q.ID, question.MaxIDBytes-8) + "-" + strconv.Itoa(row.Ordinal)
			}
			seen[q.ID] = true
			questions = append(questions, q)
			after = row.Ordinal
		}
		if len(rows) < 1000 {
			return questions, nil
		}
	}
}

// merge puts the new questions over the old: same id replaces, others follow.
func merge(old, fresh []question.Question) []question.Question {
	place := make(map[string]int, len(old))
	for i := range old {
		place[old[i].ID] = i
	}
	for i := range fresh {
		if at, known := place[fresh[i].ID]; known {
			old[at] = fresh[i]
		} else {
			old = append(old, fresh[i])
		}
	}
	return old
}

// ImportDraft imports a draft as PlanImport told, and closes it. It returns the name of
// the bank and its version.
func (s *Store) ImportDraft(
	ctx context.Context, by staff.Actor, id sqldb.ID, how DraftImport,
) (string, int, Difference, error) {
	planned, err := s.PlanImport(ctx, id, how)
	if err != nil {
		return "", 0, Difference{}, err
	}
	if how.Bank == "" {
		if how.Bank, err = s.NameFor(ctx, how.Title); err != nil {
			return "", 0, Difference{}, err
		}
	}
	listed, err := s.listed(ctx, id)
	if err != nil {
		return "", 0, Difference{}, err
	}
	version, difference, err := s.Import(ctx, by, how.Bank, planned.Questions, how.Note)
	if err != nil {
		return "", 0, Difference{}, err
	}
	if err := s.LayReferences(ctx, by, how.Bank, listed); err != nil {
		return "", 0, Difference{}, err
	}
	if how.Title != "" {
		if err := s.SetTitle(ctx, by, how.Bank, how.Title); err != nil {
			return "", 0, Difference{}, err
		}
	}
	// If the program dies here, the draft stays open; importing it again changes
	// nothing, because the bank holds its questions already.
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if _, err := tx.Exec(ctx, "DELETE FROM bank_draft_files WHERE draft_id = ?", id); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "UPDATE bank_drafts SET state_name = ? WHERE id = ?", DraftImported, id)
		return err
	})
	return how.Bank, version, difference, errs.Wrap(err, "close draft %d", id)
}

// listed reads the list of references that the file of a draft carries.
func (s *Store) listed(ctx context.Context, id sqldb.ID) (list question.References, err error) {
	var text string
	err = s.db.Get(ctx, &text, "SELECT COALESCE(listed, '[]') FROM bank_drafts WHERE id = ?", id)
	if err == nil {
		err = json.Unmarshal([]byte(text), &list)
	}
	return list, errs.Wrap(err, "read the references of draft %d", id)
}

// draftLife is how long a draft is kept, in milliseconds.
const draftLife = 14 * 24 * 3600 * 1000

// DropDraft throws a draft away, and any that is too old. Errors: ErrNoDraft.
func (s *Store) DropDraft(ctx context.Context, by staff.Actor, id sqldb.ID) error {
	var ids []sqldb.ID
	err := s.db.Select(ctx, &ids, "SELECT id FROM bank_drafts WHERE created_at < ?", s.now().UnixMilli()-draftLife)
	if err != nil {
		return errs.Wrap(err, "look for old drafts")
	}
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var name string
		err := tx.Get(ctx, &name, "SELECT file_name FROM bank_drafts WHERE id = ?", id)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNoDraft
		}
		if err != nil {
			return err
		}
		for _, old := range append(ids, id) {
			for _, statement := range []string{
				"DELETE FROM bank_draft_codes WHERE draft_id = ?",
				"DELETE FROM bank_draft_rows WHERE draft_id = ?",
				"DELETE FROM bank_draft_files WHERE draft_id = ?",
				"DELETE FROM bank_drafts WHERE id = ?",
			} {
				if _, err := tx.Exec(ctx, statement, old); err != nil {
					return err
				}
			}
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "bank.drop_draft", Subject: cut(name, maxSubject)})
	})
}

// Drafts lists the open drafts, newest first.
func (s *Store) Drafts(ctx context.Context) ([]Draft, error) {
	var drafts []Draft
	err := s.db.Select(ctx, &drafts,
		`SELECT id, file_name, format, encoding, state_name, '[]' AS problems, '' AS conventions, staff_name, created_at
		FROM bank_drafts ORDER BY id DESC LIMIT 50`)
	return drafts, errs.Wrap(err, "list drafts")
}
