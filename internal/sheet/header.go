package sheet

import (
	"slices"
	"strings"
)

// Columns are where the columns of a table are, by our own names of them.
type Columns map[string]int

// Header reads a row as the header of a table: words are what each column may be called.
// nil: the row does not name all that must be there.
func Header(cells []string, words map[string][]string, must ...string) Columns {
	columns := Columns{}
	for at, cell := range cells {
		for name, called := range words {
			if _, known := columns[name]; !known && slices.Contains(called, Fold(cell)) {
				columns[name] = at
			}
		}
	}
	for _, name := range must {
		if _, ok := columns[name]; !ok {
			return nil
		}
	}
	return columns
}

// Of is the cell of a row in a column, trimmed; empty where there is none.
func (c Columns) Of(cells []string, name string) string {
	at, ok := c[name]
	if !ok || at >= len(cells) {
		return ""
	}
	return strings.TrimSpace(strings.Trim(cells[at], "\t'"))
}

// Fold is a cell as headers and words of a list are compared: without blanks, in small
// letters, and without the marks that programs put before a text.
func Fold(cell string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.Trim(cell, "\ufeff'")), ""))
}
