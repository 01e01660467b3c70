package bank

import (
	"context"
	"encoding/json"
	"slices"

	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// SetKnown gives the laws and standards that every bank may name without listing
// them. Call it before the store is used.
func (s *Store) SetKnown(list question.References) { s.known = list }

// referenceRow is all of a row of bank_references.
type referenceRow struct {
	Bank      string `db:"bank"`
	Key       string `db:"reference_key"`
	Body      string `db:"body"` // the reference as JSON
	UpdatedAt int64  `db:"updated_at"`
}

// References are the laws and standards that a bank may name: those that every bank
// knows, with its own over them.
func (s *Store) References(ctx context.Context, name string) (question.References, error) {
	var rows []referenceRow
	err := s.db.Select(ctx, &rows, "SELECT "+sqldb.Columns[referenceRow]("r")+
		" FROM bank_references r WHERE r.bank = ? ORDER BY r.reference_key", name)
	if err != nil {
		return nil, errs.Wrap(err, "list the references of bank %s", name)
	}
	own := make(question.References, len(rows))
	for i, row := range rows {
		if err := json.Unmarshal([]byte(row.Body), &own[i]); err != nil {
			return nil, errs.Wrap(err, "reference %s of bank %s", row.Key, name)
		}
	}
	return s.known.Over(own), nil
}

// Cited are the references that questions name, for a file that carries them.
func (s *Store) Cited(ctx context.Context, name string, questions []question.Question) (question.References, error) {
	list, err := s.References(ctx, name)
	if err != nil {
		return nil, err
	}
	cited := map[string]bool{}
	for i := range questions {
		cited[questions[i].Source.Key] = true
	}
	return slices.DeleteFunc(list, func(r question.Reference) bool { return !cited[r.Key] }), nil
}

// LayReferences puts a list over the one that a stored bank has: an entry replaces
// the one of its key. An empty list changes nothing. Errors: ErrUnknown, invalid_field.
func (s *Store) LayReferences(ctx context.Context, by staff.Actor, name string, list question.References) error {
	if len(list) == 0 {
		return nil
	}
	if err := list.Check(); err != nil {
		return errs.InvalidField("references", err.Error())
	}
	if _, err := s.Current(ctx, name); err != nil {
		return err
	}
	rows := make([]referenceRow, len(list))
	for i, r := range list {
		body, err := json.Marshal(r)
		if err != nil {
			return err
		}
		rows[i] = referenceRow{name, r.Key, string(body), s.now().UnixMilli()}
	}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		for _, r := range list {
			_, err := tx.Exec(ctx, "DELETE FROM bank_references WHERE bank = ? AND reference_key = ?", name, r.Key)
			if err != nil {
				return err
			}
		}
		if err := sqldb.Insert(ctx, tx, "INSERT INTO bank_references", rows); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "bank.references", Subject: name,
			Detail: map[string]any{"references": len(list)}})
	})
	if sqldb.IsDuplicate(err) {
		return ErrChanged.Because(err)
	}
	return errs.Wrap(err, "lay references over those of bank %s", name)
}

// complete fills in what questions leave to the list of their bank.
func (s *Store) complete(ctx context.Context, name string, questions []question.Question) error {
	bare := func(q question.Question) bool { return q.Source.Key != "" && q.Source.Title == "" }
	if !slices.ContainsFunc(questions, bare) {
		return nil
	}
	list, err := s.References(ctx, name)
	if err != nil {
		return err
	}
	index := list.Index()
	for i := range questions {
		index.Complete(&questions[i])
	}
	return nil
}
