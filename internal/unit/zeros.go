package unit

import "strings"

// restoreZeros takes codes as they are stored where a spreadsheet has cut the zeros in front of
// them: Excel opens 01 of a CSV file as the number 1 and saves it so. The name must be the same, or
// it may be another unit. With them go the parents that are named by such a code.
func (t *Table) restoreZeros(tree *Tree) {
	stored, cut := map[string]bool{}, map[string][]*Unit{}
	for _, u := range tree.units {
		stored[u.Code] = true
		if short := strings.TrimLeft(u.Code, "0"); short != u.Code && u.GoneAt == 0 {
			cut[short] = append(cut[short], u)
		}
	}
	written := map[string]bool{}
	for _, row := range t.Rows {
		written[row.Code] = true
	}
	whole := func(code string) *Unit {
		if found := cut[code]; code != "" && !stored[code] && len(found) == 1 && !written[found[0].Code] {
			return found[0]
		}
		return nil
	}
	meant := map[string]string{}
	for _, row := range t.Rows {
		if u := whole(row.Code); u != nil && foldName(u.Name) == foldName(row.Name) {
			meant[row.Code] = u.Code
		}
	}
	for _, row := range t.Rows {
		if code := meant[row.Code]; code != "" {
			where := row.at
			where.cell = row.cells["code"]
			t.note(ZerosLost, where, row.Code+" → "+code)
			row.Code = code
		}
		if code := meant[row.Parent]; code != "" {
			row.Parent = code
		} else if u := whole(row.Parent); u != nil && !written[row.Parent] {
			row.Parent = u.Code
		}
	}
}
