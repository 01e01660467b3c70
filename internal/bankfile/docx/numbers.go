package docx

import (
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/xmltree"
)

// numbering is how Word numbers paragraphs by itself. The numbers are not in the
// text, so that a question's 1. and an option's A. must be counted again.
type numbering struct {
	levels map[string][]level // by numId
	counts map[string][]int
}

type level struct {
	format string // decimal, upperLetter…
	text   string // %1. or （%1）
	start  int
}

func (w *word) loadNumbering() error {
	w.numbering = numbering{map[string][]level{}, map[string][]int{}}
	root, err := w.part("word/numbering.xml")
	if err != nil || root == nil {
		return err
	}
	abstract := map[string][]level{}
	for _, n := range root.All("abstractnum") {
		var levels []level
		for _, l := range n.All("lvl") {
			start, err := strconv.Atoi(l.Child("start").Attr("val"))
			if err != nil {
				start = 1
			}
			levels = append(levels, level{l.Child("numfmt").Attr("val"), l.Child("lvltext").Attr("val"), start})
		}
		abstract[n.Attr("abstractnumid")] = levels
	}
	for _, n := range root.All("num") {
		w.numbering.levels[n.Attr("numid")] = abstract[n.Child("abstractnumid").Attr("val")]
	}
	return nil
}

// label counts a paragraph and returns what Word writes before it, or "".
func (n *numbering) label(paragraph *xmltree.Node) string {
	properties := paragraph.Child("ppr").Child("numpr")
	id := properties.Child("numid").Attr("val")
	levels := n.levels[id]
	at, err := strconv.Atoi(properties.Child("ilvl").Attr("val"))
	if err != nil {
		at = 0
	}
	if at < 0 || at >= len(levels) {
		return ""
	}
	counts := n.counts[id]
	for len(counts) <= at {
		counts = append(counts, levels[len(counts)].start-1)
	}
	counts = counts[:at+1] // deeper levels begin anew
	counts[at]++
	n.counts[id] = counts
	text := levels[at].text
	for i := range counts {
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), ordinal(levels[i].format, counts[i]))
	}
	if levels[at].format == "bullet" || text == "" {
		return ""
	}
	return text + " "
}

func ordinal(format string, n int) string {
	if strings.HasSuffix(format, "Letter") && n >= 1 && n <= 26 {
		if format == "lowerLetter" {
			return strings.ToLower(draft.Letter(n - 1))
		}
		return draft.Letter(n - 1)
	}
	if strings.HasPrefix(format, "chinese") || strings.HasPrefix(format, "japaneseCounting") {
		return chineseNumber(n)
	}
	return strconv.Itoa(n)
}

// chineseNumber writes 1 to 99.
func chineseNumber(n int) string {
	digits := []rune("零一二三四五六七八九")
	switch {
	case n < 1 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return string(digits[n])
	}
	text := "十"
	if n >= 20 {
		text = string(digits[n/10]) + text
	}
	if n%10 > 0 {
		text += string(digits[n%10])
	}
	return text
}
