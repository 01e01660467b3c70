// Package typed knows what comes in when people type and paste: characters that are rarer than the
// tables of a library, and marks that nobody sees. It is pure.
package typed

import (
	"strings"
	"unicode"
)

// IsLetter reports whether a character is a letter of some script. Ideographs are told by their
// blocks: GB 18030-2022 names people with characters that came into Unicode after the tables of
// Go (extension I), and more will follow.
func IsLetter(r rune) bool { return unicode.IsLetter(r) || isIdeograph(r) }

// IsVisible reports whether a character is seen even when it stands alone; an accent is not.
func IsVisible(r rune) bool {
	return isIdeograph(r) || isPictograph(r) || unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S)
}

// isIdeograph has 〇, the unified ideographs with extension A, the compatibility ones, and planes 2
// and 3, which Unicode keeps for ideographs, all of them: also those without a name yet.
func isIdeograph(r rune) bool {
	return r == '〇' || 0x3400 <= r && r <= 0x4DBF || 0x4E00 <= r && r <= 0x9FFF || 0xF900 <= r && r <= 0xFAFF ||
		0x20000 <= r && r <= 0x3FFFD
}

// IsPrivate reports whether a character is one of private use, which only the typist's own fonts
// show: old input methods type rare characters of names so.
func IsPrivate(r rune) bool { return unicode.Is(unicode.Co, r) }

// Public puts in the place of private-use characters, which GBK and GB 18030 gave to characters
// that Unicode did not have yet, what Unicode has for them now. Others stay.
func Public(text string) string {
	return strings.Map(func(r rune) rune {
		if known, ok := public[r]; ok {
			return known
		}
		return r
	}, text)
}

// gbkRow are the characters of GBK at FE50 to FEA0, which stood at U+E815 to U+E864.
const gbkRow = "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"

// gbRest are two letters of pinyin and the signs of upright text, as GB 18030-2022 places them.
const gbRest = "\uE7C7\u1E3F\uE7C8\u01F9\uE78D\uFE10\uE78E\uFE12\uE78F\uFE11\uE790\uFE13\uE791\uFE14\uE792\uFE15" +
	"\uE793\uFE16\uE794\uFE17\uE795\uFE18\uE796\uFE19"

var public = readPublic()

func readPublic() map[rune]rune {
	found := map[rune]rune{}
	for i, r := range []rune(gbkRow) {
		found['\uE815'+rune(i)] = r
	}
	rest := []rune(gbRest)
	for i := 0; i < len(rest); i += 2 {
		found[rest[i]] = rest[i+1]
	}
	return found
}
