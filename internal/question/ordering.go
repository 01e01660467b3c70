package question

import "slices"

// Ordering questions: Options are the things to put in order, Right is the order
// in which they belong, as a permutation of their indexes.

func checkOrdering(q *Question) []Problem {
	problems := checkTexts(q.Options, 2)
	if len(q.Right) != len(q.Options) {
		return append(problems, Problem{"answer", "排序题的答案应把每一项正好写一次"})
	}
	seen := make([]bool, len(q.Options))
	for _, index := range q.Right {
		if index < 0 || index >= len(seen) || seen[index] {
			return append(problems, Problem{"answer", "排序题的答案应把每一项正好写一次"})
		}
		seen[index] = true
	}
	return problems
}

func rightOrder(q *Question, choice Choice) bool {
	return slices.Equal(q.Right, choice.Options)
}
