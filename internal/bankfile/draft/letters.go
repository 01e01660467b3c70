package draft

import (
	"strconv"
	"strings"
)

// Letter is the letter of an option; index counts from 0.
func Letter(index int) string { return string(rune('A' + index)) }

// Letters are the letters of several options, one after another.
func Letters(right []int) string {
	var out strings.Builder
	for _, index := range right {
		out.WriteString(Letter(index))
	}
	return out.String()
}

// Number writes a number as people do, without an exponent.
func Number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// NonZero is nil when every tolerance is 0, which is the same as none.
func NonZero(tolerance []float64) []float64 {
	for _, t := range tolerance {
		if t != 0 {
			return tolerance
		}
	}
	return nil
}
