package unit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Errors of merging typed names.
var (
	ErrNameUnknown = errs.New(errs.NotFound, "unit_name_unknown", "没有这个名称，可能已经没有人填它了")
	ErrMerged      = errs.New(errs.Conflict, "unit_name_merged", "这个名称刚刚被别人处理过")
	ErrNotMerged   = errs.New(errs.Conflict, "unit_name_open", "这个名称还没有并入单位")
)

// MergeInto makes a typed name another name of a unit: who typed it belongs to
// the unit from now on, and so does who types it later. Errors: ErrNameUnknown,
// ErrMerged, ErrUnknown.
func (s *Service) MergeInto(ctx context.Context, actor staff.Actor, in Contest, name, unitID sqldb.ID) error {
	return s.decide(ctx, in, name, func(tx *sqldb.Tx, row typedName) (decision, error) {
		if row.UnitID != 0 {
			return decision{}, ErrMerged
		}
		u, err := s.standing(ctx, tx, in.ID, unitID)
		if err != nil {
			return decision{}, err
		}
		return decision{to: unitID, entry: entry(actor, "unit.merge", in, row.Name, u.Name)}, nil
	})
}

// MergeNew makes a typed name a unit of its own, below parent (0: at the top) and
// called as staff say. Errors: ErrNameUnknown, ErrMerged, ErrUnknown (parent),
// invalid_field name.
func (s *Service) MergeNew(
	ctx context.Context, actor staff.Actor, in Contest, name, parent sqldb.ID, called string,
) error {
	called, err := publicname.Clean("name", "名称", called, maxName)
	if err != nil {
		return err
	}
	return s.decide(ctx, in, name, func(tx *sqldb.Tx, row typedName) (decision, error) {
		if row.UnitID != 0 {
			return decision{}, ErrMerged
		}
		made, err := s.add(ctx, tx, in.ID, parent, called)
		if err != nil {
			return decision{}, err
		}
		return decision{to: made, made: true, entry: entry(actor, "unit.merge_new", in, row.Name, called)}, nil
	})
}

// Undo takes a merge back: who typed the name has no unit again, and the name
// waits in the queue. A unit that the merge made is gone, unless others stand
// below it or were merged into it. Errors: ErrNameUnknown, ErrNotMerged.
func (s *Service) Undo(ctx context.Context, actor staff.Actor, in Contest, name sqldb.ID) error {
	return s.decide(ctx, in, name, func(tx *sqldb.Tx, row typedName) (decision, error) {
		if row.UnitID == 0 {
			return decision{}, ErrNotMerged
		}
		if row.Made {
			if err := s.dropMade(ctx, tx, in.ID, name, row.UnitID); err != nil {
				return decision{}, err
			}
		}
		return decision{entry: entry(actor, "unit.merge_undo", in, row.Name, "")}, nil
	})
}

// decision is what becomes of a typed name.
type decision struct {
	to    sqldb.ID
	made  bool
	entry staff.Entry
}

func entry(actor staff.Actor, action string, in Contest, name, into string) staff.Entry {
	return staff.Entry{Actor: actor, Action: action, Subject: in.Slug, Detail: map[string]any{"name": name, "unit": into}}
}

// decide settles a name and moves its players, in one transaction.
func (s *Service) decide(
	ctx context.Context, in Contest, name sqldb.ID, choose func(*sqldb.Tx, typedName) (decision, error),
) error {
	err := s.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		var row typedName
		err := tx.Get(ctx, &row,
			"SELECT id, name, unit_id, before_id, made FROM unit_names WHERE contest_id = ? AND id = ?", in.ID, name)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNameUnknown
		}
		if err != nil {
			return err
		}
		d, err := choose(tx, row)
		if err != nil {
			return err
		}
		matched, err := tx.Exec(ctx,
			"UPDATE unit_names SET unit_id = ?, before_id = ?, made = ?, decided_at = ? WHERE id = ? AND unit_id = ?",
			d.to, row.UnitID, flag(d.made), s.Now().UnixMilli(), name, row.UnitID)
		if err == nil && matched == 0 {
			err = sqldb.ErrStale // two decided at once
		}
		if err != nil {
			return err
		}
		if err := bump(ctx, tx, in.ID); err != nil {
			return err
		}
		if err := s.moveTypists(ctx, tx, in.ID, name, row.UnitID, d.to); err != nil {
			return err
		}
		return staff.Record(ctx, tx, d.entry)
	})
	s.after(ctx, err)
	return errs.Wrap(err, "decide on a typed name")
}

func flag(on bool) int {
	if on {
		return 1
	}
	return 0
}

// moveTypists moves who typed a name.
func (s *Service) moveTypists(ctx context.Context, tx *sqldb.Tx, contestID, name, from, to sqldb.ID) error {
	var players []sqldb.ID
	if err := tx.Select(ctx, &players, "SELECT player_id FROM unit_name_players WHERE name_id = ? ORDER BY player_id",
		name); err != nil {
		return err
	}
	return s.move(ctx, tx, Move{contestID, players, from, to})
}

// standing is a stored unit that is not gone.
func (s *Service) standing(ctx context.Context, tx *sqldb.Tx, contestID, id sqldb.ID) (*Unit, error) {
	var u Unit
	err := tx.Get(ctx, &u, "SELECT "+unitColumns+" FROM units WHERE contest_id = ? AND id = ? AND gone_at = 0",
		contestID, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrUnknown
	}
	return &u, err
}

// add makes a unit below parent.
func (s *Service) add(ctx context.Context, tx *sqldb.Tx, contestID, parent sqldb.ID, name string) (sqldb.ID, error) {
	var rows []*Unit
	if err := tx.Select(ctx, &rows, "SELECT "+unitColumns+" FROM units WHERE contest_id = ? ORDER BY position, id",
		contestID); err != nil {
		return 0, err
	}
	tree := newTree(0, rows)
	if parent != 0 && !slices.Contains(tree.order, tree.units[parent]) {
		return 0, ErrUnknown
	}
	if len(tree.line(parent)) >= maxDepth {
		return 0, errs.InvalidField("parent", fmt.Sprintf("单位最多 %d 级，这里不能再加下级", maxDepth))
	}
	if slices.ContainsFunc(tree.children[parent], func(u *Unit) bool { return FoldName(u.Name) == FoldName(name) }) {
		return 0, errs.InvalidField("name", "这里已经有这个单位，请直接并入它")
	}
	b := building{}
	for _, u := range rows {
		b.countCode(u.Code)
	}
	id := s.IDs.Next()
	unit := Unit{ID: id, ParentID: parent, Code: fmt.Sprintf("U%04d", b.codes+1), Name: name}
	err := sqldb.Insert(ctx, tx, "INSERT INTO units", []storedUnit{{contestID, unit, len(rows) + 1}})
	if sqldb.IsDuplicate(err) {
		err = sqldb.ErrStale
	}
	return id, err
}

// dropMade takes a unit that a merge made out of the tree, if it stands alone.
func (s *Service) dropMade(ctx context.Context, tx *sqldb.Tx, contestID, name, id sqldb.ID) error {
	_, err := tx.Exec(ctx, `UPDATE units SET gone_at = ? WHERE contest_id = ? AND id = ?
		AND id NOT IN (SELECT unit_id FROM unit_names WHERE contest_id = ? AND unit_id = ? AND id <> ?)`,
		s.Now().UnixMilli(), contestID, id, contestID, id, name)
	if err != nil {
		return err
	}
	var below int
	if err := tx.Get(ctx, &below, "SELECT COUNT(*) FROM units WHERE contest_id = ? AND parent_id = ? AND gone_at = 0",
		contestID, id); err != nil {
		return err
	}
	if below > 0 {
		_, err = tx.Exec(ctx, "UPDATE units SET gone_at = 0 WHERE id = ?", id)
	}
	return err
}

// settleFor is how long after a decision its players are looked at again.
const settleFor = 15 * time.Second

// Settle moves players once more whose names were decided on a moment ago: an
// attempt that was finishing meanwhile, on whichever node, may have kept the unit
// from before. It changes nothing where nothing is left to do.
func (s *Service) Settle(ctx context.Context) error {
	var rows []struct {
		ContestID sqldb.ID `db:"contest_id"`
		typedName
	}
	err := s.DB.Select(ctx, &rows,
		"SELECT contest_id, id, name, unit_id, before_id, made FROM unit_names WHERE decided_at > ?",
		s.Now().Add(-settleFor).UnixMilli())
	if err != nil {
		return errs.Wrap(err, "look for names that were just decided on")
	}
	for _, row := range rows {
		err := s.DB.InTx(ctx, func(tx *sqldb.Tx) error {
			return s.moveTypists(ctx, tx, row.ContestID, row.ID, row.BeforeID, row.UnitID)
		})
		if err != nil {
			return errs.Wrap(err, "settle a typed name")
		}
	}
	return nil
}
