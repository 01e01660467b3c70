package unit

import (
	"slices"

	"anquanda/internal/sqldb"
)

// Meanings finds what texts in a file can mean. It is made once for many texts of a tree.
type Meanings struct {
	tree   *Tree
	byCode map[string]*Unit
	byName map[string][]*Unit // by folded names, other ones too
}

// NewMeanings returns the meanings of texts among the units of a tree that are not gone.
func NewMeanings(t *Tree) *Meanings {
	m := &Meanings{tree: t, byCode: map[string]*Unit{}, byName: map[string][]*Unit{}}
	for _, f := range t.folding() {
		m.byCode[f.unit.Code] = f.unit
		for _, name := range f.names {
			if !slices.Contains(m.byName[name], f.unit) {
				m.byName[name] = append(m.byName[name], f.unit)
			}
		}
	}
	return m
}

// Coded is the unit of a code, or nobody.
func (m *Meanings) Coded(code string) []*Unit {
	if u := m.byCode[code]; u != nil {
		return []*Unit{u}
	}
	return nil
}

// Named are the units that a name can mean, or a path such as 青禾镇/柳湾村, which may leave
// out the upper units.
func (m *Meanings) Named(text string) []*Unit {
	found := slices.Clone(m.byName[FoldName(text)])
	path := splitPath(text)
	if len(path) < 2 {
		return found
	}
	for _, u := range m.byName[FoldName(path[len(path)-1])] {
		if m.stands(u, path) && !slices.Contains(found, u) {
			found = append(found, u)
		}
	}
	return found
}

// stands reports whether the units above u are called as the path says.
func (m *Meanings) stands(u *Unit, path []string) bool {
	line := m.tree.line(u.ID)
	if len(line) < len(path) {
		return false
	}
	line = line[len(line)-len(path):]
	for i, name := range path {
		if !slices.Contains(m.byName[FoldName(name)], line[i]) {
			return false
		}
	}
	return true
}

// Below are the units of that id and below it that are not gone.
func (t *Tree) Below(id sqldb.ID) []sqldb.ID {
	all := []sqldb.ID{id}
	for i := 0; i < len(all); i++ {
		for _, u := range t.children[all[i]] {
			all = append(all, u.ID)
		}
	}
	return all
}
