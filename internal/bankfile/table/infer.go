package table

import (
	"slices"
	"unicode/utf8"

	"anquanda/internal/bankfile/judge"
)

// columnFacts count what the cells of one column look like.
type columnFacts struct {
	filled, kinds, joined, answers, length int
}

// contentLayout finds the columns from their cells alone: kinds by their words,
// options by their separators and letters, answers by being letters or true and
// false, and the stem as the longest of what is left. nil when that is not clear.
func contentLayout(rows [][]string) *layout {
	var columns []columnFacts
	for _, row := range rows {
		for i, text := range row {
			if i >= len(columns) {
				columns = append(columns, columnFacts{})
			}
			columns[i].see(text)
		}
	}
	l := &layout{inferred: true}
	for f := range l.fields {
		l.fields[f] = -1
	}
	longest := 0
	for i, c := range columns {
		switch {
		case c.filled == 0:
		case c.most(c.kinds):
			l.fields[judge.FieldKind] = i
		case c.most(c.joined):
			l.fields[judge.FieldOptions] = i
		case c.most(c.answers):
			l.fields[judge.FieldAnswer] = i
		case c.length/c.filled > longest:
			longest = c.length / c.filled
			l.fields[judge.FieldStem] = i
		}
	}
	if l.fields[judge.FieldStem] < 0 || l.fields[judge.FieldAnswer] < 0 || longest < 6 {
		return nil
	}
	l.betweenOptions(columns)
	if l.leftOver(columns) > 1 {
		return nil
	}
	if l.fields[judge.FieldKind] < 0 && l.fields[judge.FieldOptions] < 0 && len(l.options) == 0 {
		return nil
	}
	return l
}

func (c *columnFacts) see(text string) {
	text, _ = judge.Tidy(text)
	if text == "" {
		return
	}
	c.filled++
	runes := utf8.RuneCountInString(text)
	c.length += runes
	if want, _ := judge.KindOf(text); runes <= 8 && (want == judge.KindGiven || want == judge.KindChoice ||
		want == judge.KindForeign) {
		c.kinds++
		return
	}
	if _, truth := judge.TruthOf(text); truth || judge.LettersOf(text) != "" {
		c.answers++
		return
	}
	if options, _, _, bad := judge.SplitOptions(text); bad == nil && len(options) >= 2 && options[0].Letter == "A" {
		c.joined++
	}
}

// leftOver counts the filled columns that the layout gives no meaning. A bank without
// a header may have one of them, which is reported; two say that it was not understood.
func (l *layout) leftOver(columns []columnFacts) int {
	for i, c := range columns {
		if c.filled > 0 && !slices.Contains(l.fields[:], i) && !slices.Contains(l.options, i) {
			l.ignored = append(l.ignored, i)
		}
	}
	return len(l.ignored)
}

// most wants four fifths of the cells of a column.
func (c *columnFacts) most(n int) bool { return n > 0 && n*5 >= c.filled*4 }

// betweenOptions takes the columns between stem and answer as options.
func (l *layout) betweenOptions(columns []columnFacts) {
	if l.fields[judge.FieldOptions] >= 0 {
		return
	}
	for i := l.fields[judge.FieldStem] + 1; i < l.fields[judge.FieldAnswer] && i < len(columns); i++ {
		if columns[i].filled > 0 && i != l.fields[judge.FieldKind] {
			l.addOption(i)
		}
	}
	if len(l.options) == 1 {
		l.options, l.marks = nil, nil
	}
}
