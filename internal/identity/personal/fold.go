package personal

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"anquanda/internal/typed"
)

// sameWords are spellings of one thing in addresses.
var sameWords = strings.NewReplacer("幢", "栋", "座", "栋", "号楼", "栋", "#楼", "栋", "#", "号", "房", "室", "弄堂", "弄")

// foldAddress makes equal what people write in several ways: widths, blanks,
// punctuation, words of one meaning, and numbers in Chinese. What it does not know
// stays apart, such as an address without its province.
func foldAddress(address string) string {
	text := sameWords.Replace(strings.ToLower(norm.NFKC.String(address)))
	var folded strings.Builder
	var before rune
	numeral := []rune{}
	flush := func() {
		folded.WriteString(foldNumeral(numeral))
		numeral = numeral[:0]
	}
	for _, r := range text {
		if isNumeral(r) {
			numeral = append(numeral, r)
			before = r
			continue
		}
		flush()
		switch {
		case unicode.IsSpace(r):
			continue
		case r == '-' || r == '—' || r == '–' || r == '~':
			// It parts what stands behind a number: 1-23 is not 12-3.
			if unicode.IsDigit(before) || isNumeral(before) {
				folded.WriteByte('-')
			}
		case typed.IsLetter(r) || typed.IsPrivate(r) || unicode.IsNumber(r):
			folded.WriteRune(r)
		}
		before = r
	}
	flush()
	return strings.TrimSuffix(folded.String(), "-")
}

const numerals = "〇一二三四五六七八九"

func isNumeral(r rune) bool { return strings.ContainsRune(numerals+"零两十百", r) }

// foldNumeral writes a run of Chinese numerals below a thousand in digits: 十二,
// 一百零三, or digit by digit, 一〇三.
func foldNumeral(run []rune) string {
	if !strings.ContainsAny(string(run), "十百") {
		digits := ""
		for _, r := range run {
			digits += strconv.Itoa(digitOf(r))
		}
		return digits
	}
	value, digit := 0, -1 // -1: none since the last 十 or 百
	for _, r := range run {
		unit := map[rune]int{'十': 10, '百': 100}[r]
		switch {
		case unit == 0:
			digit = digitOf(r)
		case digit < 0:
			value += unit // 十二 leaves out the one
		default:
			value, digit = value+digit*unit, -1
		}
	}
	return strconv.Itoa(value + max(digit, 0))
}

func digitOf(r rune) int {
	switch r {
	case '零':
		return 0
	case '两':
		return 2
	}
	return utf8.RuneCountInString(numerals[:strings.IndexRune(numerals, r)])
}
