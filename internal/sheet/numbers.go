package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// builtinFormats are the number formats of Excel that need no definition and show
// a number otherwise than as it is.
var builtinFormats = map[string]string{"1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%",
	"14": "yyyy-mm-dd", "15": "yyyy-mm-dd", "16": "mm-dd", "17": "yyyy-mm", "20": "hh:mm", "21": "hh:mm:ss",
	"22": "yyyy-mm-dd hh:mm",
	"31": "yyyy年m月d日", "57": "yyyy年m月", "58": "m月d日"}

var (
	formatAside = regexp.MustCompile(`\[[^\]]*\]|"[^"]*"|\\.|_.|\*.`)
	fixedDigits = regexp.MustCompile(`0\.(0+)`)
)

// formatNumber shows a number as a sheet does: as it is, with fixed decimals, as a
// percentage, or as a date. Thousands get no comma, which no answer would have.
func formatNumber(value, format string) string {
	number, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(number, 0) || math.IsNaN(number) {
		return value
	}
	format, _, _ = strings.Cut(strings.ToLower(format), ";")
	bare := formatAside.ReplaceAllString(format, "")
	switch {
	case strings.ContainsAny(bare, "yd") || strings.Contains(bare, "h:") || strings.Contains(bare, "m月"):
		return formatDate(number, bare)
	case strings.Contains(bare, "%"):
		return fixed(number*100, bare) + "%"
	case fixedDigits.MatchString(bare), bare == "0", bare == "#,##0":
		return fixed(number, bare)
	}
	return asItIs(number)
}

// asItIs drops the noise after the fifteenth digit, as Excel does.
func asItIs(number float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(number, 'g', 15, 64), 64)
	if err != nil {
		rounded = number
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

func fixed(number float64, format string) string {
	digits := 0
	if found := fixedDigits.FindStringSubmatch(format); found != nil {
		digits = min(len(found[1]), 15)
	}
	return strconv.FormatFloat(number, 'f', digits, 64)
}

// formatDate counts days from 1899-12-30, as Excel does since it took 1900 for a
// leap year.
func formatDate(days float64, format string) string {
	if days < 0 || days > 2_958_466 { // the year 10000
		return asItIs(days)
	}
	at := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(math.Round(days*86400)) * time.Second)
	date, clock := strings.ContainsAny(format, "yd") || strings.Contains(format, "月"), strings.Contains(format, "h")
	switch {
	case date && clock:
		return at.Format("2006-01-02 15:04")
	case clock && strings.Contains(format, "s"):
		return at.Format("15:04:05")
	case clock:
		return at.Format("15:04")
	case !strings.Contains(format, "y"):
		return at.Format("1月2日")
	case !strings.Contains(format, "d"):
		return at.Format("2006-01")
	}
	return at.Format("2006-01-02")
}
