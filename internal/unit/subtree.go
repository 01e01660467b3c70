package unit

import (
	"slices"

	"anquanda/internal/sqldb"
)

// IsUnder reports whether id is the unit of that code or stands below it.
func (t *Tree) IsUnder(id sqldb.ID, code string) bool {
	return slices.ContainsFunc(t.line(id), func(u *Unit) bool { return u.Code == code })
}

// Headcount is how many people a unit has: its own number, else the sum of those
// below it; 0 when none is known.
func (t *Tree) Headcount(id sqldb.ID) int {
	unit, ok := t.units[id]
	if !ok {
		return 0
	}
	if unit.Headcount > 0 {
		return unit.Headcount
	}
	sum := 0
	for _, child := range t.children[id] {
		sum += t.Headcount(child.ID)
	}
	return sum
}
