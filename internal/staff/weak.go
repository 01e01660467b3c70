package staff

import (
	"strconv"
	"strings"
	"unicode"
)

// Why a password is easy to guess, for who chose it.
const (
	weakCommon   = "这个密码太常见，用的人很多，请换一个"
	weakRepeated = "密码只是同样的几个字重复，很容易猜到，请换一个"
	weakRun      = "密码主要是键盘或数字上连着的字，很容易猜到，请换一个"
	weakContext  = "密码主要是登录名、姓名、单位或活动的字样，很容易猜到，请换一个"
	weakWord     = "密码只是一个常见的词加几个字，很容易猜到，请换一个"
)

// A password is worn down to the parts of which somebody would guess it: a run of the
// keyboard, a year, a word that has to do with the place counts as one character, a common
// word as three, for there are about as many of them as there are groups of three letters.
// What is left must be worth leastWorth, or guessing gets through it (NIST SP 800-63B-4,
// section 3.1.1.2, asks for a list of common, expected and compromised values).
const (
	leastWorth = 6
	wordWorth  = 3
	leastWord  = 4 // letters
	mostWord   = 24
	leastRun   = 3
)

// always are words that have to do with every installation.
var always = []string{"anquanda", "anquan", "安全答", "安全", "admin", "guanliyuan", "管理员", "mima", "密码", "password",
	"jingsai", "竞赛", "zhishi", "知识", "yingji", "应急", "xiaofang", "消防", "anquandashi"}

// weakness says why a password is too easy to guess; empty: it is not. context are words
// of this account and this place.
func weakness(password string, context []string) string {
	text := strings.ToLower(password)
	if common()[text] || common()[strings.Map(unmask, text)] {
		return weakCommon
	}
	letters := []rune(text)
	if period(letters) <= len(letters)/2 {
		return weakRepeated
	}
	worth, why := wear(letters, context)
	if worth >= leastWorth {
		return ""
	}
	return why
}

// wear finds the parts that make a password worth the least, from its end to its
// beginning, and the reason to tell: the first of those in reasons that a part has.
func wear(text []rune, context []string) (worth int, why string) {
	best := make([]int, len(text)+1)
	next := make([]part, len(text))
	for at := len(text) - 1; at >= 0; at-- {
		next[at] = part{length: 1, worth: 1}
		best[at] = 1 + best[at+1]
		for _, p := range parts(text[at:], context) {
			if worth := p.worth + best[at+p.length]; worth < best[at] {
				best[at], next[at] = worth, p
			}
		}
	}
	found := map[string]bool{}
	for at := 0; at < len(text); at += next[at].length {
		found[next[at].why] = true
	}
	for _, reason := range []string{weakContext, weakRun, weakWord} {
		if found[reason] {
			return best[0], reason
		}
	}
	return best[0], weakWord
}

// part is one piece of a password.
type part struct {
	length, worth int
	why           string
}

// parts are those that text may begin with, but for a single character.
func parts(text []rune, context []string) (found []part) {
	for _, words := range [][]string{context, always} {
		for _, word := range words {
			letters := []rune(strings.ToLower(word))
			if n := len(letters); n >= 2 && n <= len(text) && string(text[:n]) == string(letters) {
				found = append(found, part{n, 1, weakContext})
			}
		}
	}
	for n := run(text); n >= leastRun; n-- {
		found = append(found, part{n, 1, weakRun})
	}
	if n := year(text); n > 0 {
		found = append(found, part{n, 1, ""})
	}
	for n := leastWord; n <= min(len(text), mostWord); n++ {
		word := string(text[:n])
		if common()[word] || common()[strings.Map(unmask, word)] {
			found = append(found, part{n, wordWorth, weakWord})
		}
	}
	return found
}

// unmask puts the letter for which a figure stands.
func unmask(r rune) rune {
	switch r {
	case '0':
		return 'o'
	case '1', '!':
		return 'i'
	case '3':
		return 'e'
	case '4', '@':
		return 'a'
	case '5', '$':
		return 's'
	case '7':
		return 't'
	}
	return r
}

// year is the length of the year that text begins with, or of the day in it.
func year(text []rune) int {
	digits := 0
	for digits < len(text) && digits < 8 && unicode.IsDigit(text[digits]) {
		digits++
	}
	if digits < 4 {
		return 0
	}
	at, err := strconv.Atoi(string(text[:4]))
	if err != nil || at < 1940 || at > 2049 {
		return 0
	}
	if digits == 8 {
		month, _ := strconv.Atoi(string(text[4:6]))
		day, _ := strconv.Atoi(string(text[6:8]))
		if month >= 1 && month <= 12 && day >= 1 && day <= 31 {
			return 8
		}
	}
	return 4
}

// rows are what hangs together: the alphabet, figures, the rows and columns of a keyboard.
var rows = []string{"abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./",
	"!@#$%^&*()", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "1q2w3e4r5t6y7u8i9o0p", "一二三四五六七八九十"}

var reversed = func() []string {
	all := rows
	for _, row := range rows {
		letters := []rune(row)
		for i, j := 0, len(letters)-1; i < j; i, j = i+1, j-1 {
			letters[i], letters[j] = letters[j], letters[i]
		}
		all = append(all, string(letters))
	}
	return all
}()

// run is how many characters at the beginning are one character again and again, or
// neighbours in a row.
func run(text []rune) int {
	most := 1
	for most < len(text) && text[most] == text[0] {
		most++
	}
	for _, row := range reversed {
		for n := min(len(text), 40); n > most && n >= leastRun; n-- {
			if strings.Contains(row, string(text[:n])) {
				most = n
				break
			}
		}
	}
	return most
}

// period is the length of the shortest block of which text is made by repeating it, the
// last time perhaps not whole (the failure function of Knuth, Morris and Pratt).
func period(text []rune) int {
	fail := make([]int, len(text))
	for i := 1; i < len(text); i++ {
		k := fail[i-1]
		for k > 0 && text[i] != text[k] {
			k = fail[k-1]
		}
		if text[i] == text[k] {
			k++
		}
		fail[i] = k
	}
	return len(text) - fail[len(fail)-1]
}
