package personal

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/publicname"
	typing "anquanda/internal/typed"
)

// Longest values, in characters.
const (
	maxPersonName  = 30 // 维吾尔族人名 with their dots
	maxAddress     = 100
	leastAddress   = 6
	maxFreeText    = 100
	longestAllowed = 200 // of what is looked at, in bytes a character
)

// CheckField reads what a player typed into a field: the value as it is kept, or
// invalid_field "fields.<key>" in words for the player. now (UTC ms) bounds dates
// of birth.
func CheckField(f contest.Field, typed string, now int64) (string, error) {
	wrong := func(message string) error { return errs.InvalidField("fields."+f.Key, message) }
	switch f.Kind {
	case contest.FieldPhone:
		phone, problem := readPhone(typed)
		if problem != "" {
			return "", wrong(f.Label + problem)
		}
		return phone, nil
	case contest.FieldID:
		number, problem := readIDNumber(typed, time.UnixMilli(now))
		if problem != "" {
			return "", wrong(f.Label + problem)
		}
		return number, nil
	case contest.FieldName:
		return readPersonName(f, typed, wrong)
	case contest.FieldChoice:
		if option := strings.TrimSpace(typed); slices.Contains(f.Options, option) {
			return option, nil
		}
		return "", wrong("请从列出的" + f.Label + "里选一项")
	case contest.FieldAddress:
		address, err := publicname.CleanTold("fields."+f.Key, f.Label, typed, maxAddress)
		if err == nil && utf8.RuneCountInString(address) < leastAddress {
			err = wrong("请把" + f.Label + "写完整，例如省、市、街道和门牌号")
		}
		return address, err
	}
	return publicname.CleanTold("fields."+f.Key, f.Label, typed, maxFreeText)
}

// nameSigns stand between the parts of a name. The dot of 买买提·艾合买提 is typed in many ways, and
// banks print it as the full-width full stop.
const nameSigns = " ·•‧・･⋅∙．.-‐‑'’"

// readPersonName takes a name as people write it: letters of any script, and the
// dots and hyphens between its parts.
func readPersonName(f contest.Field, typed string, wrong func(string) error) (string, error) {
	name, err := publicname.CleanTold("fields."+f.Key, f.Label, typed, maxPersonName)
	if err != nil {
		return "", err
	}
	letters := 0
	for _, r := range name {
		switch {
		case typing.IsLetter(r) || typing.IsPrivate(r):
			letters++
		case unicode.IsMark(r) || strings.ContainsRune(nameSigns, r):
		case unicode.IsNumber(r):
			return "", wrong(f.Label + "里不能有数字")
		default:
			return "", wrong(fmt.Sprintf("%s里不能有“%c”", f.Label, r))
		}
	}
	if letters < 2 {
		return "", wrong("请填写完整的" + f.Label)
	}
	return name, nil
}

var mobileNumber = regexp.MustCompile(`^1[3-9][0-9]{9}$`)

// readPhone reads a mobile number of the mainland (工信部 电信网编号计划: 11 digits
// from 13 to 19), written with blanks, hyphens or +86 in front.
func readPhone(typed string) (phone, problem string) {
	digits, problem := readDigits(typed, " -－()（）+")
	if problem != "" {
		return "", problem
	}
	for _, prefix := range []string{"0086", "86"} {
		if rest, ok := strings.CutPrefix(digits, prefix); ok && len(rest) == 11 {
			digits = rest
		}
	}
	switch {
	case digits == "":
		return "", "不能为空"
	case len(digits) != 11:
		return "", fmt.Sprintf("应为 11 位，现在是 %d 位", len(digits))
	case !mobileNumber.MatchString(digits):
		return "", "不对，请核对前三位"
	}
	return digits, ""
}

// readDigits drops what people write between digits.
func readDigits(typed, between string) (digits, problem string) {
	if len(typed) > longestAllowed {
		return "", "太长"
	}
	for _, r := range typing.Plain(typed) {
		switch {
		case '0' <= r && r <= '9':
			digits += string(r)
		case !unicode.IsSpace(r) && !strings.ContainsRune(between, r):
			return "", "只能填写数字"
		}
	}
	return digits, ""
}
