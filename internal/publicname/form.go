package publicname

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"anquanda/internal/errs"
)

// Clean trims a text of one line, of at most so many characters, and refuses what a
// list must not show: control and format characters (they can reverse or hide text)
// and what looks like nothing. It does not look for words: Names.Check does. Errors:
// invalid_field, which call the text what.
func Clean(field, what, text string, most int) (string, error) {
	if !utf8.ValidString(text) {
		return "", errs.InvalidField(field, what+"里有无法识别的字符")
	}
	if strings.ContainsFunc(text, unshowable) {
		return "", errs.InvalidField(field, what+"里有不能显示的字符")
	}
	text = strings.Join(strings.Fields(text), " ")
	if !strings.ContainsFunc(text, visible) {
		return "", errs.InvalidField(field, "请填写"+what)
	}
	if utf8.RuneCountInString(text) > most {
		return "", errs.InvalidField(field, fmt.Sprintf("%s最多 %d 个字", what, most))
	}
	return text, nil
}

// unshowable characters have no picture of their own, or do something to those
// around them: fillers too, of which a name could be made that nobody sees.
func unshowable(r rune) bool {
	const brailleBlank = '\u2800'
	return r == utf8.RuneError || r == brailleBlank ||
		unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point)
}

// visible characters are seen even when they stand alone; accents are not.
func visible(r rune) bool { return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) }
