package unit

import (
	"errors"
	"strings"

	"anquanda/internal/sheet"
)

const (
	maxDepth = 8
	// MaxUnits is how many units a contest may have.
	MaxUnits = 20_000
	// MaxFile bounds a table, in bytes.
	MaxFile = 10 << 20

	maxName    = 40 // characters, of names and aliases
	maxAliases = 20
	maxCode    = 32         // bytes
	maxHeads   = 10_000_000 // in one unit
	headerRows = 30         // are looked at for the header
)

var tableLimits = sheet.Limits{Bytes: MaxFile, Unpacked: 64 << 20, Cells: 400_000}

// Row is one unit as a table tells it.
type Row struct {
	at
	Code, Name string
	Parent     string   // a code or a name; "" at the top
	Path       []string // of names down to the unit itself; nil where Parent says where it is
	Aliases    []string
	Headcount  int
	implied    bool // it is named in the path of another row alone

	cells map[string]string // names of cells by field
	wrong bool
}

// Table is what a file holds.
type Table struct {
	Rows     []*Row
	Problems []Problem
	Encoding string
	// Which columns there are: what has none stays as it is stored.
	HasAliases, HasHeadcounts bool
	// Zeros says what becomes of codes that have lost zeros in front; ReadTable leaves it empty.
	Zeros Zeros
}

// note adds a problem; an error rejects the row.
func (t *Table) note(code Code, where at, text string) {
	t.Problems = append(t.Problems, problemAt(code, where, text))
}

// reject notes an error of a row's field.
func (t *Table) reject(r *Row, code Code, field, text string) {
	where := r.at
	where.cell = r.cells[field]
	t.note(code, where, text)
	r.wrong = true
}

// ReadTable reads a table of units. A file from which nothing could be read gives
// one problem of line 0 and no rows. The rows are judged by themselves only;
// whether they make a tree is judged with the one that is stored, by NewPlan.
func ReadTable(name string, data []byte) *Table {
	r := &tableReader{table: &Table{}}
	var err error
	r.table.Encoding, err = sheet.Rows(data, tableLimits, r.row)
	if err == nil {
		err = r.end()
	}
	var whole fileError
	switch {
	case errors.As(err, &whole):
		r.table = &Table{Encoding: r.table.Encoding}
		r.table.note(whole.code, at{}, "")
	case err != nil:
		r.table = &Table{}
		r.table.note(fileCode(err), at{}, "")
	}
	return r.table
}

// fileError ends the reading of a file.
type fileError struct{ code Code }

func (e fileError) Error() string { return string(e.code) }

// fileCode is our code for what package sheet says.
func fileCode(err error) Code {
	switch {
	case errors.Is(err, sheet.ErrOldExcel):
		return FileOld
	case errors.Is(err, sheet.ErrEncoding):
		return FileEncoding
	case errors.Is(err, sheet.ErrDamaged):
		return FileUnreadable
	}
	return FileTooLarge
}

// tableReader goes through the sheets of a file.
type tableReader struct {
	table  *Table
	sheet  string
	began  bool
	head   *head
	above  int // rows without a header so far
	filled bool
	heads  int             // sheets that have a header
	told   map[string]bool // what rows said so far; true: it was noted that one says it again
}

func (r *tableReader) row(sheet string, line int, cells []string) error {
	if !r.began || sheet != r.sheet {
		r.leaveSheet()
		r.sheet, r.began, r.head, r.above = sheet, true, nil, 0
	}
	if r.head != nil {
		return r.unit(line, cells)
	}
	if r.above < headerRows {
		if r.head = headOf(cells); r.head != nil {
			r.header(line, cells)
			return nil
		}
	}
	r.above++
	return nil
}

// leaveSheet reports a sheet without a header, unless it is our own instructions.
func (r *tableReader) leaveSheet() {
	if r.began && r.head == nil && r.above > 0 && !strings.Contains(r.sheet, "说明") {
		r.table.note(SheetSkipped, at{sheet: r.sheet, line: 1}, r.sheet)
	}
}

func (r *tableReader) header(line int, cells []string) {
	r.heads++
	if r.above > 0 {
		r.table.note(RowsAbove, at{r.sheet, 1, ""}, "")
	}
	for _, column := range r.head.ignored {
		r.table.note(ColumnIgnored, at{r.sheet, line, sheet.CellName(column, line)}, cells[column])
	}
	r.table.HasAliases = r.table.HasAliases || r.head.aliases >= 0
	r.table.HasHeadcounts = r.table.HasHeadcounts || r.head.headcount >= 0
}

func (r *tableReader) end() error {
	r.leaveSheet()
	switch {
	case r.heads == 0 && !r.began:
		return fileError{FileEmpty}
	case r.heads == 0:
		return fileError{HeaderMissing}
	case len(r.table.Rows) == 0:
		return fileError{FileEmpty}
	}
	return nil
}

// unit reads one row below the header.
func (r *tableReader) unit(line int, cells []string) error {
	h := r.head
	row := &Row{at: at{sheet: r.sheet, line: line}, Code: cellOf(cells, h.code), Name: cellOf(cells, h.name),
		Parent: cellOf(cells, h.parent), cells: map[string]string{}}
	for field, column := range map[string]int{"code": h.code, "name": h.name, "parent": h.parent, "aliases": h.aliases,
		"headcount": h.headcount, "path": h.path} {
		if column >= 0 {
			row.cells[field] = sheet.CellName(column, line)
		}
	}
	if headOf(cells) != nil && foldHead(cellOf(cells, h.name)) != "" && words[foldHead(row.Name)] == "name" {
		return nil // the header again, as printed sheets repeat it
	}
	if strings.TrimSpace(strings.Join(cells, "")) == "" {
		return nil
	}
	if len(r.table.Rows) == MaxUnits {
		return fileError{TooManyUnits}
	}
	r.place(row, cells)
	aliases, headcount := cellOf(cells, h.aliases), cellOf(cells, h.headcount)
	if r.again(row, aliases, headcount) {
		return nil
	}
	r.table.Rows = append(r.table.Rows, row)
	r.table.judge(row, aliases, headcount)
	return nil
}

// again reports whether an earlier row says the same to the letter, and notes it once: it was
// copied, and is not another unit of that name, from which those below could not be told.
func (r *tableReader) again(row *Row, aliases, headcount string) bool {
	if r.told == nil {
		r.told = map[string]bool{}
	}
	said := pathKey(append([]string{row.Code, row.Name, row.Parent, aliases, headcount}, row.Path...))
	noted, again := r.told[said]
	if again && !noted {
		r.table.note(RowTwice, at{row.sheet, row.line, row.cells["name"]}, row.Name)
	}
	r.told[said] = again
	return again
}

// place reads where a unit stands from a path or from levels.
func (r *tableReader) place(row *Row, cells []string) {
	h := r.head
	switch {
	case h.levels != nil:
		row.Path = r.fromLevels(row, cells)
	case cellOf(cells, h.path) != "":
		row.Path = splitPath(cellOf(cells, h.path))
		row.cells["name"] = row.cells["path"]
		if n := len(row.Path); row.Name != "" && (n == 0 || row.Path[n-1] != row.Name) {
			row.Path = append(row.Path, row.Name) // the path is that of the parent
		}
	default:
		return
	}
	row.Name = ""
	if n := len(row.Path); n > 0 {
		row.Name = row.Path[n-1]
	}
	row.Parent = ""
}

// fromLevels is the path of a row that goes by levels. What is empty at its left
// is read as in the row above, which is how merged cells arrive.
func (r *tableReader) fromLevels(row *Row, cells []string) (path []string) {
	deepest := -1
	for i, column := range r.head.levels {
		if cellOf(cells, column) != "" {
			deepest = i
		}
	}
	leading := true
	for i, column := range r.head.levels[:deepest+1] {
		text := cellOf(cells, column)
		switch {
		case text != "":
			leading = false
		case leading && r.head.last[i] != "":
			text = r.head.last[i]
			if !r.filled {
				r.filled = true
				r.table.note(FilledDown, at{r.sheet, row.line, sheet.CellName(column, row.line)}, text)
			}
		default:
			row.cells["level"] = sheet.CellName(column, row.line)
			r.table.reject(row, LevelGap, "level", "")
		}
		path = append(path, text)
	}
	clear(r.head.last)
	copy(r.head.last, path)
	if deepest >= 0 {
		row.cells["name"] = sheet.CellName(r.head.levels[deepest], row.line)
	}
	return path
}

// splitPath parts 县/镇/村, whichever sign is between.
func splitPath(text string) (path []string) {
	for name := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(`/／\＼>＞→|｜`, r) }) {
		if name = strings.TrimSpace(name); name != "" {
			path = append(path, name)
		}
	}
	return path
}
