package sheet

import "strings"

// mendQuotes doubles the quotes of fields that begin with a quoted word and go on behind
// it ("安全"是什么？), which a reader of CSV would take for the beginning of a field of
// several lines. Fields that are quoted as a whole stay as they are (RFC 4180, 2.5 to 2.7).
func mendQuotes(text string, delimiter rune) string {
	if !strings.Contains(text, `"`) {
		return text
	}
	var out strings.Builder
	out.Grow(len(text) + 16)
	for at := 0; at < len(text); {
		end := fieldEnd(text, at, byte(delimiter))
		if field := text[at:end]; strings.HasPrefix(field, `"`) && !wholeQuoted(field) {
			out.WriteString(`"` + strings.ReplaceAll(field, `"`, `""`) + `"`)
		} else {
			out.WriteString(field)
		}
		if end < len(text) {
			out.WriteByte(text[end])
		}
		at = end + 1
	}
	return out.String()
}

// fieldEnd is where the field that begins at that byte ends: at the delimiter, or at the
// end of the line, outside its quotes.
func fieldEnd(text string, from int, delimiter byte) int {
	if !strings.HasPrefix(text[from:], `"`) {
		return from + endOfPlain(text[from:], delimiter)
	}
	quoted, word := true, false // word: a quoted word ended, and the field went on behind it
	for i := from + 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\n' && quoted && word:
			return i // "安全"是"什么: the line ends the field
		case !quoted && (c == delimiter || c == '\n'):
			return i
		case !quoted:
			word = true
		}
	}
	return len(text)
}

func endOfPlain(text string, delimiter byte) int {
	for i := 0; i < len(text); i++ {
		if text[i] == delimiter || text[i] == '\n' {
			return i
		}
	}
	return len(text)
}

// wholeQuoted reports whether a field is one pair of quotes with doubled ones inside.
func wholeQuoted(field string) bool {
	field = strings.TrimRight(field, "\r ")
	if len(field) < 2 || field[len(field)-1] != '"' {
		return false
	}
	inner := field[1 : len(field)-1]
	return strings.Count(inner, `"`) == 2*strings.Count(inner, `""`)
}
