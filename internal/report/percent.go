package report

import (
	"fmt"
	"math"
)

// Percent is a part of 1 in per cent, with one decimal, half of it up as the pages round:
// an office that hands in a table and a picture of the console hands in one figure.
func Percent(part float64) string { return fmt.Sprintf("%.1f%%", math.Round(1000*part)/10) }
