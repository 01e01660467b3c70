package selection

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// maxValue bounds one value of a source, in characters; a beacon's 512 bits in
// hexadecimal are 128.
const maxValue = 256

var (
	numeric      = regexp.MustCompile(`^[0-9]+(\.[0-9]*)?$`)
	alphanumeric = regexp.MustCompile(`^[0-9A-Za-z]+$`)
)

// Canonical writes the values of one source, separated by blanks, in the one way
// of RFC 3797 section 4: numbers without leading zeros, or trailing ones after
// the point, from the smallest to the largest; letters in upper case. Without
// this, whoever types the source could choose between its spellings. A value with
// letters (a beacon's output) must be the only one of its source.
func Canonical(source string) (string, error) {
	values := strings.Fields(source)
	if len(values) == 0 {
		return "", errors.New("a source is empty")
	}
	for i, value := range values {
		switch {
		case len(value) > maxValue:
			return "", fmt.Errorf("the value %.20q… is longer than %d characters", value, maxValue)
		case numeric.MatchString(value):
			values[i] = plainNumber(value)
		case !alphanumeric.MatchString(value):
			return "", fmt.Errorf("the value %q: only digits, one point, and the letters A to Z", value)
		case len(values) > 1:
			return "", fmt.Errorf("the value %q has letters; it must be a source of its own", value)
		default:
			values[i] = strings.ToUpper(value)
		}
	}
	slices.SortFunc(values, compareNumbers)
	return strings.Join(values, " "), nil
}

// plainNumber drops the zeros that do not count, and a point with nothing after.
func plainNumber(value string) string {
	whole, part, _ := strings.Cut(value, ".")
	whole, part = strings.TrimLeft(whole, "0"), strings.TrimRight(part, "0")
	if whole == "" {
		whole = "0"
	}
	if part == "" {
		return whole
	}
	return whole + "." + part
}

// compareNumbers orders plain numbers by size, however long they are.
func compareNumbers(a, b string) int {
	wholeA, partA, _ := strings.Cut(a, ".")
	wholeB, partB, _ := strings.Cut(b, ".")
	return cmp.Or(cmp.Compare(len(wholeA), len(wholeB)), cmp.Compare(wholeA, wholeB), cmp.Compare(partA, partB))
}

// KeyString joins sources to the key string of RFC 3797 section 4: each number
// ended by a point (or holding one), each source by a slash.
func KeyString(sources []string) (string, error) {
	var key strings.Builder
	for i, source := range sources {
		canonical, err := Canonical(source)
		if err != nil {
			return "", fmt.Errorf("source %d: %w", i+1, err)
		}
		for value := range strings.SplitSeq(canonical, " ") {
			key.WriteString(value)
			if numeric.MatchString(value) && !strings.Contains(value, ".") {
				key.WriteByte('.')
			}
		}
		key.WriteByte('/')
	}
	return key.String(), nil
}
