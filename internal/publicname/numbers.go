package publicname

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// mostDigits is how many digits a name may hold: one with more is a telephone or an
// account number. Written out alone there may be more: 一二三四五六七八九 is a rhyme.
const (
	mostDigits   = 6
	mostNumerals = 9
)

const numerals = "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两"

// holdsNumber reports whether a name holds a telephone or account number, in digits
// or written out.
func holdsNumber(name folded) bool {
	digits, run, mixed := 0, 0, false
	for _, r := range name.runes {
		switch {
		case unicode.IsDigit(r):
			digits++
			run++
			mixed = true
		case strings.ContainsRune(numerals, r):
			run++
		default:
			run, mixed = 0, false
		}
		if digits > mostDigits || run > mostNumerals || mixed && run > mostDigits {
			return true
		}
	}
	return false
}

// account is the number or name of an account to be added; link is an address.
var (
	account = regexp.MustCompile(`(?:^|[^a-z])(?:qq|wx|vx|weixin|微信|薇信|威信|扣扣|企鹅)号?[a-z_-]{0,4}\d{4,}`)
	link    = regexp.MustCompile(`[a-z0-9-]{2,}(?:\.|点)(?:com|cn|net|org|top|xyz|cc|vip|club|shop|io|info|site|online|` +
		`app|tv|link|ltd|me|work)(?:[^a-z]|$)|(?:^|[^a-z])t\.me/|[a-z0-9._-]+@[a-z0-9-]+\.[a-z]{2,}`)
)

// telltale characters stand in every account and address.
func telltale(r rune) bool { return strings.ContainsRune(".。．点點@＠", r) || unicode.IsDigit(r) }

// holdsContact reports whether a name holds an account or an address of the net.
func holdsContact(text string, name folded) bool {
	if !strings.ContainsFunc(text, telltale) {
		return false
	}
	plain := strings.ReplaceAll(strings.ToLower(norm.NFKC.String(text)), "。", ".")
	return account.MatchString(name.text) || link.MatchString(strings.Join(strings.Fields(plain), ""))
}
