package sheet

import "strings"

var (
	superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷",
		"8", "⁸", "9", "⁹", "+", "⁺", "-", "⁻", "−", "⁻", "－", "⁻", "n", "ⁿ")
	subscripts = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇",
		"8", "₈", "9", "₉", "+", "₊", "-", "₋", "−", "₋")
)

const (
	raisable  = "0123456789+-−－n"
	lowerable = "0123456789+-−"
)

// Raised writes a superscript as text: 10 and 6 as 10⁶; what has no such character as
// ^(…). Blanks stay as they are.
func Raised(text string) string { return moved(text, raisable, superscripts, "^") }

// Lowered writes a subscript as text: H, 2 and O as H₂O; what has no such character as
// _(…).
func Lowered(text string) string { return moved(text, lowerable, subscripts, "_") }

func moved(text, known string, signs *strings.Replacer, mark string) string {
	inner := strings.TrimSpace(text)
	switch {
	case inner == "":
		return text
	case strings.Trim(inner, known) == "":
		return signs.Replace(text)
	}
	return mark + "(" + inner + ")"
}
