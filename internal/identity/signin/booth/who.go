package booth

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"anquanda/internal/errs"
	typing "anquanda/internal/typed"
)

const (
	maxWho = 60 // characters
	// leastSigns are the letters and digits that tell people of one name apart.
	leastSigns = 4
)

var mobile = regexp.MustCompile(`^(?:86|086|0086)?(1[3-9]\d{9})$`)

// normalWho makes equal what staff type of one person in several ways: widths, case,
// blanks, dashes, the country of a phone number, and whether the name or the number
// stands first. A name alone tells nobody apart. Errors: invalid_field who.
func normalWho(typed string) (string, error) {
	if utf8.RuneCountInString(typed) > maxWho || !utf8.ValidString(typed) {
		return "", errs.InvalidField("who", "内容太长，只写一个手机号、工号，或身份证后六位和姓名")
	}
	var name, signs strings.Builder
	for _, r := range strings.ToLower(typing.Plain(typed)) {
		switch {
		case r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			signs.WriteRune(r)
		case typing.IsLetter(r) || typing.IsPrivate(r) || unicode.IsNumber(r) || unicode.IsMark(r):
			name.WriteRune(r)
		}
	}
	if signs.Len() < leastSigns {
		return "", errs.InvalidField("who", "只有姓名会认错人，请写手机号、工号，或身份证后六位和姓名")
	}
	number := signs.String()
	if m := mobile.FindStringSubmatch(number); m != nil && name.Len() == 0 {
		return m[1], nil
	}
	if name.Len() == 0 {
		return number, nil
	}
	return name.String() + " " + number, nil
}

// isMobile reports whether a normal identity is a phone number.
func isMobile(who string) bool { return mobile.MatchString(who) }
