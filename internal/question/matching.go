package question

import "slices"

// Matching questions: Options are the left side, Matches the right side, which
// may hold more than is needed. Right[i] is the index in Matches of what belongs
// to option i; several options may share one.

func checkMatching(q *Question) []Problem {
	problems := checkTexts(q.Options, 2)
	for _, problem := range checkTexts(q.Matches, 2) {
		problems = append(problems, Problem{"matches", problem.Message})
	}
	if len(q.Right) != len(q.Options) {
		return append(problems, Problem{"answer", "连线题的每个左项应正好有一个答案"})
	}
	for _, index := range q.Right {
		if index < 0 || index >= len(q.Matches) {
			return append(problems, Problem{"answer", "连线题的答案不在右项之中"})
		}
	}
	return problems
}

func rightMatches(q *Question, choice Choice) bool {
	return slices.Equal(q.Right, choice.Options)
}
