package offline

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Counted is a figure with the name under which tables of other offices ask for it.
type Counted struct {
	Name    string  `json:"name"`
	Value   float64 `json:"value"`
	Measure string  `json:"measure"`
}

// Snapshot is what was counted at one moment; it is never changed.
type Snapshot struct {
	For     int64  // UTC ms: the end of a period, or when somebody asked
	TakenAt int64  // UTC ms
	TakenBy string // "" where it was taken by itself
	Figures []Counted
}

type storedSnapshot struct {
	ContestID sqldb.ID `db:"contest_id"`
	TakenFor  int64    `db:"taken_for"`
	TakenAt   int64    `db:"taken_at"`
	TakenBy   string   `db:"taken_by"`
	Figures   string   `db:"figures"`
}

func (row *storedSnapshot) snapshot() (s Snapshot, err error) {
	s = Snapshot{For: row.TakenFor, TakenAt: row.TakenAt, TakenBy: row.TakenBy}
	return s, errs.Wrap(json.Unmarshal([]byte(row.Figures), &s.Figures), "read a snapshot")
}

var (
	snapshotColumns = sqldb.Columns[storedSnapshot]("")
	// ErrNoSnapshot is returned for a moment that nothing was kept of.
	ErrNoSnapshot    = errs.New(errs.NotFound, "snapshot_unknown", "没有这份留存的数")
	errManySnapshots = errs.New(errs.Conflict, "snapshots_full", "留存的数已经有 200 份，不能再加")
)

const mostSnapshots = 200

// Overdue are the periods that are over and of which no snapshot was taken yet.
func (s *Service) Overdue(ctx context.Context, contestID sqldb.ID) (dues []int64, err error) {
	err = s.db.Select(ctx, &dues, `SELECT p.due_at FROM offline_periods p WHERE p.contest_id = ? AND p.due_at <= ?
		AND NOT EXISTS (SELECT 1 FROM offline_snapshots f WHERE f.contest_id = p.contest_id AND f.taken_for = p.due_at)
		ORDER BY p.due_at`, contestID, s.now().UnixMilli())
	return dues, errs.Wrap(err, "look for periods that are over")
}

// FreezePeriod keeps figures as those of a period that is over. Where another node was
// first, its stay.
func (s *Service) FreezePeriod(ctx context.Context, contestID sqldb.ID, due int64, figures []Counted) error {
	row := storedSnapshot{contestID, due, s.now().UnixMilli(), "", asJSON(figures)}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		return sqldb.Insert(ctx, tx, "INSERT INTO offline_snapshots", []storedSnapshot{row})
	})
	if sqldb.IsDuplicate(err) {
		return nil
	}
	return errs.Wrap(err, "freeze the figures of a period")
}

// Freeze keeps figures as they stand now. Errors: snapshots_full.
func (s *Service) Freeze(
	ctx context.Context, by staff.Actor, slug string, contestID sqldb.ID, figures []Counted,
) (*Snapshot, error) {
	now := s.now().UnixMilli()
	row := storedSnapshot{contestID, now, now, by.Name, asJSON(figures)}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var n int
		if err := tx.Get(ctx, &n, "SELECT COUNT(*) FROM offline_snapshots WHERE contest_id = ?", contestID); err != nil {
			return err
		}
		if n >= mostSnapshots {
			return errManySnapshots
		}
		if err := sqldb.Insert(ctx, tx, "INSERT INTO offline_snapshots", []storedSnapshot{row}); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "offline.freeze", Subject: slug,
			Detail: map[string]any{"for": now}})
	})
	if err != nil {
		return nil, errs.Wrap(err, "freeze figures")
	}
	return &Snapshot{For: now, TakenAt: now, TakenBy: by.Name, Figures: figures}, nil
}

// Snapshots are all of a contest, the newest first.
func (s *Service) Snapshots(ctx context.Context, contestID sqldb.ID) ([]Snapshot, error) {
	var rows []storedSnapshot
	err := s.db.Select(ctx, &rows, "SELECT "+snapshotColumns+
		" FROM offline_snapshots WHERE contest_id = ? ORDER BY taken_for DESC", contestID)
	if err != nil {
		return nil, errs.Wrap(err, "read snapshots")
	}
	all := make([]Snapshot, len(rows))
	for i := range rows {
		if all[i], err = rows[i].snapshot(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// LastPeriod are the figures that were kept at the end of the last period; nothing where
// none is over.
func (s *Service) LastPeriod(ctx context.Context, contestID sqldb.ID) ([]Counted, error) {
	var row storedSnapshot
	err := s.db.Get(ctx, &row, "SELECT "+snapshotColumns+` FROM offline_snapshots
		WHERE contest_id = ? AND taken_by = '' ORDER BY taken_for DESC LIMIT 1`, contestID)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, errs.Wrap(err, "read the figures of the last period")
	}
	last, err := row.snapshot()
	return last.Figures, err
}

// SnapshotFor reads one. Errors: ErrNoSnapshot.
func (s *Service) SnapshotFor(ctx context.Context, contestID sqldb.ID, at int64) (Snapshot, error) {
	var row storedSnapshot
	err := s.db.Get(ctx, &row, "SELECT "+snapshotColumns+
		" FROM offline_snapshots WHERE contest_id = ? AND taken_for = ?", contestID, at)
	if errors.Is(err, sql.ErrNoRows) {
		return Snapshot{}, ErrNoSnapshot
	}
	if err != nil {
		return Snapshot{}, errs.Wrap(err, "read a snapshot")
	}
	return row.snapshot()
}
