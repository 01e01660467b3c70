package paragraphs

import (
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
	"anquanda/internal/question"
)

// Lines writes a question as the lines of a pasted text.
func Lines(q *question.Question, number int) []string {
	lines := []string{strconv.Itoa(number) + ". " + q.Stem}
	if q.Kind != question.TrueFalse {
		for i, option := range q.Options {
			lines = append(lines, draft.Letter(i)+". "+option)
		}
	}
	label := func(name, text string) {
		if text != "" {
			lines = append(lines, name+"："+text)
		}
	}
	label("题型", q.Kind.Name())
	label("编号", q.ID)
	if q.Kind == question.Matching {
		label("匹配项", strings.Join(lettersBefore(q.Matches), " ** "))
	}
	label("答案", judge.AnswerCell(q))
	label("允许误差", judge.ToleranceCell(q.Tolerance))
	label("解析", q.Explanation)
	label("依据", q.Source.Title)
	label("条款", q.Source.Article)
	label("版本", q.Source.Version)
	label("施行日期", q.Source.Effective)
	label("知识点", strings.Join(q.Topics, "、"))
	label("难度", strconv.Itoa(max(1, q.Difficulty)))
	label("适用对象", strings.Join(q.Audience, "、"))
	label("分值", judge.ScoreCell(q.Score))
	return lines
}

func lettersBefore(texts []string) []string {
	list := make([]string, len(texts))
	for i, text := range texts {
		list[i] = draft.Letter(i) + "." + text
	}
	return list
}
