package question

import "strings"

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
	return problems
}

func rightBlanks(q *Question, choice Choice) bool {
	if len(choice.Blanks) != len(q.Blanks) {
		return false
	}
	for i, accepted := range q.Blanks {
		if !accepts(accepted, choice.Blanks[i]) {
			return false
		}
	}
	return true
}

func accepts(accepted []string, written string) bool {
	written = Normalise(written)
	for _, text := range accepted {
		if Normalise(text) == written {
			return true
		}
	}
	return false
}

// Normalise makes texts that mean the same compare equal: full-width letters,
// digits and signs become half-width (Unicode block FF01–FF5E), letters small,
// white space and a closing full stop go.
func Normalise(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	for _, r := range strings.ToLower(text) {
		switch {
		case r == '\u3000' || r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u00a0' || r == '\u200b' || r == '\ufeff':
			continue
		case r >= '\uff01' && r <= '\uff5e':
			out.WriteString(strings.ToLower(string(r - 0xfee0)))
		default:
			out.WriteRune(r)
		}
	}
	return strings.TrimRight(out.String(), "。.")
}
