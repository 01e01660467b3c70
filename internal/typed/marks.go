package typed

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// IsHidden reports whether a character has no picture of its own: marks of direction that an iPhone
// copies with a number of its contacts, joiners, fillers, and selectors of variants.
func IsHidden(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// Plain is what somebody sees of a code or a number that was pasted: in half width, without what is
// hidden.
func Plain(text string) string {
	return strings.Map(func(r rune) rune {
		if IsHidden(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(text))
}

// Trim takes marks and blanks away at both ends. Inside they stay: there they may join what is seen,
// or reverse it.
func Trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) && !isTag(r)
	})
}

// Joins reports whether the hidden character at i makes one picture of those around it: of emoji
// (👨‍🚒), of a flag's letters behind 🏴, or of letters in Mongolian.
func Joins(text []rune, i int) bool {
	const zeroWidthJoiner, zeroWidthNonJoiner, vowelSeparator = '\u200D', '\u200C', '\u180E'
	if i == 0 {
		return false
	}
	if isTag(text[i]) {
		return text[i-1] == '\U0001F3F4' || isTag(text[i-1])
	}
	if i == len(text)-1 {
		return false
	}
	switch text[i] {
	case zeroWidthJoiner:
		return isEmoji(text[i+1]) && isEmoji(base(text[:i])) || inMongolian(text, i)
	case zeroWidthNonJoiner, vowelSeparator:
		return inMongolian(text, i)
	}
	return false
}

func inMongolian(text []rune, i int) bool {
	return unicode.Is(unicode.Mongolian, text[i-1]) && unicode.Is(unicode.Mongolian, text[i+1])
}

// base is the last character of text that is no selector of its variant.
func base(text []rune) rune {
	for i := len(text) - 1; i >= 0; i-- {
		if !unicode.Is(unicode.Variation_Selector, text[i]) {
			return text[i]
		}
	}
	return 0
}

// isEmoji has signs too: some emoji are made with ♀ and ↔.
func isEmoji(r rune) bool { return isPictograph(r) || r > unicode.MaxASCII && unicode.Is(unicode.S, r) }

// isPictograph has the blocks that new emoji come into, before the tables of Go know them.
func isPictograph(r rune) bool { return 0x1F000 <= r && r <= 0x1FBFF }

// isTag has the hidden letters of which flags of regions are made.
func isTag(r rune) bool { return 0xE0020 <= r && r <= 0xE007F }
