package unit

import (
	"slices"
	"strings"
)

// Mode is how a table meets the tree that is stored.
type Mode string

// The modes.
const (
	Replace Mode = "replace" // units that the table does not name are gone
	Merge   Mode = "merge"   // they stay
)

// node is where a row stands: a row or a stored unit is its parent, or none.
type node struct {
	row    *Row
	stored *Unit // which it is, if it is not new
	parent spot
}

// spot is a place in the tree to be: a node, or a stored unit that no row names.
// The zero value is the top.
type spot struct {
	node   *node
	stored *Unit
}

// placing finds out where the rows of a table stand, and rejects those that
// cannot stand anywhere.
type placing struct {
	tree  *Tree
	table *Table
	mode  Mode
	nodes []*node // in the order of the table; those implied by paths at the end

	byCode  map[string]*node
	byName  map[string][]*node
	byPath  map[string]*node
	stored  map[string]*Unit   // by code, gone ones too
	holding map[*Unit]*node    // which node a stored unit is
	paths   map[string]*Unit   // stored units by path, gone ones after the others
	named   map[string][]*Unit // stored units by name, those not gone
}

const pathSign = "\x00"

func pathKey(names []string) string {
	folded := make([]string, len(names))
	for i, name := range names {
		folded[i] = FoldName(name)
	}
	return strings.Join(folded, pathSign)
}

func place(tree *Tree, table *Table, mode Mode) *placing {
	p := &placing{tree: tree, table: table, mode: mode, byCode: map[string]*node{}, byName: map[string][]*node{},
		byPath: map[string]*node{},
		stored: map[string]*Unit{}, holding: map[*Unit]*node{}, paths: map[string]*Unit{}, named: map[string][]*Unit{}}
	p.indexTree()
	for _, row := range table.Rows {
		n := &node{row: row}
		p.nodes = append(p.nodes, n)
		p.indexCode(n)
	}
	p.indexPaths()
	for _, n := range p.nodes {
		if n.row.Name != "" {
			p.byName[FoldName(n.row.Name)] = append(p.byName[FoldName(n.row.Name)], n)
		}
	}
	for _, n := range p.nodes {
		p.findParent(n)
	}
	p.dropLoops()
	p.meet()
	for p.dropLoops() || p.dropBelowRejected() || p.dropDeep() {
	}
	p.compareSiblings()
	return p
}

func (p *placing) indexTree() {
	for _, list := range [][]*Unit{p.tree.order, p.tree.gone} {
		for _, u := range list {
			p.stored[u.Code] = u
			if key := pathKey(p.tree.names(u.ID)); p.paths[key] == nil {
				p.paths[key] = u
			}
			if u.GoneAt == 0 {
				p.named[FoldName(u.Name)] = append(p.named[FoldName(u.Name)], u)
			}
		}
	}
}

// indexCode keeps the first row of a code; the code keeps a unit's identity.
func (p *placing) indexCode(n *node) {
	code := n.row.Code
	switch {
	case code == "":
	case p.byCode[code] != nil:
		p.table.reject(n.row, CodeRepeated, "code", code)
	default:
		p.byCode[code] = n
		if u := p.stored[code]; u != nil {
			n.stored, p.holding[u] = u, n
		}
	}
}

// indexPaths makes the units that stand in paths and have no row of their own.
func (p *placing) indexPaths() {
	for _, n := range p.nodes {
		if key := pathKey(n.row.Path); n.row.Path != nil && p.byPath[key] == nil {
			p.byPath[key] = n
		}
	}
	for _, n := range slices.Clone(p.nodes) {
		if n.row.wrong {
			continue
		}
		for deep := len(n.row.Path) - 1; deep > 0; deep-- {
			path := n.row.Path[:deep]
			if p.byPath[pathKey(path)] != nil {
				break
			}
			implied := &node{row: &Row{at: n.row.at, Name: path[deep-1], Path: path, implied: true,
				cells: map[string]string{"name": n.row.cells["name"]}}}
			p.byPath[pathKey(path)] = implied
			p.nodes = append(p.nodes, implied)
		}
	}
}

// findParent finds what a row names as its parent: by path, by code, by name.
func (p *placing) findParent(n *node) {
	row := n.row
	switch {
	case row.wrong:
	case len(row.Path) > 1:
		n.parent.node = p.byPath[pathKey(row.Path[:len(row.Path)-1])]
	case row.Path != nil || row.Parent == "":
	case p.byCode[row.Parent] != nil:
		n.parent.node = p.byCode[row.Parent]
	case p.mode == Merge && p.stored[row.Parent] != nil:
		n.parent = p.spotOf(p.stored[row.Parent])
	default:
		p.findParentByName(n)
	}
}

func (p *placing) findParentByName(n *node) {
	name := FoldName(n.row.Parent)
	found := []spot{}
	for _, other := range p.byName[name] {
		found = append(found, spot{node: other})
	}
	if p.mode == Merge && len(found) == 0 {
		for _, u := range p.named[name] {
			found = append(found, p.spotOf(u))
		}
	}
	if len(found) > 1 { // nobody stands below itself, where another has the name
		found = slices.DeleteFunc(found, func(s spot) bool { return s.node == n })
	}
	switch len(found) {
	case 0:
		p.table.reject(n.row, ParentMissing, "parent", n.row.Parent)
	case 1:
		n.parent = found[0]
	default:
		p.table.reject(n.row, ParentAmbiguous, "parent", n.row.Parent)
	}
}

// spotOf is where a stored unit will be: where its row says, if it has one.
func (p *placing) spotOf(u *Unit) spot {
	if n := p.holding[u]; n != nil && !n.row.wrong {
		return spot{node: n}
	}
	return spot{stored: u}
}

// up is the spot above.
func (p *placing) up(s spot) (spot, bool) {
	if s.node != nil {
		return s.node.parent, s.node.parent != spot{}
	}
	above, ok := p.tree.units[s.stored.ParentID]
	if !ok {
		return spot{}, false
	}
	return p.spotOf(above), true
}

// path is the names from the top down to a spot.
func (p *placing) path(s spot) []string {
	var names []string
	for ok := true; ok && len(names) <= maxDepth; s, ok = p.up(s) {
		names = append(names, p.nameOf(s))
	}
	slices.Reverse(names)
	return names
}

func (p *placing) nameOf(s spot) string {
	if s.node != nil {
		return s.node.row.Name
	}
	return s.stored.Name
}

// meet finds which stored unit a row is that has no code, or a new one: the unit
// of its path. A unit keeps the code that staff gave it; one that we made up gives
// way.
func (p *placing) meet() {
	for _, n := range p.nodes {
		if n.stored != nil || n.row.wrong {
			continue
		}
		u := p.paths[pathKey(p.path(spot{node: n}))]
		if u == nil || p.holding[u] != nil || n.row.Code != "" && !madeUp.MatchString(u.Code) {
			continue
		}
		n.stored, p.holding[u] = u, n
	}
}
