package unit

import "strings"

// foldedNames is what a unit is found by.
type foldedNames struct {
	unit  *Unit
	code  string
	names []string
}

func foldAll(units []*Unit) []foldedNames {
	all := make([]foldedNames, len(units))
	for i, u := range units {
		all[i] = foldedNames{unit: u, code: FoldName(u.Code)}
		for _, names := range [][]string{{u.Name}, u.Aliases, u.Typed} {
			for _, name := range names {
				all[i].names = append(all[i].names, FoldName(name))
			}
		}
	}
	return all
}

// Search finds at most limit units whose name or another name holds text, or whose code it is, in
// the tree's order. Width, case, blanks, brackets and other signs do not count.
func (t *Tree) Search(text string, limit int) (found []*Unit) {
	text = FoldName(text)
	for _, f := range t.folding() {
		if len(found) == limit {
			break
		}
		if f.code == text || f.holds(text) {
			found = append(found, f.unit)
		}
	}
	return found
}

func (f foldedNames) holds(text string) bool {
	for _, name := range f.names {
		if strings.Contains(name, text) {
			return true
		}
	}
	return false
}
