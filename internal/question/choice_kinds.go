package question

import "slices"

// Single, multiple and true/false questions: a set of options is right.

func checkSingle(q *Question) []Problem {
	problems := checkOptions(q, 2)
	if len(q.Right) != 1 {
		problems = append(problems, Problem{"answer", "单选题应当正好有一个正确答案"})
	}
	return problems
}

func checkMultiple(q *Question) []Problem {
	problems := checkOptions(q, 3)
	if len(q.Right) < 2 {
		problems = append(problems, Problem{"answer", "多选题应当至少有两个正确答案"})
	}
	return problems
}

func checkIndefinite(q *Question) []Problem {
	problems := checkOptions(q, 2)
	if len(q.Right) == 0 {
		problems = append(problems, Problem{"answer", "不定项选择题应当至少有一个正确答案"})
	}
	return problems
}

// TrueFalseOptions are the options of every true/false question, in order.
var TrueFalseOptions = []string{"正确", "错误"}

func checkTrueFalse(q *Question) []Problem {
	if !slices.Equal(q.Options, TrueFalseOptions) {
		return []Problem{{"options", "判断题的选项只能是“正确”和“错误”"}}
	}
	if len(q.Right) != 1 || q.Right[0] < 0 || q.Right[0] > 1 {
		return []Problem{{"answer", "判断题的答案应为 true 或 false"}}
	}
	return nil
}

func checkOptions(q *Question, atLeast int) []Problem {
	problems := checkTexts(q.Options, atLeast)
	for i, index := range q.Right {
		if index < 0 || index >= len(q.Options) {
			problems = append(problems, Problem{"answer", "答案不在选项之中"})
		} else if i > 0 && index <= q.Right[i-1] {
			problems = append(problems, Problem{"answer", "答案重复或没有按顺序写"})
		}
	}
	return problems
}

// checkTexts checks the list of things a player sees and chooses from.
func checkTexts(texts []string, atLeast int) []Problem {
	var problems []Problem
	if len(texts) < atLeast {
		problems = append(problems, Problem{"options", "选项太少"})
	}
	if len(texts) > MaxOptions {
		problems = append(problems, Problem{"options", "选项超过 12 个"})
	}
	seen := map[string]bool{}
	for _, text := range texts {
		switch {
		case Normalise(text) == "":
			problems = append(problems, Problem{"options", "有空的选项"})
		case len(text) > MaxTextBytes:
			problems = append(problems, Problem{"options", "选项超过 4000 字节"})
		case seen[text]:
			problems = append(problems, Problem{"options", "有相同的选项：" + text})
		}
		seen[text] = true
	}
	return problems
}

// rightOptions wants exactly the right set, in any order.
func rightOptions(q *Question, choice Choice) bool {
	if len(choice.Options) != len(q.Right) {
		return false
	}
	for _, right := range q.Right {
		if !slices.Contains(choice.Options, right) {
			return false
		}
	}
	return true
}
