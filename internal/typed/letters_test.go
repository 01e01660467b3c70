package typed

import (
	"testing"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestEveryIdeographThatANameMayHoldIsALetter(t *testing.T) {
	for _, block := range [][2]rune{
		{0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x2A6DF}, {0x2A700, 0x2EE5D},
		{0x2F800, 0x2FA1D}, {0x30000, 0x323AF}, {'〇', '〇'},
	} {
		for r := block[0]; r <= block[1]; r++ {
			if !IsLetter(r) || !IsVisible(r) {
				t.Fatalf("U+%04X is no letter", r)
			}
		}
	}
	for _, r := range "1一<=\u200d\uE863\u3006 😀" {
		if want := unicode.IsLetter(r); IsLetter(r) != want {
			t.Errorf("U+%04X: letter %v", r, !want)
		}
	}
}

// The decoder of x/text is another reading of the standard; where it still answers with private
// use, GB 18030-2022 says what stands there.
func TestPrivateUseOfOldInputMethodsBecomesWhatUnicodeHasNow(t *testing.T) {
	place := rune(0xE815)
	for second := byte(0x50); second <= 0xA0; second++ {
		if second == 0x7F {
			continue
		}
		decoded, err := simplifiedchinese.GB18030.NewDecoder().String(string([]byte{0xFE, second}))
		if err != nil {
			t.Fatal(err)
		}
		got := Public(string(place))
		if r := []rune(decoded)[0]; !IsPrivate(r) && r != unicode.ReplacementChar && got != decoded {
			t.Errorf("FE%02X, U+%04X: %s, the standard has %s", second, place, got, decoded)
		}
		if IsPrivate([]rune(got)[0]) {
			t.Errorf("U+%04X stays private", place)
		}
		place++
	}
	if place != 0xE865 {
		t.Errorf("the row ends at U+%04X", place)
	}
	for private, want := range map[string]string{
		"\uE863然": "䶮然", "\uE81E": "\u9FB4", "\uE816": "\U00020087", "\uE855": "\U000241FE", "\uE864": "\u9FBB",
		"\uE831": "\U000215D7", "\uE83B": "\U0002298F", "\uE78E": "\uFE12", "\uE7C7": "ḿ", "\uE000": "\uE000",
	} {
		if got := Public(private); got != want {
			t.Errorf("%+q becomes %+q, want %+q", private, got, want)
		}
	}
}
