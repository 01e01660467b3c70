package personal

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

// MaskName leaves the first and the last character of a name, of two the first: as
// public lists of winners show one.
func MaskName(name string) string {
	runes := []rune(name)
	switch n := len(runes); n {
	case 0:
		return ""
	case 1:
		return string(runes) + "*"
	case 2:
		return string(runes[:1]) + "*"
	default:
		return string(runes[0]) + strings.Repeat("*", min(n-2, 3)) + string(runes[n-1])
	}
}

// MaskSignature leaves the first character of a name, with two stars whatever its
// length: 张**.
func MaskSignature(name string) string {
	_, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return ""
	}
	return name[:size] + "**"
}
