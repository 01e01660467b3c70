package bank

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Reasons that a player may give for reporting a question.
var reportReasons = map[string]bool{"answer": true, "wording": true, "options": true, "outdated": true, "other": true}

// Report is what a player says about a question. Note is shown to staff alone.
type Report struct {
	ContestID  sqldb.ID
	PlayerID   sqldb.ID
	Bank       string
	QuestionID string
	Reason     string // answer, wording, options, outdated, other
	Note       string
}

// maxNote is the longest note, in bytes.
const maxNote = 300

// Report keeps what a player says about a question; once a player and question,
// the first stands. Errors: invalid_field reason or note.
func (s *Store) Report(ctx context.Context, ids *sqldb.IDs, r Report) error {
	if !reportReasons[r.Reason] {
		return errs.InvalidField("reason", "请选择问题的种类")
	}
	if len(r.Note) > maxNote {
		return errs.InvalidField("note", "说明太长，请写在 100 个字以内")
	}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO question_reports
			(id, contest_id, player_id, bank, question_id, reason, note, created_at, closed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)`,
			ids.Next(), r.ContestID, r.PlayerID, r.Bank, r.QuestionID, r.Reason, r.Note, s.now().UnixMilli())
		return err
	})
	if sqldb.IsDuplicate(err) {
		return nil
	}
	return errs.Wrap(err, "keep a report about question %s", r.QuestionID)
}

// Reported is a question with the open reports about it.
type Reported struct {
	Bank       string `db:"bank"`
	QuestionID string `db:"question_id"`
	Reports    int    `db:"reports"`
	Newest     int64  `db:"newest"` // UTC ms
	Notes      []ReportNote
}

// ReportNote is one report, without its player.
type ReportNote struct {
	Bank       string `db:"bank"`
	QuestionID string `db:"question_id"`
	Reason     string `db:"reason"`
	Note       string `db:"note"`
	CreatedAt  int64  `db:"created_at"`
}

// Reports lists the questions with open reports, the most reported first.
func (s *Store) Reports(ctx context.Context, limit int) ([]Reported, error) {
	var reported []Reported
	err := s.db.Select(ctx, &reported, `
		SELECT bank, question_id, COUNT(*) AS reports, MAX(created_at) AS newest FROM question_reports
		WHERE closed_at = 0 GROUP BY bank, question_id ORDER BY reports DESC, newest DESC LIMIT ?`, limit)
	if err != nil {
		return nil, errs.Wrap(err, "list reported questions")
	}
	for i := range reported {
		err := s.db.Select(ctx, &reported[i].Notes, `
			SELECT bank, question_id, reason, note, created_at FROM question_reports
			WHERE closed_at = 0 AND bank = ? AND question_id = ? ORDER BY created_at DESC LIMIT 20`,
			reported[i].Bank, reported[i].QuestionID)
		if err != nil {
			return nil, errs.Wrap(err, "list the reports about question %s", reported[i].QuestionID)
		}
	}
	return reported, nil
}

// CloseReports puts the open reports about a question away.
func (s *Store) CloseReports(ctx context.Context, by staff.Actor, name, questionID string) error {
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		closed, err := tx.Exec(ctx,
			"UPDATE question_reports SET closed_at = ? WHERE bank = ? AND question_id = ? AND closed_at = 0",
			s.now().UnixMilli(), name, questionID)
		if err != nil || closed == 0 {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "bank.close_reports", Subject: name + "/" + questionID,
			Detail: map[string]any{"reports": closed}})
	})
}
