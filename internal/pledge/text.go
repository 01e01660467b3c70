package pledge

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"slices"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Text is what somebody signed, as it stood then.
type Text struct {
	Contest   string // its title
	Organizer string
	Title     string
	Lines     []string
}

// TextOf is the pledge of a definition, which has one.
func TextOf(d *contest.Definition) Text {
	return Text{d.Title, d.Organizer, d.Pledge.Title, d.Pledge.Lines}
}

func (t Text) equal(other Text) bool {
	return t.Contest == other.Contest && t.Organizer == other.Organizer && t.Title == other.Title &&
		slices.Equal(t.Lines, other.Lines)
}

// textRow is a row of pledge_texts.
type textRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	TextNo    int      `db:"text_no"`
	Contest   string   `db:"contest_title"`
	Organizer string   `db:"organizer"`
	Title     string   `db:"title"`
	Body      string   `db:"body"`
}

var textColumns = sqldb.Columns[textRow]("")

func (r *textRow) text() (Text, error) {
	t := Text{Contest: r.Contest, Organizer: r.Organizer, Title: r.Title}
	err := json.Unmarshal([]byte(r.Body), &t.Lines)
	return t, errs.Wrap(err, "read text %d of the pledge", r.TextNo)
}

// Signed is the text under which a signature stands; nil: it is not kept.
func (s *Service) Signed(ctx context.Context, of *Signature) (*Text, error) {
	var rows []textRow
	err := s.db.Select(ctx, &rows, "SELECT "+textColumns+" FROM pledge_texts WHERE contest_id = ? AND text_no = ?",
		of.ContestID, of.TextNo)
	if err != nil || len(rows) == 0 {
		return nil, errs.Wrap(err, "read what signature %d stands under", of.Number)
	}
	text, err := rows[0].text()
	return &text, err
}

// numberText is the number of a text; the caller holds the contest's row of pledge_counts.
func numberText(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, t Text) (number int, err error) {
	var rows []textRow
	err = tx.Select(ctx, &rows, "SELECT "+textColumns+` FROM pledge_texts
		WHERE contest_id = ? ORDER BY text_no DESC LIMIT 1`, contestID)
	if err != nil {
		return 0, errs.Wrap(err, "read the texts of the pledge")
	}
	next := textRow{contestID, 1, t.Contest, t.Organizer, t.Title, ""}
	if len(rows) > 0 {
		newest, err := rows[0].text()
		if err != nil || newest.equal(t) {
			return rows[0].TextNo, err
		}
		next.TextNo = rows[0].TextNo + 1
	}
	body, err := json.Marshal(t.Lines)
	if err != nil {
		return 0, errs.Wrap(err, "write a text of the pledge")
	}
	next.Body = string(body)
	err = sqldb.Insert(ctx, tx, "INSERT INTO pledge_texts", []textRow{next})
	return next.TextNo, errs.Wrap(err, "keep a text of the pledge")
}

// Complete notes of signatures from before texts were kept which one they stand under: that
// of the version of their contest that was in force. It is run at start; once nothing is
// left to do it costs one read.
func (s *Service) Complete(ctx context.Context) error {
	var ids []sqldb.ID
	err := s.db.Select(ctx, &ids, "SELECT DISTINCT contest_id FROM signatures WHERE text_no = 0 ORDER BY contest_id")
	if err != nil {
		return errs.Wrap(err, "look for signatures without their text")
	}
	var failed error
	for _, id := range ids {
		failed = errors.Join(failed, errs.Wrap(s.completeContest(ctx, id), "complete signatures of contest %d", id))
	}
	return failed
}

func (s *Service) completeContest(ctx context.Context, id sqldb.ID) error {
	past, err := s.catalog.History(ctx, id)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if _, err := lockCount(ctx, tx, id); err != nil {
			return err
		}
		from := int64(math.MinInt64)
		for i, v := range past {
			to := int64(math.MaxInt64)
			if i+1 < len(past) {
				to = past[i+1].From
			}
			if v.Definition.Pledge == nil {
				continue // nobody could sign: what is found is of the one before or after
			}
			number, err := numberText(ctx, tx, id, TextOf(v.Definition))
			if err != nil {
				return err
			}
			_, err = tx.Exec(ctx, `UPDATE signatures SET text_no = ?
				WHERE contest_id = ? AND text_no = 0 AND signed_at >= ? AND signed_at < ?`, number, id, from, to)
			if err != nil {
				return err
			}
			from = to
		}
		return nil
	})
}

// Guard refuses a definition without a pledge that people have signed. catalog calls it in
// the transaction that stores the definition.
func Guard(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, d *contest.Definition) error {
	if d.Pledge != nil {
		return nil
	}
	var signed []int64
	err := tx.Select(ctx, &signed, "SELECT signed FROM pledge_counts WHERE contest_id = ? AND signed > 0", contestID)
	if err == nil && len(signed) > 0 {
		err = errSigned
	}
	return errs.Wrap(err, "look for signatures")
}

var errSigned = errs.New(errs.Conflict, "pledge_signed", "已经有人在倡议上签名，不能删除倡议")
