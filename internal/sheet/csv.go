package sheet

import (
	"encoding/csv"
	"strings"
)

// Delimiter finds what separates the columns: the sign that stands most often in
// the header, of comma, tab and semicolon.
func Delimiter(header string) rune {
	best, most := ',', 0
	for _, delimiter := range []rune{',', '\t', ';'} {
		if n := strings.Count(header, string(delimiter)); n > most {
			best, most = delimiter, n
		}
	}
	return best
}

// NewCSV reads records of any number of columns, and quotes where they should not
// stand; delimiter is a sign of ASCII.
func NewCSV(text string, delimiter rune) *csv.Reader {
	reader := csv.NewReader(strings.NewReader(mendQuotes(text, delimiter)))
	reader.Comma = delimiter
	reader.FieldsPerRecord = -1
	reader.LazyQuotes = true
	return reader
}

// guarded are the signs that begin a formula in a spreadsheet, and the ' that
// guards them.
const guarded = "=+-@\t\r'"

// Guard puts a ' before a text that a spreadsheet would run as a formula.
func Guard(text string) string {
	if text != "" && strings.ContainsRune(guarded, rune(text[0])) {
		return "'" + text
	}
	return text
}

// Unguard takes away what Guard put before the texts of a row.
func Unguard(row []string) {
	for i, text := range row {
		if len(text) > 1 && text[0] == '\'' && strings.ContainsRune(guarded, rune(text[1])) {
			row[i] = text[1:]
		}
	}
}
