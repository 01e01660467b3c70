package personal

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	typing "anquanda/internal/typed"
)

// divisionsOfChina are the first two digits of the codes of administrative
// divisions (GB/T 2260), with 81 to 83 of residence permits for people of Hong
// Kong, Macao and Taiwan, and 9 of foreigners' permanent residence.
const divisionsOfChina = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "

const idDigits = 18

// readIDNumber reads the number of an identity card (GB 11643-1999): six digits of
// the place, eight of the date of birth, three in sequence, and a check character
// after ISO 7064, MOD 11-2. The message follows the field's label.
func readIDNumber(typed string, now time.Time) (number, problem string) {
	if len(typed) > longestAllowed {
		return "", "太长"
	}
	drop := func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' {
			return -1
		}
		return unicode.ToUpper(r)
	}
	number = strings.Map(drop, typing.Plain(typed))
	switch {
	case number == "":
		return "", "不能为空"
	case strings.ContainsFunc(number, func(r rune) bool { return (r < '0' || r > '9') && r != 'X' }) ||
		strings.Contains(number[:len(number)-1], "X"):
		return "", "应为数字，最后一位可以是 X"
	case len(number) != idDigits:
		return "", fmt.Sprintf("应为 18 位，现在是 %d 位", len(number))
	case number[0] != '9' && !strings.Contains(divisionsOfChina, number[:2]+" "):
		return "", "不对，请核对前六位"
	}
	born, err := time.ParseInLocation("20060102", number[6:14], now.Location())
	if err != nil || born.After(now) || born.Year() < 1900 {
		return "", "不对，请核对出生年月日"
	}
	if checkCharacter(number) != number[idDigits-1] {
		return "", "不对，请逐位核对"
	}
	return number, ""
}

// checkCharacter is the last one of a number, by the first 17.
func checkCharacter(number string) byte {
	sum := 0
	for i := range idDigits - 1 {
		weight := 1 << (idDigits - 1 - i) % 11
		sum += int(number[i]-'0') * weight
	}
	return "10X98765432"[sum%11]
}
