package bankfile

import (
	"slices"
	"strings"
	"unicode/utf8"

	"anquanda/internal/sheet"
)

// headerRows is how many rows are looked at for the header; instructions above it
// are seldom longer.
const headerRows = 30

// table reads the rows of one sheet, or of a CSV file, one after another.
type table struct {
	r       *reading
	name    string
	layout  *layout
	buffer  [][]string // rows before the layout is known; index + 1 is the line
	records []*record
	byLine  map[int]*record // only when pictures are to be placed
	section string
	tried   bool // to find the layout from the cells
}

// row takes the next row; line counts from 1 without gaps.
func (s *table) row(cells []string, line int) {
	if s.layout == nil {
		for len(s.buffer) < line-1 {
			s.buffer = append(s.buffer, nil)
		}
		s.buffer = append(s.buffer, slices.Clone(cells))
		if line <= headerRows {
			if l := headerLayout(cells); l != nil {
				s.header(l, line)
			}
		} else if line >= 4*headerRows && !s.tried {
			s.tried = true
			s.infer()
		}
		return
	}
	s.body(cells, line)
}

// header takes the layout and reports the rows above it that say something.
func (s *table) header(l *layout, line int) {
	s.layout = l
	s.r.ownIDs = s.r.ownIDs || l.exact
	for i, row := range s.buffer[:line-1] {
		if text := joined(row); text != "" {
			s.r.note(TextIgnored, place{s.name, i + 1, ""}, "表头以上的说明", text)
		}
	}
	s.buffer = nil
	for _, column := range l.ignored {
		s.r.note(ColumnIgnored, place{s.name, line, sheet.CellName(column, line)}, l.names[column], l.names[column])
	}
}

func joined(row []string) string {
	return strings.TrimSpace(strings.Join(row, " "))
}

func (s *table) body(cells []string, line int) {
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
		s.r.note(HeaderRepeated, place{s.name, line, ""}, "", joined(cells))
		return
	}
	if filled == 1 {
		if want, _ := kindOf(cells[only]); want <= kindForeign && want != kindAbsent && utf8.RuneCountInString(cells[only]) < 40 {
			s.section = cells[only]
			return
		}
		if only != s.layout.fields[fieldStem] && s.layout.fields[fieldAnswer] != only {
			s.r.note(TextIgnored, place{s.name, line, sheet.CellName(only, line)}, "", cells[only])
			return
		}
	}
	rec := s.layout.record(cells, place{sheet: s.name, line: line}, func(column int) string { return sheet.CellName(column, line) })
	if rec.text(fieldKind) == "" && s.section != "" {
		rec.set(fieldKind, cell{s.section, ""})
	}
	s.records = append(s.records, rec)
	if s.byLine != nil {
		s.byLine[line] = rec
	}
}

// infer finds the layout from the cells when there is no header.
func (s *table) infer() {
	l := contentLayout(s.buffer)
	if l == nil {
		return
	}
	s.layout = l
	s.r.note(HeaderInferred, place{s.name, 1, ""}, "", joined(s.buffer[0]))
	buffer := s.buffer
	s.buffer = nil
	for i, row := range buffer {
		s.body(row, i+1)
	}
}

// end judges what the sheet held, and reports a sheet without questions.
func (s *table) end() {
	if s.layout == nil {
		s.infer()
	}
	if s.layout == nil {
		s.skipped()
		return
	}
	j := &judge{r: s.r}
	j.f.optionDigits = s.layout.optionDigits
	if want, _ := kindOf(s.name); want <= kindChoice && want != kindAbsent {
		j.f.kind = s.name
	}
	s.compareSeparator()
	j.all(s.records)
}

func (s *table) skipped() {
	for i, row := range s.buffer {
		if text := joined(row); text != "" {
			if strings.Contains(s.name, "说明") {
				return // the sheet of instructions in our template
			}
			s.r.note(SheetSkipped, place{s.name, i + 1, ""}, s.name, text)
			return
		}
	}
}

// compareSeparator reports a header that promises another separator than the
// cells use.
func (s *table) compareSeparator() {
	if s.layout.separator == "" || s.layout.fields[fieldOptions] < 0 {
		return
	}
	for _, rec := range s.records {
		_, used, _, bad := splitOptions(rec.text(fieldOptions))
		if bad == nil && used != "" && used != s.layout.separator {
			at := rec.at
			at.cell = rec.ref(fieldOptions)
			s.r.note(SeparatorDiffer, at, "表头写 "+s.layout.separator+"，单元格里是 "+used, rec.text(fieldOptions))
			return
		}
	}
}
