package table

import (
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
	"anquanda/internal/sheet"
)

// Sheets with a row an option: the stem stands once, merged over its rows, or again
// in each of them, and a column marks the options that are right.

// takeOptionRows takes the columns of options and marks for those of such a sheet,
// where nothing else says what is right.
func (l *layout) takeOptionRows(mark int) {
	options := l.fields[judge.FieldOptions]
	if mark < 0 || options < 0 || l.fields[judge.FieldAnswer] >= 0 || len(l.options) > 0 {
		return
	}
	l.fields[judge.FieldOptions] = -1
	l.options, l.marks, l.rowAnOption = []int{options}, []int{mark}, true
}

// optionRow adds a row to the question under way, or begins one.
func (s *Table) optionRow(cells []string, line int) {
	ref := func(column int) string { return sheet.CellName(column, line) }
	rec := s.layout.record(cells, draft.Place{Sheet: s.name, Line: line}, ref)
	option, mark := judge.Cell{}, judge.Cell{}
	if len(rec.Options) > 0 {
		option = rec.Options[0]
	}
	if len(rec.Marks) > 0 {
		mark = rec.Marks[0]
	}
	stem := rec.Text(judge.FieldStem)
	if n := len(s.records); n > 0 && (stem == "" || stem == s.records[n-1].Text(judge.FieldStem)) {
		now := s.records[n-1]
		now.Options, now.Marks = append(now.Options, option), append(now.Marks, mark)
		return
	}
	if stem == "" {
		s.r.Note(draft.TextIgnored, rec.At, "", strings.TrimSpace(joined(cells)))
		return
	}
	rec.Options, rec.Marks = []judge.Cell{option}, []judge.Cell{mark}
	s.records = append(s.records, rec)
	if s.byLine != nil {
		s.byLine[line] = rec
	}
}
