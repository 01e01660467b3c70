// Package table reads questions that stand in rows below a header, and writes the
// header and rows of our template. Workbooks, CSV files and tables of documents
// share it.
package table

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
	"anquanda/internal/sheet"
)

// HeaderRows is how many rows are looked at for the header; instructions above it
// are seldom longer.
const HeaderRows = 30

// Table reads the rows of one sheet, or of a CSV file, one after another.
type Table struct {
	r       *draft.Reading
	name    string
	layout  *layout
	buffer  [][]string // rows before the layout is known; index + 1 is the line
	records []*judge.Record
	byLine  map[int]*judge.Record // only when pictures are to be placed
	section string
	tried   bool // to find the layout from the cells
	asides  map[int][]sheet.Aside
	// pictured are the rows in whose material's cell a picture was found.
	pictured map[*judge.Record]bool
}

// Asides tells what stands in rows beside the texts of their cells, by line. It is to be
// called before a line's Row.
func (s *Table) Asides(a sheet.Aside) {
	if s.asides == nil {
		s.asides = map[int][]sheet.Aside{}
	}
	s.asides[a.Line] = append(s.asides[a.Line], a)
}

// ObjectAt marks the question in whose row an object stands; false where there is none.
func (s *Table) ObjectAt(line, column int) bool {
	rec := s.byLine[line]
	if rec != nil {
		rec.Object = sheet.CellName(column, line)
	}
	return rec != nil
}

// PictureAt gives a picture to the option or the material in whose column it stands, and
// tells by which name; "" where that is neither, or has one already.
func (s *Table) PictureAt(line, column int, name string) string {
	rec := s.byLine[line]
	if rec == nil || s.layout == nil {
		return ""
	}
	if column == s.layout.fields[judge.FieldMaterialImage] {
		return s.materialPicture(rec, name, sheet.CellName(column, line))
	}
	index := slices.Index(s.layout.options, column)
	if index < 0 {
		return ""
	}
	names := judge.StringList(rec.Text(judge.FieldOptionImages))
	if rec.Exact && index < len(names) && names[index] != "" {
		name = names[index]
	}
	if !rec.ShowInOption(index, name, sheet.CellName(column, line)) {
		return ""
	}
	return name
}

// New begins a table; name is that of its sheet, "" where there are none.
func New(r *draft.Reading, name string) *Table { return &Table{r: r, name: name} }

// KeepLines makes recordAt answer, which costs memory.
func (s *Table) KeepLines() { s.byLine = map[int]*judge.Record{} }

// RecordAt is the question of a line, or nil.
func (s *Table) RecordAt(line int) *judge.Record { return s.byLine[line] }

// Row takes the next row; line counts from 1 without gaps.
func (s *Table) Row(cells []string, line int) {
	if s.layout == nil {
		for len(s.buffer) < line-1 {
			s.buffer = append(s.buffer, nil)
		}
		s.buffer = append(s.buffer, slices.Clone(cells))
		if line <= HeaderRows {
			if l := headerLayout(cells); l != nil {
				s.header(l, line)
			}
		} else if line >= 4*HeaderRows && !s.tried {
			s.tried = true
			s.infer()
		}
		return
	}
	s.body(cells, line)
}

// header takes the layout and reports the rows above it that say something.
func (s *Table) header(l *layout, line int) {
	s.layout = l
	s.r.OwnIDs = s.r.OwnIDs || l.exact
	for i, row := range s.buffer[:line-1] {
		if text := joined(row); text != "" {
			s.r.Note(draft.TextIgnored, draft.Place{Sheet: s.name, Line: i + 1, Cell: ""}, "表头以上的说明", text)
		}
	}
	s.buffer = nil
	for _, column := range l.ignored {
		s.r.Note(draft.ColumnIgnored, draft.Place{Sheet: s.name, Line: line, Cell: sheet.CellName(column, line)},
			l.names[column], l.names[column])
	}
}

func joined(row []string) string {
	return strings.TrimSpace(strings.Join(row, " "))
}

func (s *Table) body(cells []string, line int) {
	filled, only := 0, -1
	for i, text := range cells {
		if strings.TrimSpace(text) != "" {
			filled, only = filled+1, i
		}
	}
	if filled == 0 {
		return
	}
	if !s.layout.inferred && filled > 2 && slices.Equal(cells, s.layout.names) {
		s.r.Note(draft.HeaderRepeated, draft.Place{Sheet: s.name, Line: line, Cell: ""}, "", joined(cells))
		return
	}
	if s.layout.rowAnOption {
		s.optionRow(cells, line)
		return
	}
	if len(s.records) == 0 && !s.layout.inferred && s.instructs(cells, line) {
		return
	}
	if filled == 1 {
		if want, _ := judge.KindOf(cells[only]); want <= judge.KindForeign && want != judge.KindAbsent &&
			utf8.RuneCountInString(cells[only]) < 40 {
			s.section = cells[only]
			return
		}
		if only != s.layout.fields[judge.FieldStem] && s.layout.fields[judge.FieldAnswer] != only {
			s.r.Note(draft.TextIgnored, draft.Place{Sheet: s.name, Line: line, Cell: sheet.CellName(only, line)}, "",
				cells[only])
			return
		}
	}
	rec := s.layout.record(cells, draft.Place{Sheet: s.name, Line: line},
		func(column int) string { return sheet.CellName(column, line) })
	if rec.Text(judge.FieldKind) == "" && s.section != "" {
		rec.Set(judge.FieldKind, judge.Cell{Text: s.section, Ref: ""})
	}
	for _, a := range s.asides[line] {
		if a.Kind == sheet.DateCell {
			rec.Dated = append(rec.Dated, sheet.CellName(a.Column, line))
		}
	}
	delete(s.asides, line)
	s.records = append(s.records, rec)
	if s.byLine != nil {
		s.byLine[line] = rec
	}
}

var instruction = regexp.MustCompile(`(?i)\((?:required|optional)|[（(]?(?:必填|选填)[）)]?`)

// instructs reports whether the row below the header says how to fill in the columns
// (Quizizz), and says that it was not read.
func (s *Table) instructs(cells []string, line int) bool {
	said := 0
	for _, text := range cells {
		if instruction.MatchString(text) {
			said++
		}
	}
	if said < 2 {
		return false
	}
	s.layout.places = s.layout.places || saysPlaces(cells)
	s.r.Note(draft.TextIgnored, draft.Place{Sheet: s.name, Line: line}, "填写说明", joined(cells))
	return true
}

// infer finds the layout from the cells when there is no header.
func (s *Table) infer() {
	l := contentLayout(s.buffer)
	if l == nil {
		return
	}
	s.layout = l
	s.r.Note(draft.HeaderInferred, draft.Place{Sheet: s.name, Line: 1, Cell: ""}, "", joined(s.buffer[0]))
	for _, column := range l.ignored {
		s.r.Note(draft.ColumnIgnored, draft.Place{Sheet: s.name, Line: 1, Cell: sheet.CellName(column, 1)}, "", "")
	}
	buffer := s.buffer
	s.buffer = nil
	for i, row := range buffer {
		s.body(row, i+1)
	}
}

// End judges what the sheet held, and reports a sheet without questions.
func (s *Table) End() {
	if s.layout == nil {
		s.infer()
	}
	if s.layout == nil {
		s.skipped()
		return
	}
	say := judge.Hints{OptionDigits: s.layout.optionDigits, Places: s.layout.places}
	if want, _ := judge.KindOf(s.name); want <= judge.KindChoice && want != judge.KindAbsent {
		say.Kind = s.name
	}
	s.compareSeparator()
	s.sharePictures()
	judge.All(s.r, s.records, say)
}

func (s *Table) skipped() {
	for i, row := range s.buffer {
		if text := joined(row); text != "" {
			if strings.Contains(s.name, "说明") {
				return // the sheet of instructions in our template
			}
			s.r.Note(draft.SheetSkipped, draft.Place{Sheet: s.name, Line: i + 1, Cell: ""}, s.name, text)
			return
		}
	}
}

// compareSeparator reports a header that promises another separator than the
// cells use.
func (s *Table) compareSeparator() {
	if s.layout.separator == "" || s.layout.fields[judge.FieldOptions] < 0 {
		return
	}
	for _, rec := range s.records {
		_, used, _, bad := judge.SplitOptions(rec.Text(judge.FieldOptions))
		if bad == nil && used != "" && used != s.layout.separator {
			at := rec.At
			at.Cell = rec.Ref(judge.FieldOptions)
			s.r.Note(draft.SeparatorDiffer, at, "表头写 "+s.layout.separator+"，单元格里是 "+used, rec.Text(judge.FieldOptions))
			return
		}
	}
}
