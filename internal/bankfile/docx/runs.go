package docx

import (
	"regexp"
	"strings"

	"anquanda/internal/bankfile/xmltree"
	"anquanda/internal/sheet"
)

// runText is what a paragraph shows: without what was deleted while changes were
// tracked, what is hidden or struck out, and the codes of fields.
type runText struct {
	strings.Builder
	w        *word
	pictures []string
	hidden   string // what was left out because it is hidden or struck out
}

func (t *runText) walk(n *xmltree.Node) {
	n.Walk(func(m *xmltree.Node) bool {
		switch m.Name {
		case "r":
			return t.run(m)
		case "t":
			t.WriteString(m.Inner())
			return false
		case "tab":
			t.WriteByte('\t')
		case "br", "cr":
			t.WriteByte('\n')
		case "instrtext":
			t.WriteString(fieldFraction(m.Inner()))
			return false
		case "del", "ppr", "rpr", "txbxcontent", "fallback":
			return false
		case "object", "oleobject":
			t.pictures = append(t.pictures, unreadObject)
			return false
		case "blip":
			if name := t.w.picture(m.Attr("embed")); name != "" {
				t.pictures = append(t.pictures, name)
			}
		case "f", "ssup", "ssub", "ssubsup", "rad", "nary":
			return t.formula(m)
		}
		return true
	})
}

// run takes a run of text with its raised or lowered characters; true lets its parts be
// walked as any others.
func (t *runText) run(n *xmltree.Node) bool {
	properties := n.Child("rpr")
	text := ""
	for _, part := range n.All("t") {
		text += part.Inner()
	}
	if on(properties.Child("vanish")) || on(properties.Child("strike")) || on(properties.Child("dstrike")) {
		t.hidden += text
		return false
	}
	switch properties.Child("vertalign").Attr("val") {
	case "superscript":
		t.WriteString(sheet.Raised(text))
	case "subscript":
		t.WriteString(sheet.Lowered(text))
	default:
		return true
	}
	return false
}

// on reports whether a property that may be switched off is there and on.
func on(n *xmltree.Node) bool {
	val := n.Attr("val")
	return n != nil && val != "0" && val != "false" && val != "off"
}

// formula writes a part of a formula (Office Math, ECMA-376 part 1, 22.1) as a line of
// text that reads aloud: 1/20, 10², √(2). False once it has.
func (t *runText) formula(n *xmltree.Node) bool {
	switch n.Name {
	case "f":
		above, below := t.inner(n.Child("num")), t.inner(n.Child("den"))
		if above == "" && below == "" {
			return true
		}
		t.WriteString(enclosed(above) + "/" + enclosed(below))
	case "ssup":
		t.WriteString(t.inner(n.Child("e")) + sheet.Raised(t.inner(n.Child("sup"))))
	case "ssub":
		t.WriteString(t.inner(n.Child("e")) + sheet.Lowered(t.inner(n.Child("sub"))))
	case "ssubsup":
		t.WriteString(t.inner(n.Child("e")) + sheet.Lowered(t.inner(n.Child("sub"))) +
			sheet.Raised(t.inner(n.Child("sup"))))
	case "rad":
		t.WriteString(sheet.Raised(t.inner(n.Child("deg"))) + "√" + enclosed(t.inner(n.Child("e"))))
	default: // sums and integrals are no text
		t.pictures = append(t.pictures, unreadObject)
	}
	return false
}

func (t *runText) inner(n *xmltree.Node) string {
	part := &runText{w: t.w}
	part.walk(n)
	t.pictures = append(t.pictures, part.pictures...)
	return strings.TrimSpace(part.String())
}

// enclosed puts brackets around what is more than a number or a word.
func enclosed(text string) string {
	if strings.ContainsAny(text, "+-−×÷·/ ") {
		return "(" + text + ")"
	}
	return text
}

// equation is the code of a field that shows a fraction: EQ \F(1,20).
var equation = regexp.MustCompile(`(?i)^\s*EQ\s+\\F\s*\(([^,;()]+)[,;]([^,;()]+)\)\s*$`)

// fieldFraction is the fraction that the code of a field shows; "" for other codes, whose
// shown text stands beside them.
func fieldFraction(code string) string {
	if found := equation.FindStringSubmatch(code); found != nil {
		return enclosed(strings.TrimSpace(found[1])) + "/" + enclosed(strings.TrimSpace(found[2]))
	}
	return ""
}
