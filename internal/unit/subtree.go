package unit

import (
	"slices"

	"anquanda/internal/sqldb"
)

// IsUnder reports whether id is the unit of that code or stands below it.
func (t *Tree) IsUnder(id sqldb.ID, code string) bool {
	return slices.ContainsFunc(t.line(id), func(u *Unit) bool { return u.Code == code })
}

// ByCode returns the unit of a code that is not gone.
func (t *Tree) ByCode(code string) (*Unit, bool) {
	i := slices.IndexFunc(t.order, func(u *Unit) bool { return u.Code == code })
	if i < 0 {
		return nil, false
	}
	return t.order[i], true
}

// Headcount is how many people a unit has: its own number, else the sum of those
// below it; 0 when none is known.
func (t *Tree) Headcount(id sqldb.ID) int {
	heads, _ := t.Heads(id)
	return heads
}

// Heads is Headcount, and whether it is the whole: a sum in which the number of
// some unit is missing is too small to take a rate of.
func (t *Tree) Heads(id sqldb.ID) (heads int, whole bool) {
	unit, ok := t.units[id]
	if !ok {
		return 0, false
	}
	if unit.Headcount > 0 {
		return unit.Headcount, true
	}
	whole = len(t.children[id]) > 0
	for _, child := range t.children[id] {
		below, known := t.Heads(child.ID)
		heads += below
		whole = whole && known
	}
	return heads, whole
}
