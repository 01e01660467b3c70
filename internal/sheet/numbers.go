package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// builtinFormats are the number formats of Excel that need no definition and show
// a number otherwise than as it is (ECMA-376 part 1, 18.8.30, and the Chinese ones).
var builtinFormats = map[string]string{"1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%",
	"11": "0.00E+00", "12": "# ?/?", "13": "# ??/??",
	"14": "yyyy-mm-dd", "15": "yyyy-mm-dd", "16": "mm-dd", "17": "yyyy-mm", "18": "h:mm AM/PM", "19": "h:mm:ss AM/PM",
	"20": "hh:mm", "21": "hh:mm:ss", "22": "yyyy-mm-dd hh:mm", "45": "mm:ss", "46": "[h]:mm:ss",
	"31": "yyyy年m月d日", "32": "h时mm分", "33": "h时mm分ss秒", "57": "yyyy年m月", "58": "m月d日"}

// formatNumber shows a number as a sheet does: with the words around it, fixed
// decimals, leading zeros, as a percentage, a fraction or a date. Thousands get no
// comma, which no answer would have.
func formatNumber(value, format string) string {
	number, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(number, 0) || math.IsNaN(number) {
		return value
	}
	parts := formatParts(format)
	if isDate(parts) {
		return formatDate(number, parts)
	}
	if strings.Contains(format, "?/?") {
		return asFraction(number, int(math.Pow10(min(3, strings.Count(format[strings.Index(format, "/"):], "?"))))-1)
	}
	return formatPlain(number, parts)
}

// formatPart is a run of a number format: words that show as they are, or letters and
// signs that stand for parts of the value.
type formatPart struct {
	text    string
	literal bool
}

// formatParts divides the first section of a format, that of positive numbers.
func formatParts(format string) (parts []formatPart) {
	add := func(text string, literal bool) {
		if n := len(parts); n > 0 && parts[n-1].literal == literal && (literal || sameSign(parts[n-1].text, text)) {
			parts[n-1].text += text
			return
		}
		parts = append(parts, formatPart{text, literal})
	}
	runes := []rune(format)
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; {
		case r == ';':
			return parts
		case r == '"':
			end := i + 1
			for end < len(runes) && runes[end] != '"' {
				end++
			}
			add(string(runes[i+1:end]), true)
			i = end
		case r == '\\' && i+1 < len(runes):
			i++
			add(string(runes[i]), true)
		case (r == '_' || r == '*') && i+1 < len(runes):
			i++
		case r == '[':
			end := i
			for end < len(runes) && runes[end] != ']' {
				end++
			}
			inner := string(runes[i+1 : min(end, len(runes))])
			if money, found := strings.CutPrefix(inner, "$"); found {
				sign, _, _ := strings.Cut(money, "-")
				add(sign, true)
			} else if inner != "" && strings.Trim(strings.ToLower(inner), "hms") == "" {
				add("["+strings.ToLower(inner)+"]", false)
			}
			i = end
		case (r == 'E' || r == 'e') && i+1 < len(runes) && (runes[i+1] == '+' || runes[i+1] == '-'):
			i++
			add("E+", false)
		case strings.ContainsRune("0#?.,%@ymdhsYMDHS/Ee", r) || r < 0x80 && r >= 'A' && r <= 'z':
			add(string(r), false)
		default:
			add(string(r), true)
		}
	}
	return parts
}

// sameSign reports whether a sign goes on with the run before it.
func sameSign(run, sign string) bool {
	number := func(s string) bool { return strings.Trim(s, "0#?.,%/Ee+-") == "" }
	return number(run) && number(sign) || strings.EqualFold(run[:1], sign) && !number(sign) ||
		strings.EqualFold(run[:1], "A") && strings.Trim(strings.ToUpper(run+sign), "AMP/") == ""
}

func isDate(parts []formatPart) bool {
	for _, part := range parts {
		if !part.literal && strings.ContainsAny(strings.ToLower(part.text), "ydhs") &&
			!strings.EqualFold(part.text, "General") {
			return true
		}
	}
	for _, part := range parts { // months alone: m月
		if !part.literal && strings.Trim(strings.ToLower(part.text), "m") == "" {
			return true
		}
	}
	return false
}

// formatPlain shows a number that is no date.
func formatPlain(number float64, parts []formatPart) string {
	var out strings.Builder
	shown, percent := false, false
	for _, part := range parts {
		percent = percent || !part.literal && strings.Contains(part.text, "%")
	}
	if percent {
		number *= 100
	}
	for _, part := range parts {
		switch {
		case part.literal && strings.TrimSpace(part.text) != "-":
			out.WriteString(part.text)
		case part.literal:
		case part.text == "%":
			out.WriteByte('%')
		case strings.ContainsAny(part.text, "0#?") && !shown:
			out.WriteString(placed(number, part.text))
			shown = true
		}
	}
	if !shown {
		return asItIs(number) + strings.TrimSpace(out.String())
	}
	return strings.TrimSpace(out.String())
}

// placed fills a number into places such as 000, 0.00, # ?/? or 0.0E+00.
func placed(number float64, places string) string {
	tail := ""
	if strings.HasSuffix(places, "%") {
		tail = "%"
	}
	if strings.ContainsAny(places, "Ee") {
		return strconv.FormatFloat(number, 'E', strings.Count(afterPoint(places), "0"), 64)
	}
	decimals := afterPoint(places)
	zeros := strings.Count(decimals, "0")
	whole, _, _ := strings.Cut(places, ".")
	text := asItIs(number)
	if _, given, has := strings.Cut(text, "."); zeros > 0 || has && len(given) > len(decimals) {
		text = strconv.FormatFloat(number, 'f', max(zeros, min(len(given), len(decimals), 15)), 64)
	}
	digits, point, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	digits = strings.Repeat("0", max(0, min(strings.Count(whole, "0"), 30)-len(digits))) + digits
	if point != "" {
		digits += "." + point
	}
	if strings.HasPrefix(text, "-") {
		digits = "-" + digits
	}
	return digits + tail
}

func afterPoint(places string) string {
	_, decimals, _ := strings.Cut(places, ".")
	decimals, _, _ = strings.Cut(decimals, "E")
	return strings.TrimRight(decimals, "%, ")
}

// asFraction finds the fraction nearest to a number with a denominator up to most.
func asFraction(number float64, most int) string {
	whole := math.Floor(math.Abs(number))
	rest := math.Abs(number) - whole
	above, below := 0, 1
	for denominator := 1; denominator <= most; denominator++ {
		numerator := int(math.Round(rest * float64(denominator)))
		if math.Abs(rest-float64(numerator)/float64(denominator))+1e-12 <
			math.Abs(rest-float64(above)/float64(below)) {
			above, below = numerator, denominator
		}
	}
	if above == below {
		whole, above = whole+1, 0
	}
	text := ""
	if whole > 0 || above == 0 {
		text = strconv.FormatFloat(whole, 'f', -1, 64)
	}
	if above > 0 {
		text = strings.TrimSpace(text + " " + strconv.Itoa(above) + "/" + strconv.Itoa(below))
	}
	if number < 0 {
		return "-" + text
	}
	return text
}

// asItIs drops the noise after the fifteenth digit, as Excel does.
func asItIs(number float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(number, 'g', 15, 64), 64)
	if err != nil {
		rounded = number
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// formatDate counts days from 1899-12-30, as Excel does since it took 1900 for a
// leap year.
func formatDate(days float64, parts []formatPart) string {
	if days < 0 || days > 2_958_466 { // the year 10000
		return asItIs(days)
	}
	at := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(math.Round(days*86400)) * time.Second)
	half := false
	for _, part := range parts {
		half = half || !part.literal && strings.EqualFold(part.text, "AM/PM")
	}
	var out strings.Builder
	for i, part := range parts {
		if part.literal {
			out.WriteString(part.text)
			continue
		}
		out.WriteString(datePart(at, days, strings.ToLower(part.text), half, minutes(parts, i)))
	}
	return strings.TrimSpace(out.String())
}

// minutes reports whether an m stands for minutes: behind hours or before seconds.
func minutes(parts []formatPart, i int) bool {
	for k := i - 1; k >= 0; k-- {
		if !parts[k].literal && strings.Trim(parts[k].text, ".,/") != "" {
			if strings.Contains(strings.ToLower(parts[k].text), "h") {
				return true
			}
			break
		}
	}
	for _, part := range parts[i+1:] {
		if !part.literal && strings.Trim(part.text, ".,/") != "" {
			return strings.Contains(strings.ToLower(part.text), "s")
		}
	}
	return false
}

func datePart(at time.Time, days float64, sign string, half, minute bool) string {
	switch {
	case sign == "am/pm":
		return at.Format("PM")
	case strings.HasPrefix(sign, "[h"):
		return strconv.Itoa(int(days * 24))
	case strings.HasPrefix(sign, "[m"):
		return strconv.Itoa(int(days * 24 * 60))
	case strings.HasPrefix(sign, "[s"):
		return strconv.Itoa(int(math.Round(days * 86400)))
	}
	layouts := map[string]string{"yy": "06", "yyyy": "2006", "m": "1", "mm": "01", "mmm": "Jan", "mmmm": "January",
		"d": "2", "dd": "02", "ddd": "Mon", "dddd": "Monday", "s": "5", "ss": "05"}
	if minute {
		layouts["m"], layouts["mm"] = "4", "04"
	}
	if half {
		layouts["h"], layouts["hh"] = "3", "03"
	}
	if sign == "h" && !half {
		return strconv.Itoa(at.Hour())
	}
	if layout, known := layouts[sign]; known {
		return at.Format(layout)
	}
	if sign == "hh" {
		return at.Format("15")
	}
	return sign
}
