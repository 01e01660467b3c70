// Package unit keeps the tree of units (townships, departments, firms) that
// players belong to. It owns the table units. Trees are small enough to be held
// in memory, whole.
package unit

import (
	"context"
	"embed"
	"io/fs"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Unit is one node of the tree.
type Unit struct {
	ID        sqldb.ID `db:"id"`
	ParentID  sqldb.ID `db:"parent_id"` // 0 at the top
	Code      string   `db:"code"`
	Name      string   `db:"name"`
	Headcount int      `db:"headcount"` // people; 0 when it is not known
}

// Tree is the units of one contest. It is not changed once loaded.
type Tree struct {
	units    map[sqldb.ID]*Unit
	children map[sqldb.ID][]*Unit // in the definition's order
	order    []*Unit
}

// Load reads the tree of a contest.
func Load(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (*Tree, error) {
	var rows []*Unit
	err := db.Select(ctx, &rows, `
		SELECT id, parent_id, code, name, headcount FROM units
		WHERE contest_id = ? ORDER BY position, id`, contestID)
	if err != nil {
		return nil, errs.Wrap(err, "load the units of contest %d", contestID)
	}
	tree := &Tree{units: map[sqldb.ID]*Unit{}, children: map[sqldb.ID][]*Unit{}, order: rows}
	for _, u := range rows {
		tree.units[u.ID] = u
		tree.children[u.ParentID] = append(tree.children[u.ParentID], u)
	}
	return tree, nil
}

// Get returns the unit of that id.
func (t *Tree) Get(id sqldb.ID) (*Unit, bool) {
	u, ok := t.units[id]
	return u, ok
}

// Children lists the units right below parent (0: the top ones).
func (t *Tree) Children(parent sqldb.ID) []*Unit { return t.children[parent] }

// Search lists at most limit units whose name holds text.
func (t *Tree) Search(text string, limit int) []*Unit {
	text = strings.TrimSpace(text)
	var found []*Unit
	for _, u := range t.order {
		if len(found) == limit {
			break
		}
		if strings.Contains(u.Name, text) {
			found = append(found, u)
		}
	}
	return found
}

// Path is the names from the top down to the unit, joined by " / ".
func (t *Tree) Path(id sqldb.ID) string {
	var names []string
	for _, u := range t.line(id) {
		names = append(names, u.Name)
	}
	return strings.Join(names, " / ")
}

// At returns the unit at depth (1 is the top) above or at id; id's own unit when
// it stands higher, or when depth is 0.
func (t *Tree) At(id sqldb.ID, depth int) (*Unit, bool) {
	line := t.line(id)
	if len(line) == 0 {
		return nil, false
	}
	if depth == 0 || depth > len(line) {
		depth = len(line)
	}
	return line[depth-1], true
}

// line lists the units from the top down to id.
func (t *Tree) line(id sqldb.ID) []*Unit {
	var line []*Unit
	for u, ok := t.units[id]; ok && len(line) < 16; u, ok = t.units[u.ParentID] {
		line = append([]*Unit{u}, line...)
	}
	return line
}

// Sync makes the stored tree follow the definition's: units are known by their
// code, new ones are added, present ones renamed and moved. A unit that is no
// longer defined stays, because results may point to it.
func Sync(ctx context.Context, tx *sqldb.Tx, ids *sqldb.IDs, contestID sqldb.ID, defined []contest.Unit) error {
	var rows []*Unit
	err := tx.Select(ctx, &rows, "SELECT id, parent_id, code, name, headcount FROM units WHERE contest_id = ?", contestID)
	if err != nil {
		return errs.Wrap(err, "read units")
	}
	stored := make(map[string]sqldb.ID, len(rows))
	for _, u := range rows {
		stored[u.Code] = u.ID
	}
	s := syncing{ids: ids, contestID: contestID, stored: stored}
	if err := s.walk(ctx, tx, 0, defined); err != nil {
		return errs.Wrap(err, "write units")
	}
	return errs.Wrap(tx.InsertRows(ctx,
		"INSERT INTO units (contest_id, id, parent_id, code, name, headcount, position)", s.added), "add units")
}

type syncing struct {
	ids       *sqldb.IDs
	contestID sqldb.ID
	stored    map[string]sqldb.ID
	added     [][]any
	position  int
}

func (s *syncing) walk(ctx context.Context, tx *sqldb.Tx, parent sqldb.ID, defined []contest.Unit) error {
	for _, u := range defined {
		s.position++
		id, known := s.stored[u.Code]
		if known {
			_, err := tx.Exec(ctx, "UPDATE units SET parent_id = ?, name = ?, headcount = ?, position = ? WHERE id = ?",
				parent, u.Name, u.Headcount, s.position, id)
			if err != nil {
				return err
			}
		} else {
			id = s.ids.Next()
			s.added = append(s.added, []any{s.contestID, id, parent, u.Code, u.Name, u.Headcount, s.position})
		}
		if err := s.walk(ctx, tx, id, u.Children); err != nil {
			return err
		}
	}
	return nil
}
