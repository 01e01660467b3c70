package identity

import (
	"strings"
	"unicode/utf8"

	"anquanda/internal/contest"
)

// Mask hides most of a value, so that its owner knows it again and others do not:
// 张*, 138****5678.
func Mask(kind contest.FieldKind, value string) string {
	switch kind {
	case contest.FieldPhone:
		return keepEnds(value, 3, 4, 4)
	case contest.FieldID:
		return keepEnds(value, 1, 1, 16)
	case contest.FieldAddress:
		return keepEnds(value, 6, 0, 4)
	}
	// A long row of stars would tell how long a name is.
	return keepEnds(value, 1, 0, min(2, utf8.RuneCountInString(value)-1))
}

// keepEnds shows so many characters at either end, and stars between them. A value
// that is too short for that shows nothing.
func keepEnds(value string, first, last, stars int) string {
	runes := []rune(value)
	if len(runes) <= first+last {
		return "****"
	}
	return string(runes[:first]) + strings.Repeat("*", stars) + string(runes[len(runes)-last:])
}
