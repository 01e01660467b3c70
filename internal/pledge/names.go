package pledge

import (
	"context"
	"strings"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Hide takes a name from the wall, or shows it again; the certificate of the
// player stays. Errors: ErrNotSigned, invalid_field reason.
func (s *Service) Hide(ctx context.Context, by staff.Actor, c *catalog.Contest, number int64, hidden bool, reason string) error {
	if reason = strings.TrimSpace(reason); hidden && reason == "" {
		return errs.InvalidField("reason", "请写明原因")
	}
	action := "pledge.show"
	if hidden {
		action = "pledge.hide"
	}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx, "UPDATE signatures SET hidden = ? WHERE contest_id = ? AND number = ?", hidden, c.ContestID, number)
		if err == nil && matched == 0 {
			err = ErrNotSigned
		}
		if err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: action, Subject: c.Slug,
			Detail: map[string]any{"number": number, "reason": reason}})
	})
	s.DropWall(c.ContestID)
	return errs.Wrap(err, "hide signature %d", number)
}

// DropWall has the next wall of this node made anew, after names changed.
func (s *Service) DropWall(contestID sqldb.ID) {
	s.walls.Drop(contestID)
}

// List returns signatures, newest first: at most limit, with a number below
// before (0: all).
func (s *Service) List(ctx context.Context, contestID sqldb.ID, before int64, limit int) ([]Signature, error) {
	if before == 0 {
		before = 1 << 62
	}
	var rows []Signature
	err := s.db.Select(ctx, &rows, "SELECT "+columns+" FROM signatures WHERE contest_id = ? AND number < ? ORDER BY number DESC LIMIT ?",
		contestID, before, limit)
	return rows, errs.Wrap(err, "list signatures")
}
