package unit

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"anquanda/internal/typed"
)

// FoldName makes equal what looks equal: widths, case, blanks, punctuation.
func FoldName(name string) string {
	folded := strings.Map(func(r rune) rune {
		if typed.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(name))
	if folded == "" { // nothing but signs
		return strings.TrimSpace(name)
	}
	return folded
}

// formWords are what the same unit is called with and without: forms of firms and
// offices, and levels of places. The longer ones stand first.
var formWords = strings.Fields(`
	股份有限公司 有限责任公司 集团有限公司 村民委员会 居民委员会 社区居委会 街道办事处 人民政府
	集团公司 有限公司 分公司 子公司 村委会 居委会 办事处 管委会 委员会
	公司 集团 中心 街道 社区 镇政府 乡镇 县 区 市 省 镇 乡 村 局 组 厂 站 科 处`)

// core is a folded name without the words for its form: 柳湾 for 柳湾村委会. A name
// that is nothing else stays as it is.
func core(name string) string {
	name = FoldName(name)
	for again := true; again; {
		again = false
		for _, word := range formWords {
			if rest := strings.TrimSuffix(name, word); rest != name && len([]rune(rest)) >= 2 {
				name, again = rest, true
				break
			}
		}
	}
	return name
}
