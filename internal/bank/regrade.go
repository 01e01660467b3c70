package bank

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// Regrading is how the responses to one question are judged anew.
type Regrading struct {
	Bank       string
	QuestionID string
	Kind       question.Kind
	Judge      func(question.Choice) question.Mark
}

// Regrading is how a correction judges responses, stored or only Proposed: by the
// corrected question, as right where it is voided, by what is in the bank where it
// was taken back.
func (s *Store) Regrading(ctx context.Context, c Correction) (Regrading, error) {
	var q question.Question
	if err := json.Unmarshal([]byte(c.Body), &q); err != nil {
		return Regrading{}, errs.Wrap(err, "correction of question %s", c.QuestionID)
	}
	r := Regrading{Bank: c.Bank, QuestionID: c.QuestionID, Kind: q.Kind}
	if c.UndoneAt == 0 {
		voided := c.Action == Voided
		r.Judge = func(choice question.Choice) question.Mark {
			if voided {
				return question.Voided()
			}
			return question.Judge(&q, choice)
		}
		return r, nil
	}
	version, err := s.Current(ctx, c.Bank)
	if err != nil {
		return r, err
	}
	present, err := s.Load(ctx, c.Bank, version)
	if err != nil {
		return r, err
	}
	at := slices.IndexFunc(present.Questions, func(p question.Question) bool { return p.ID == c.QuestionID })
	if at >= 0 {
		q = present.Questions[at]
	}
	r.Judge = func(choice question.Choice) question.Mark { return present.Judge(&q, choice) }
	return r, nil
}

const (
	// knownEverywhere is how long after a correction every node judges by it, in
	// milliseconds; results are scored again only then.
	knownEverywhere = 5_000
	claimFor        = 60_000
)

// ClaimRescoring hands out a correction (or an undone one) whose results are to
// be scored again, to one node at a time; ok is false when there is none. The
// claim ends by itself after a minute, when the node died.
func (s *Store) ClaimRescoring(ctx context.Context) (c Correction, ok bool, err error) {
	now := s.now().UnixMilli()
	err = s.db.Get(ctx, &c, `
		SELECT bank, question_id, version, action_name, body, reason, created_at, undone_at, rescored_at FROM bank_corrections
		WHERE rescored_at = 0 AND claimed_until < ? AND created_at < ? AND undone_at < ? ORDER BY version LIMIT 1`,
		now, now-knownEverywhere, now-knownEverywhere)
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, nil
	}
	if err != nil {
		return c, false, errs.Wrap(err, "look for results to score again")
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx, `UPDATE bank_corrections SET claimed_until = ?
			WHERE bank = ? AND question_id = ? AND version = ? AND rescored_at = 0 AND claimed_until < ?`,
			now+claimFor, c.Bank, c.QuestionID, c.Version, now)
		ok = matched > 0
		return err
	})
	return c, ok, errs.Wrap(err, "claim results to score again")
}

// Rescored notes that the results of a correction are scored again.
func (s *Store) Rescored(ctx context.Context, c Correction) error {
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE bank_corrections SET rescored_at = ?, claimed_until = 0
			WHERE bank = ? AND question_id = ? AND version = ? AND undone_at = ?`,
			s.now().UnixMilli(), c.Bank, c.QuestionID, c.Version, c.UndoneAt)
		return err
	})
}
