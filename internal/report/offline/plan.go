package offline

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/unit"
)

// Plan is what units are asked for, and until when.
type Plan struct {
	Depth    int // units down to this depth report; 1: those at the top
	Items    []Item
	Weekly   bool  // else once, at LastDue
	FirstDue int64 // UTC ms; of a weekly plan
	LastDue  int64 // UTC ms
	Revision int64 // 0: there is none yet
}

type storedPlan struct {
	ContestID sqldb.ID `db:"contest_id"`
	Depth     int      `db:"depth"`
	Items     string   `db:"items"`
	Weekly    bool     `db:"weekly"`
	FirstDue  int64    `db:"first_due"`
	LastDue   int64    `db:"last_due"`
	Revision  int64    `db:"revision"`
}

// Errors of plans.
var (
	ErrNoPlan    = errs.New(errs.NotFound, "offline_plan_missing", "还没有设定线下填报")
	errPlanStale = errs.New(errs.Conflict, "offline_plan_stale", "别人刚改过填报的设定，请刷新后再改")
)

const (
	mostDepth   = 8
	mostPeriods = 60
	week        = 7 * 24 * time.Hour
)

// Dates are the moments at which a plan is due that are still to come, the first first.
// Those of a weekly plan are a week of the clock apart, and the last is LastDue.
func (p *Plan) Dates(now time.Time, zone *time.Location) (dates []int64) {
	if p.Weekly {
		for at := time.UnixMilli(p.FirstDue).In(zone); at.UnixMilli() < p.LastDue; at = at.AddDate(0, 0, 7) {
			dates = append(dates, at.UnixMilli())
		}
	}
	dates = append(dates, p.LastDue)
	return slices.DeleteFunc(dates, func(at int64) bool { return at <= now.UnixMilli() })
}

func (p *Plan) check(now time.Time) error {
	switch {
	case p.Depth < 1 || p.Depth > mostDepth:
		return errs.InvalidField("depth", fmt.Sprintf("填报到第几层单位，请填 1 到 %d", mostDepth))
	case p.LastDue <= now.UnixMilli() || p.LastDue > now.AddDate(2, 0, 0).UnixMilli():
		return errs.InvalidField("last_due", "最后一次截止要在现在以后，两年以内")
	case p.Weekly && p.FirstDue >= p.LastDue:
		return errs.InvalidField("first_due", "第一次截止要早于最后一次")
	case p.Weekly && p.LastDue-p.FirstDue > mostPeriods*week.Milliseconds():
		return errs.InvalidField("first_due", fmt.Sprintf("最多 %d 次，请推迟第一次截止", mostPeriods))
	}
	return checkItems(p.Items)
}

// Plan reads what is asked in a contest. Errors: ErrNoPlan.
func (s *Service) Plan(ctx context.Context, contestID sqldb.ID) (*Plan, error) {
	var row storedPlan
	err := s.db.Get(ctx, &row, "SELECT "+sqldb.Columns[storedPlan]("")+" FROM offline_plans WHERE contest_id = ?",
		contestID)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNoPlan
	}
	if err != nil {
		return nil, errs.Wrap(err, "read the plan of entries")
	}
	p := &Plan{Depth: row.Depth, Weekly: row.Weekly, FirstDue: row.FirstDue, LastDue: row.LastDue, Revision: row.Revision}
	return p, errs.Wrap(json.Unmarshal([]byte(row.Items), &p.Items), "read the items of entries")
}

// SetPlan stores what is asked over the revision that p names. Periods that are over or
// that somebody has reported for stay; the others are made anew. Errors: invalid_field,
// offline_plan_stale.
func (s *Service) SetPlan(
	ctx context.Context, by staff.Actor, slug string, contestID sqldb.ID, zone *time.Location, p Plan,
) error {
	now := s.now()
	if err := p.check(now); err != nil {
		return err
	}
	items, err := json.Marshal(p.Items)
	if err != nil {
		return err
	}
	row := storedPlan{contestID, p.Depth, string(items), p.Weekly, p.FirstDue, p.LastDue, p.Revision + 1}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if p.Revision > 0 {
			matched, err := tx.Exec(ctx, "DELETE FROM offline_plans WHERE contest_id = ? AND revision = ?", contestID,
				p.Revision)
			if err == nil && matched == 0 {
				err = errPlanStale
			}
			if err != nil {
				return err
			}
		}
		if err := sqldb.Insert(ctx, tx, "INSERT INTO offline_plans", []storedPlan{row}); err != nil {
			return err
		}
		if err := replacePeriods(ctx, tx, contestID, now.UnixMilli(), p.Dates(now, zone)); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "offline.plan", Subject: slug,
			Detail: map[string]any{"items": len(p.Items), "depth": p.Depth, "weekly": p.Weekly, "last_due": p.LastDue}})
	})
	if sqldb.IsDuplicate(err) {
		err = errPlanStale
	}
	return errs.Wrap(err, "set the plan of entries")
}

type period struct {
	ContestID sqldb.ID `db:"contest_id"`
	DueAt     int64    `db:"due_at"`
}

func replacePeriods(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, now int64, dates []int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM offline_periods WHERE contest_id = ? AND due_at > ? AND due_at NOT IN
		(SELECT r.due_at FROM offline_reports r WHERE r.contest_id = ?)`, contestID, now, contestID)
	if err != nil {
		return err
	}
	var kept []int64
	if err := tx.Select(ctx, &kept, "SELECT due_at FROM offline_periods WHERE contest_id = ?", contestID); err != nil {
		return err
	}
	var fresh []period
	for _, at := range dates {
		if !slices.Contains(kept, at) {
			fresh = append(fresh, period{contestID, at})
		}
	}
	return sqldb.Insert(ctx, tx, "INSERT INTO offline_periods", fresh)
}

// Dues are the moments at which the periods of a contest end, the first first.
func (s *Service) Dues(ctx context.Context, contestID sqldb.ID) (dues []int64, err error) {
	err = s.db.Select(ctx, &dues, "SELECT due_at FROM offline_periods WHERE contest_id = ? ORDER BY due_at", contestID)
	return dues, errs.Wrap(err, "read the periods of entries")
}

// Asked are the units that a plan asks, each above those below it.
func (p *Plan) Asked(tree *unit.Tree) (asked []*unit.Unit) {
	var add func(parent sqldb.ID, depth int)
	add = func(parent sqldb.ID, depth int) {
		for _, u := range tree.Children(parent) {
			asked = append(asked, u)
			if depth < p.Depth {
				add(u.ID, depth+1)
			}
		}
	}
	add(0, 1)
	return asked
}
