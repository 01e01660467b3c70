package tally

import (
	"context"
	"database/sql"
	"errors"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Target is what the organizer wants to reach. It is the one thing here that is not
// counted from rows: Rebuild leaves it alone.
type Target struct {
	ContestID sqldb.ID `db:"contest_id"`
	Players   int64    `db:"players"` // over the whole contest; 0: none is set
	Percent   int      `db:"percent"` // of the people of each unit; 0: none is set
}

// mostTarget bounds the players that a target asks for.
const mostTarget = 100_000_000

// Target reads what the organizer wants to reach in a contest; nothing where none was set.
func (s *Service) Target(ctx context.Context, contestID sqldb.ID) (Target, error) {
	t := Target{ContestID: contestID}
	err := s.db.Get(ctx, &t, "SELECT contest_id, players, percent FROM tally_targets WHERE contest_id = ?", contestID)
	if errors.Is(err, sql.ErrNoRows) {
		return t, nil
	}
	return t, errs.Wrap(err, "read the target of contest %d", contestID)
}

// SetTarget sets what the organizer wants to reach. Errors: invalid_field players or percent.
func (s *Service) SetTarget(ctx context.Context, by staff.Actor, slug string, t Target) error {
	switch {
	case t.Players < 0 || t.Players > mostTarget:
		return errs.InvalidField("players", "目标人数请填 0 到 1 亿之间的整数")
	case t.Percent < 0 || t.Percent > 100:
		return errs.InvalidField("percent", "目标参与率请填 0 到 100 之间的整数")
	}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if err := tx.DeleteOf(ctx, t.ContestID, "tally_targets"); err != nil {
			return err
		}
		if err := sqldb.Insert(ctx, tx, "INSERT INTO tally_targets", []Target{t}); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "contest.target", Subject: slug,
			Detail: map[string]any{"players": t.Players, "percent": t.Percent}})
	})
	return errs.Wrap(err, "set the target of contest %d", t.ContestID)
}
