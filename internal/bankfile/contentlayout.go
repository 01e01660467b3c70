package bankfile

import "unicode/utf8"

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
			l.fields[fieldKind] = i
		case c.most(c.joined):
			l.fields[fieldOptions] = i
		case c.most(c.answers):
			l.fields[fieldAnswer] = i
		case c.length/c.filled > longest:
			longest = c.length / c.filled
			l.fields[fieldStem] = i
		}
	}
	if l.fields[fieldStem] < 0 || l.fields[fieldAnswer] < 0 || longest < 6 {
		return nil
	}
	l.betweenOptions(columns)
	if l.fields[fieldKind] < 0 && l.fields[fieldOptions] < 0 && len(l.options) == 0 {
		return nil
	}
	return l
}

func (c *columnFacts) see(text string) {
	text, _ = tidy(text)
	if text == "" {
		return
	}
	c.filled++
	runes := utf8.RuneCountInString(text)
	c.length += runes
	if want, _ := kindOf(text); runes <= 8 && (want == kindGiven || want == kindChoice || want == kindForeign) {
		c.kinds++
		return
	}
	if _, truth := truthOf(text); truth || lettersOf(text) != "" {
		c.answers++
		return
	}
	if options, _, _, bad := splitOptions(text); bad == nil && len(options) >= 2 && options[0].letter == "A" {
		c.joined++
	}
}

// most wants four fifths of the cells of a column.
func (c *columnFacts) most(n int) bool { return n > 0 && n*5 >= c.filled*4 }

// betweenOptions takes the columns between stem and answer as options.
func (l *layout) betweenOptions(columns []columnFacts) {
	if l.fields[fieldOptions] >= 0 {
		return
	}
	for i := l.fields[fieldStem] + 1; i < l.fields[fieldAnswer] && i < len(columns); i++ {
		if columns[i].filled > 0 && i != l.fields[fieldKind] {
			l.addOption(i)
		}
	}
	if len(l.options) == 1 {
		l.options, l.marks = nil, nil
	}
}
