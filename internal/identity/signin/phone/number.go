package phone

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"anquanda/internal/errs"
	typing "anquanda/internal/typed"
)

// mobile are numbers of the mainland that get messages (工信部《电信网编号计划》: 11
// digits from 13 to 19). Numbers of things have 13 digits.
var (
	mobile   = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
	landline = regexp.MustCompile(`^(0[1-9][0-9]{8,11}|[2-8][0-9]{6,7}|[48]00[0-9]{7})$`)
)

const longestTyped = 60 // bytes

// Read reads a phone number as people type it. Errors: invalid_field phone, in words
// for the person.
func Read(typed string) (string, error) {
	wrong := func(message string) error { return errs.InvalidField("phone", message) }
	if len(typed) > longestTyped {
		return "", wrong("手机号太长")
	}
	digits, plus := "", false
	for _, r := range typing.Plain(typed) {
		switch {
		case '0' <= r && r <= '9':
			digits += string(r)
		case r == '+' && digits == "":
			plus = true
		case !unicode.IsSpace(r) && !strings.ContainsRune("-－()", r):
			return "", wrong("手机号只能填写数字")
		}
	}
	abroad := plus
	if rest, ok := strings.CutPrefix(digits, "00"); ok {
		digits, abroad = rest, true
	}
	if rest, ok := strings.CutPrefix(digits, "86"); ok && (abroad || len(digits) == 13) {
		digits, abroad = rest, false
	}
	switch {
	case abroad:
		return "", wrong("目前只能向中国大陆的手机号发送验证码")
	case digits == "":
		return "", wrong("请填写手机号")
	case mobile.MatchString(digits):
		return digits, nil
	case landline.MatchString(digits):
		return "", wrong("固定电话收不到短信，请填写手机号")
	case len(digits) != 11:
		return "", wrong("手机号应为 11 位，现在是 " + strconv.Itoa(len(digits)) + " 位")
	}
	return "", wrong("手机号不对，请核对前三位")
}

// read is Read for the numbers that the operator lets in.
func (s *Service) read(typed string) (string, error) {
	number, err := Read(typed)
	begins := func(prefix string) bool { return strings.HasPrefix(number, prefix) }
	if err == nil && slices.ContainsFunc(s.terms.Refuse, begins) {
		return "", errs.InvalidField("phone", "这个号段暂时不能用来验证，请换一个手机号，或换一种方式")
	}
	return number, err
}
