package sheet

import (
	"strconv"
	"strings"
)

// AsideKind says what stands beside the texts of cells.
type AsideKind uint8

const (
	// HiddenRow is a row that the sheet does not show.
	HiddenRow AsideKind = iota
	// DateCell is a cell that holds a date, perhaps because Excel took 1-2 for one.
	DateCell
	// ObjectCell is an object of another program, such as an old formula; column and line
	// are 0 where the sheet does not say where it stands.
	ObjectCell
)

// Aside is a thing of a sheet that is no text; columns count from 0, lines from 1.
type Aside struct {
	Kind         AsideKind
	Line, Column int
	// Shape is the number of an object's shape in the drawing of its sheet.
	Shape string
}

// aside tells of what is no text.
func (r *rowScan) aside(a Aside) {
	if r.book.Aside != nil {
		r.book.Aside(a)
	}
}

// objectPlace follows the elements that say where an embedded object begins.
type objectPlace struct {
	open, from   bool
	part         string // col or row, within from
	line, column int
	shape        string
}

func (o *objectPlace) at(name string) {
	switch {
	case !o.open:
	case name == "from":
		o.from = true
	case o.from && (name == "col" || name == "row"):
		o.part = name
	}
}

func (o *objectPlace) take(data []byte) {
	number, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		return
	}
	switch o.part {
	case "col":
		o.column = number
	case "row":
		o.line = number + 1
	}
}

func (o *objectPlace) end(name string) {
	switch name {
	case "col", "row":
		o.part = ""
	case "from":
		o.from = false
	}
}

// date tells of a cell whose number is shown as a date.
func (r *rowScan) date(value string) {
	if r.book.Aside == nil || value == "" || r.style < 0 || r.style >= len(r.book.formats) ||
		r.book.formats[r.style] == "" {
		return
	}
	if isDate(formatParts(r.book.formats[r.style])) {
		r.aside(Aside{Kind: DateCell, Line: r.line, Column: r.column})
	}
}
