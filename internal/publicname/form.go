package publicname

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"anquanda/internal/errs"
	"anquanda/internal/typed"
)

// Clean trims a text of one line, of at most so many characters, with the hidden marks
// that were pasted at its ends, and refuses what a
// list must not show: control and format characters (they can reverse or hide text)
// and what looks like nothing. It does not look for words: Names.Check does. Errors:
// invalid_field, which call the text what.
func Clean(field, what, text string, most int) (string, error) {
	text = typed.Trim(typed.Public(text))
	if strings.ContainsFunc(text, typed.IsPrivate) {
		return "", errs.InvalidField(field, what+"里有不能显示的字符")
	}
	return CleanTold(field, what, text, most)
}

// CleanTold is Clean for what staff alone read. Characters of private use pass: they are how old
// input methods type rare characters, and a person at the booth knows whom they mean.
func CleanTold(field, what, text string, most int) (string, error) {
	text = typed.Trim(typed.Public(text))
	if !utf8.ValidString(text) {
		return "", errs.InvalidField(field, what+"里有无法识别的字符")
	}
	if !showable([]rune(text)) {
		return "", errs.InvalidField(field, what+"里有不能显示的字符")
	}
	text = strings.Join(strings.Fields(text), " ")
	if !strings.ContainsFunc(text, func(r rune) bool { return typed.IsVisible(r) || typed.IsPrivate(r) }) {
		return "", errs.InvalidField(field, "请填写"+what)
	}
	if utf8.RuneCountInString(text) > most {
		return "", errs.InvalidField(field, fmt.Sprintf("%s最多 %d 个字", what, most))
	}
	return text, nil
}

// showable refuses hidden characters that join nothing.
func showable(text []rune) bool {
	for i, r := range text {
		if unshowable(r) && !typed.Joins(text, i) {
			return false
		}
	}
	return true
}

// unshowable characters have no picture of their own, or do something to those
// around them: fillers too, of which a name could be made that nobody sees.
func unshowable(r rune) bool {
	const brailleBlank = '\u2800'
	return r == utf8.RuneError || r == brailleBlank ||
		unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point)
}
