package publicname

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"anquanda/internal/typed"
)

// folded is a name in the one form in which names are compared: letters and digits
// alone, without what looks different and reads the same.
type folded struct {
	runes []rune
	gap   []bool // by rune: something was left out before it
	text  string // of runes
	at    []int  // by byte of text, and one past its end: the rune that it belongs to
}

// fold evens out full width and half, capitals and small, accents, circled and
// mathematical letters, letters of other alphabets, traditional forms; signs and
// spaces leave a gap.
func fold(name string) folded {
	var f folded
	gap := false
	for _, r := range norm.NFKD.String(name) {
		r = unicode.ToLower(r)
		if plain, ok := lookAlikes[r]; ok {
			r = plain
		}
		switch {
		case unicode.In(r, unicode.Mn, unicode.Cf):
		case typed.IsLetter(r) || unicode.IsDigit(r):
			f.runes, f.gap = append(f.runes, r), append(f.gap, gap)
			gap = false
		default:
			gap = true
		}
	}
	f.index()
	return f
}

func (f *folded) index() {
	f.text = string(f.runes)
	f.at = make([]int, 0, len(f.text)+1)
	for i, r := range f.runes {
		for range utf8.RuneLen(r) {
			f.at = append(f.at, i)
		}
	}
	f.at = append(f.at, len(f.runes))
}

// spelt is the name with the digits between letters read as the letters that they
// stand for; ok is false where there are none.
func (f folded) spelt() (letters folded, ok bool) {
	letters = folded{runes: []rune(f.text), gap: f.gap}
	for begin := 0; begin < len(f.runes); {
		end := begin + 1
		for end < len(f.runes) && !f.gap[end] && ascii(f.runes[end]) == ascii(f.runes[begin]) {
			end++
		}
		if token := letters.runes[begin:end]; strings.ContainsFunc(string(token), latin) {
			for i, r := range token {
				if letter, known := digitLetters[r]; known {
					token[i], ok = letter, true
				}
			}
		}
		begin = end
	}
	if ok {
		letters.index()
	}
	return letters, ok
}

// apart reports whether no letter runs on from rune i-1 to rune i: a word of Latin
// letters begins or ends only there.
func (f folded) apart(i int) bool {
	return i == 0 || i == len(f.runes) || f.gap[i] || !latin(f.runes[i-1]) || !latin(f.runes[i])
}

func latin(r rune) bool { return 'a' <= r && r <= 'z' }
func ascii(r rune) bool { return r < utf8.RuneSelf }
func han(r rune) bool   { return unicode.Is(unicode.Han, r) }

// lookAlikes are letters and signs that are read as a Latin letter, and
// traditional or rare forms that are read as the simplified one.
var lookAlikes = pairs("аaеeоoрpсcхxуyвbмmнhкkтtіiѕsԁdԛqԝwгrпnαaοoρpνvυuκkτtιiεeηnωwßb@a$sıiꜱsʙbꜰfᴜuᴄcᴋkɴnᴍmʟl" +
	"媽妈殘残滾滚賤贱雜杂種种豬猪幹干國国務务書书記记總总黨党軍军賭赌場场發发證证屄逼习习習习東东馬马鄧邓澤泽錦锦濤涛溫温寶宝" +
	"強强員员長长縣县區区鄉乡鎮镇廳厅辦办應应機机關关係系統统訊讯電电話话號号碼码維维貸贷錢钱紅红領领廣广聯联絡络網网站站" +
	"羣群讓让龜龟蠢蠢畜畜罵骂狗狗孫孙處处輪轮獨独臺台灣湾納纳粹粹殺杀彈弹藥药槍枪習习貨货娼娼裸裸聊聊強强姦奸亂乱慰慰團团會会" +
	"黃黄視视頻频財财稅税規规檢检察察衛卫監监業业農农氣气際际報报")

var digitLetters = map[rune]rune{'0': 'o', '1': 'i', '3': 'e', '5': 's', '8': 'b'}

// pairs reads a list of two letters each: the first is read as the second.
func pairs(list string) map[rune]rune {
	found := map[rune]rune{}
	runes := []rune(list)
	for i := 0; i+1 < len(runes); i += 2 {
		found[runes[i]] = runes[i+1]
	}
	return found
}
