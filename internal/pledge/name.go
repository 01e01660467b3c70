package pledge

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
)

//go:embed refused.txt
var refusedText string

// refused are the words of refused.txt, evened out like the names: those of
// letters count as whole words.
var refusedParts, refusedWords = readRefused(refusedText)

func readRefused(text string) (parts []string, words map[string]bool) {
	words = map[string]bool{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		word := squeezed(evenOut(line))
		if strings.ContainsFunc(word, han) {
			parts = append(parts, word)
		} else {
			words[word] = true
		}
	}
	return parts, words
}

// mostDigits is how many digits a name may hold: one with more is a telephone or
// an account number, which does not belong on a wall.
const mostDigits = 6

// cleanName makes a name fit for the certificate and the wall. Errors:
// invalid_field name.
func cleanName(text string) (string, error) {
	name, err := personal.CleanName("name", "署名", text, identity.MaxNickname)
	if err != nil {
		return "", err
	}
	even := evenOut(name)
	digits := 0
	for _, r := range even {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if digits > mostDigits {
		return "", errs.InvalidField("name", "署名会公开显示，请不要写电话或其他号码")
	}
	if offends(even) {
		return "", errs.InvalidField("name", "署名里有不适合公开显示的词，请换一个")
	}
	return name, nil
}

// offends reports whether a name that was evened out holds a refused word.
func offends(even string) bool {
	whole := squeezed(even)
	for _, part := range refusedParts {
		if strings.Contains(whole, part) {
			return true
		}
	}
	if refusedWord(whole) { // spelt with gaps
		return true
	}
	words := strings.FieldsFunc(even, func(r rune) bool { return r == ' ' || han(r) })
	return slices.ContainsFunc(words, refusedWord)
}

// refusedWord looks a word of letters up; digits between letters are read as the
// letters that they stand for.
func refusedWord(word string) bool {
	return refusedWords[word] || strings.ContainsFunc(word, unicode.IsLetter) && refusedWords[digitLetters.Replace(word)]
}

// evenOut makes one form of all that look alike: full width and half, capitals
// and small, accents, letters of other alphabets; signs become a space.
func evenOut(text string) string {
	var out strings.Builder
	for _, r := range norm.NFKD.String(text) {
		r = unicode.ToLower(r)
		if plain, ok := lookAlikes[r]; ok {
			r = plain
		}
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			out.WriteRune(r)
		default:
			out.WriteByte(' ')
		}
	}
	return out.String()
}

func squeezed(text string) string { return strings.ReplaceAll(text, " ", "") }

// lookAlikes are letters and signs that are read as a Latin letter, and
// traditional forms that are read as the simplified one.
var lookAlikes = pairs("а a|е e|о o|р p|с c|х x|у y|в b|м m|н h|к k|т t|і i|ѕ s|α a|ο o|ρ p|ν v|υ u|κ k|τ t|ι i|ß b|@ a|$ s|" +
	"媽 妈|殘 残|滾 滚|賤 贱|雜 杂|種 种|豬 猪|幹 干|國 国|務 务|書 书|記 记|總 总|黨 党|軍 军|賭 赌|場 场|發 发|證 证|屄 逼")

var digitLetters = strings.NewReplacer("0", "o", "1", "i", "3", "e", "5", "s", "8", "b")

func pairs(list string) map[rune]rune {
	found := map[rune]rune{}
	for pair := range strings.SplitSeq(list, "|") {
		from, to, _ := strings.Cut(pair, " ")
		a, _ := utf8.DecodeRuneInString(from)
		b, _ := utf8.DecodeRuneInString(to)
		found[a] = b
	}
	return found
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }
