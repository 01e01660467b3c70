package question

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Fill-in questions: each blank accepts any of several texts.

// Blank is how a stem shows a place to fill in.
const Blank = "____"

func checkFill(q *Question) []Problem {
	var problems []Problem
	if len(q.Options) != 0 {
		problems = append(problems, Problem{"options", "填空题没有选项"})
	}
	if len(q.Blanks) == 0 || len(q.Blanks) > MaxBlanks {
		problems = append(problems, Problem{"answer", "填空题应有 1 到 8 个空"})
	}
	if n := strings.Count(q.Stem, Blank); n != len(q.Blanks) {
		problems = append(problems, Problem{"stem", "题干中“____”的个数与答案的个数不同"})
	}
	for _, accepted := range q.Blanks {
		if len(accepted) == 0 {
			problems = append(problems, Problem{"answer", "有一个空没有答案"})
		}
		for _, text := range accepted {
			if Normalise(text) == "" || len(text) > MaxBlankBytes {
				problems = append(problems, Problem{"answer", "填空的答案为空或太长：" + text})
			}
		}
	}
	return append(problems, checkTolerance(q)...)
}

// checkTolerance wants a number to measure from wherever there is a tolerance.
func checkTolerance(q *Question) []Problem {
	if len(q.Tolerance) == 0 {
		return nil
	}
	if len(q.Tolerance) != len(q.Blanks) {
		return []Problem{{"tolerance", "允许误差的个数与空的个数不同"}}
	}
	for i, tolerance := range q.Tolerance {
		if !(tolerance >= 0) || math.IsInf(tolerance, 0) {
			return []Problem{{"tolerance", "允许误差应为不小于 0 的数"}}
		}
		if tolerance == 0 {
			continue
		}
		for _, text := range q.Blanks[i] {
			if _, ok := Number(text); !ok {
				return []Problem{{"tolerance", "有允许误差的空，答案应为数：" + text}}
			}
		}
	}
	return nil
}

func rightBlanks(q *Question, choice Choice) bool {
	if len(choice.Blanks) != len(q.Blanks) {
		return false
	}
	for i, accepted := range q.Blanks {
		tolerance := 0.0
		if i < len(q.Tolerance) {
			tolerance = q.Tolerance[i]
		}
		if !accepts(accepted, choice.Blanks[i]) && !near(accepted, choice.Blanks[i], tolerance) {
			return false
		}
	}
	return true
}

func accepts(accepted []string, written string) bool {
	written = level(Normalise(written))
	for _, text := range accepted {
		if level(Normalise(text)) == written {
			return true
		}
	}
	return false
}

// raised are the digits and signs that no phone's keyboard has: H₂O is typed H2O.
const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋"

// level makes raised and lowered characters plain.
func level(text string) string {
	if !strings.ContainsAny(text, raised) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if i := slices.Index([]rune(raised), r); i >= 0 {
			return []rune("0123456789+-")[i%12]
		}
		return r
	}, text)
}

// near reports whether the written number is within tolerance of an accepted one.
// The relative slack of 1e-9 keeps 3.1 within 0.1 of 3.0 in binary fractions.
func near(accepted []string, written string, tolerance float64) bool {
	got, ok := Number(written)
	if tolerance <= 0 || !ok {
		return false
	}
	for _, text := range accepted {
		want, ok := Number(text)
		if ok && math.Abs(got-want) <= tolerance+1e-9*math.Max(math.Abs(want), tolerance) {
			return true
		}
	}
	return false
}

// Number reads a text as a finite number, in full-width or half-width digits.
func Number(text string) (float64, bool) {
	text = Normalise(text)
	if len(text) > MaxBlankBytes || strings.ContainsAny(text, "xXpP_ni") {
		return 0, false
	}
	value, err := strconv.ParseFloat(text, 64)
	return value, err == nil && !math.IsInf(value, 0) && !math.IsNaN(value)
}

// HalfWidth turns a full-width letter, digit or sign (Unicode block FF01–FF5E)
// into the plain one; others stay. The tables of x/text/width go further: ￥ would
// become ¥ and 。 the half-width ｡, and answers would be graded by another rule.
func HalfWidth(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

// Normalise makes texts that mean the same compare equal: full-width letters,
// digits and signs become half-width (HalfWidth), letters small,
// white space and a closing full stop go.
func Normalise(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	for _, r := range strings.ToLower(text) {
		switch {
		case r == '\u3000' || r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u00a0' || r == '\u200b' ||
			r == '\ufeff':
			continue
		default:
			out.WriteRune(HalfWidth(r)) // small already, ａ as well as a
		}
	}
	return strings.TrimRight(out.String(), "。.")
}
