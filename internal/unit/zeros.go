package unit

import "strings"

// Zeros says whether codes whose zeros in front a spreadsheet has cut are taken as they are stored:
// Excel opens 01 of a CSV file as the number 1 and saves it so.
type Zeros string

// What can be done with such codes. Where the name is another, it may be another unit.
const (
	RestoreSame Zeros = ""        // where the name is the same, too
	RestoreAll  Zeros = "restore" // whatever the name is
	AsWritten   Zeros = "written"
)

// Cut counts the codes of a table that are stored with zeros in front. Example is one of them, of
// those left where there are some: as it is written, and as it is stored.
type Cut struct {
	Restored, Left int
	Example        [2]string
}

// restoreZeros takes codes as they are stored, as far as t.Zeros says. With them go the parents
// that are named by such a code.
func (t *Table) restoreZeros(tree *Tree) (cut Cut) {
	whole := t.whole(tree)
	meant := map[string]string{}
	for _, row := range t.Rows {
		u := whole(row.Code)
		if u == nil {
			continue
		}
		same := FoldName(u.Name) == FoldName(row.Name)
		if restored := t.Zeros == RestoreAll || t.Zeros == RestoreSame && same; !restored {
			cut.Left++
			cut.Example = [2]string{row.Code + " " + row.Name, u.Code + " " + u.Name}
			continue
		}
		meant[row.Code] = u.Code
		if cut.Restored++; cut.Left == 0 {
			cut.Example = [2]string{row.Code + " " + row.Name, u.Code + " " + u.Name}
		}
	}
	written := t.codes()
	for _, row := range t.Rows {
		if code := meant[row.Code]; code != "" {
			where := row.at
			where.cell = row.cells["code"]
			t.note(ZerosLost, where, row.Code+" → "+code)
			row.Code = code
		}
		if code := meant[row.Parent]; code != "" {
			row.Parent = code
		} else if u := whole(row.Parent); u != nil && !written[row.Parent] && t.Zeros != AsWritten {
			row.Parent = u.Code
		}
	}
	return cut
}

// whole finds the one stored unit that a code without its zeros may mean.
func (t *Table) whole(tree *Tree) func(code string) *Unit {
	stored, cut := map[string]bool{}, map[string][]*Unit{}
	for _, u := range tree.units {
		stored[u.Code] = true
		if short := strings.TrimLeft(u.Code, "0"); short != u.Code && u.GoneAt == 0 {
			cut[short] = append(cut[short], u)
		}
	}
	written := t.codes()
	return func(code string) *Unit {
		if found := cut[code]; code != "" && !stored[code] && len(found) == 1 && !written[found[0].Code] {
			return found[0]
		}
		return nil
	}
}

// codes are those that rows have.
func (t *Table) codes() map[string]bool {
	written := map[string]bool{}
	for _, row := range t.Rows {
		written[row.Code] = true
	}
	return written
}
