package bank

import (
	"context"
	"encoding/json"

	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// VersionInfo tells of one version of a bank.
type VersionInfo struct {
	Version   int    `db:"version"`
	Note      string `db:"note"`
	Questions int    `db:"questions"`
	CreatedAt int64  `db:"created_at"`
}

// Info tells of a bank as it is now.
type Info struct {
	Name  string `db:"bank"`
	Title string `db:"title"` // what people call it; its name where nobody has called it otherwise
	VersionInfo
}

// List tells of every bank, by name.
func (s *Store) List(ctx context.Context) ([]Info, error) {
	var infos []Info
	err := s.db.Select(ctx, &infos, `
		SELECT v.bank, CASE WHEN b.title = '' THEN b.name ELSE b.title END AS title,
			v.version, v.note, v.questions, v.created_at
		FROM banks b JOIN bank_versions v ON v.bank = b.name AND v.version = b.version ORDER BY v.bank`)
	return infos, errs.Wrap(err, "list banks")
}

// Versions lists the versions of a bank, newest first.
func (s *Store) Versions(ctx context.Context, name string) ([]VersionInfo, error) {
	var infos []VersionInfo
	err := s.db.Select(ctx, &infos,
		"SELECT version, note, questions, created_at FROM bank_versions WHERE bank = ? ORDER BY version DESC", name)
	if err == nil && len(infos) == 0 {
		return nil, ErrUnknown
	}
	return infos, errs.Wrap(err, "list the versions of bank %s", name)
}

// Compare tells what version changed against another.
func (s *Store) Compare(ctx context.Context, name string, from, to int) (Difference, error) {
	before, err := s.bodies(ctx, name, from)
	if err != nil {
		return Difference{}, err
	}
	after, err := s.Stored(ctx, name, to)
	if err != nil {
		return Difference{}, err
	}
	c, err := compare(before, after)
	return c.Difference, err
}

// Undo makes a new version that equals the one before the present. Corrections
// that the present version made are taken back with it, and results are scored
// again. Errors: ErrUnknown, nothing_to_undo, ErrChanged.
func (s *Store) Undo(ctx context.Context, by staff.Actor, name string) (int, Difference, error) {
	present, err := s.Current(ctx, name)
	if err != nil {
		return 0, Difference{}, err
	}
	if present == 1 {
		return 0, Difference{}, errs.New(errs.Conflict, "nothing_to_undo", "这是第一个版本，没有可以撤销的修改")
	}
	questions, err := s.Stored(ctx, name, present-1)
	if err != nil {
		return 0, Difference{}, err
	}
	var difference Difference
	err = s.nextVersion(ctx, name, present, questions, "撤销上一次修改", func(tx *sqldb.Tx, d Difference) error {
		difference = d
		_, err := tx.Exec(ctx,
			"UPDATE bank_corrections SET undone_at = ?, rescored_at = 0 WHERE bank = ? AND version = ? AND undone_at = 0",
			s.now().UnixMilli(), name, present)
		if err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "bank.undo", Subject: name,
			Detail: map[string]any{"undone": present}})
	})
	return present + 1, difference, errs.Wrap(err, "undo version %d of bank %s", present, name)
}

// Stored reads the questions of a version as they were stored, without later
// corrections.
func (s *Store) Stored(ctx context.Context, name string, version int) ([]question.Question, error) {
	bodies, err := s.bodies(ctx, name, version)
	if err != nil {
		return nil, err
	}
	if len(bodies) == 0 {
		return nil, ErrUnknown
	}
	return readBodies(name, version, bodies)
}

func readBodies(name string, version int, bodies []storedQuestion) ([]question.Question, error) {
	questions := make([]question.Question, len(bodies))
	for i, row := range bodies {
		if err := json.Unmarshal([]byte(row.Body), &questions[i]); err != nil {
			return nil, errs.Wrap(err, "bank %s version %d, question %s", name, version, row.QuestionID)
		}
	}
	return questions, nil
}
