// Package unit keeps the tree of units (townships, departments, firms) that
// players belong to. It owns the tables units, unit_trees, unit_names and
// unit_name_players. Trees are small enough to be held in memory, whole.
//
// A tree comes from the contest's definition (Sync) or from a table that staff
// upload (ReadTable, NewPlan, Apply): every unit has a code of its own, by which
// it keeps its id, and with it its results, when it is renamed or moved. A unit
// that a table no longer names is gone: it is offered to nobody, and stays where
// results point to it. Each change makes a new version of the tree; who builds on
// an older one is refused.
//
// A player who does not find the unit may type a name (Names). It waits in a
// queue until staff merge it into a unit, and is then another name of that unit.
package unit

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Unit is one node of the tree.
type Unit struct {
	ID        sqldb.ID  `db:"id"`
	ParentID  sqldb.ID  `db:"parent_id"` // 0 at the top
	Code      string    `db:"code"`
	Name      string    `db:"name"`
	Headcount int       `db:"headcount"` // people; 0 when it is not known
	Aliases   aliasList `db:"aliases"`   // other names, without those that players typed
	GoneAt    int64     `db:"gone_at"`   // UTC ms; 0 while it is offered to players
	Typed     []string  `db:"-"`         // names that were merged into it
}

// aliasList is stored as a list in JSON.
type aliasList []string

// Scan reads the stored list.
func (l *aliasList) Scan(from any) error {
	*l = nil
	switch text := from.(type) {
	case string:
		return json.Unmarshal([]byte(text), l)
	case []byte:
		return json.Unmarshal(text, l)
	}
	return fmt.Errorf("aliases are %T", from)
}

func (l aliasList) stored() string {
	if len(l) == 0 {
		return "[]"
	}
	text, _ := json.Marshal([]string(l)) // strings always marshal
	return string(text)
}

// Value is the list as it is stored.
func (l aliasList) Value() (driver.Value, error) { return l.stored(), nil }

// Tree is the units of one contest. It is not changed once loaded.
type Tree struct {
	// Version grows with each change of the stored tree; 0 before the first.
	Version int64

	units    map[sqldb.ID]*Unit   // gone ones too
	children map[sqldb.ID][]*Unit // in the definition's order
	order    []*Unit
	gone     []*Unit
	finding  func() *finder
	folding  func() []foldedNames // by their order
}

// storedUnit is one row of units.
type storedUnit struct {
	ContestID sqldb.ID `db:"contest_id"`
	Unit
	Position int `db:"position"` // from 1, over the whole tree
}

var unitColumns = sqldb.Columns[Unit]("")

// Load reads the tree of a contest.
func Load(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (*Tree, error) {
	// The version first: a change in between only makes it be read once more.
	var version int64
	err := db.Get(ctx, &version, "SELECT version FROM unit_trees WHERE contest_id = ?", contestID)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, errs.Wrap(err, "read the version of the units of contest %d", contestID)
	}
	var rows []*Unit
	if err := db.Select(ctx, &rows, "SELECT "+unitColumns+" FROM units WHERE contest_id = ? ORDER BY position, id",
		contestID); err != nil {
		return nil, errs.Wrap(err, "load the units of contest %d", contestID)
	}
	var typed []struct {
		UnitID sqldb.ID `db:"unit_id"`
		Name   string   `db:"name"`
	}
	if err := db.Select(ctx, &typed,
		"SELECT unit_id, name FROM unit_names WHERE contest_id = ? AND unit_id <> 0 ORDER BY id", contestID); err != nil {
		return nil, errs.Wrap(err, "load the typed names of contest %d", contestID)
	}
	tree := newTree(version, rows)
	for _, t := range typed {
		if u, ok := tree.units[t.UnitID]; ok {
			u.Typed = append(u.Typed, t.Name)
		}
	}
	return tree, nil
}

// newTree makes a tree of units that stand in order.
func newTree(version int64, rows []*Unit) *Tree {
	tree := &Tree{Version: version, units: map[sqldb.ID]*Unit{}, children: map[sqldb.ID][]*Unit{}}
	tree.folding = sync.OnceValue(func() []foldedNames { return foldAll(tree.order) })
	tree.finding = sync.OnceValue(func() *finder { return newFinder(tree) })
	for _, u := range rows {
		tree.units[u.ID] = u
		if u.GoneAt != 0 {
			tree.gone = append(tree.gone, u)
			continue
		}
		tree.order = append(tree.order, u)
		tree.children[u.ParentID] = append(tree.children[u.ParentID], u)
	}
	return tree
}

// Versions are the versions of all contests' trees.
func Versions(ctx context.Context, db *sqldb.DB) (map[sqldb.ID]int64, error) {
	var rows []struct {
		ContestID sqldb.ID `db:"contest_id"`
		Version   int64    `db:"version"`
	}
	if err := db.Select(ctx, &rows, "SELECT contest_id, version FROM unit_trees"); err != nil {
		return nil, errs.Wrap(err, "read the versions of units")
	}
	versions := make(map[sqldb.ID]int64, len(rows))
	for _, row := range rows {
		versions[row.ContestID] = row.Version
	}
	return versions, nil
}

// Get returns the unit of that id, a gone one too.
func (t *Tree) Get(id sqldb.ID) (*Unit, bool) {
	u, ok := t.units[id]
	return u, ok
}

// Children lists the units right below parent (0: the top ones).
func (t *Tree) Children(parent sqldb.ID) []*Unit { return t.children[parent] }

// Units lists the units that are not gone, each above those below it.
func (t *Tree) Units() []*Unit {
	all := make([]*Unit, 0, len(t.order))
	var walk func(parent sqldb.ID, depth int)
	walk = func(parent sqldb.ID, depth int) {
		for _, u := range t.children[parent] {
			all = append(all, u)
			if depth < 2*maxDepth {
				walk(u.ID, depth+1)
			}
		}
	}
	walk(0, 1)
	return all
}

// Path is the names from the top down to the unit, joined by " / ".
func (t *Tree) Path(id sqldb.ID) string { return strings.Join(t.names(id), " / ") }

// names lists the names from the top down to the unit.
func (t *Tree) names(id sqldb.ID) (names []string) {
	for _, u := range t.line(id) {
		names = append(names, u.Name)
	}
	return names
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

// Gone lists the units that are gone.
func (t *Tree) Gone() []*Unit { return t.gone }
