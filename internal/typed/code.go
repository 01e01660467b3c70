package typed

import (
	"encoding/binary"
	"strings"
)

// A code is eight characters that do not look alike: 31^8, some 8.5e11. It is read from a
// poster or a phone and typed, or comes with a link.
const (
	CodeLength  = 8
	CodeLetters = "23456789abcdefghjkmnpqrstuvwxyz"
)

// Code is a code as somebody typed or pasted it, in the form that it is compared in; empty
// for what is none.
func Code(text string) string {
	code := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -·\t\r\n", r) {
			return -1
		}
		return r
	}, strings.ToLower(Plain(text)))
	if len(code) != CodeLength || strings.Trim(code, CodeLetters) != "" {
		return ""
	}
	return code
}

// CodeOf is the code that random bytes make, two for each character; there must be
// 2*CodeLength at least.
func CodeOf(random []byte) string {
	code := make([]byte, CodeLength)
	for i := range code {
		code[i] = CodeLetters[binary.BigEndian.Uint16(random[2*i:])%uint16(len(CodeLetters))]
	}
	return string(code)
}

// ShownCode is a code in two groups, as it is printed.
func ShownCode(code string) string {
	return strings.ToUpper(code[:CodeLength/2] + "-" + code[CodeLength/2:])
}
