package bankfile

import (
	"testing"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

func TestAMendedQuestionIsJudgedAsReadWould(t *testing.T) {
	good := question.Question{ID: "a", Kind: question.Single, Stem: "火警电话是多少？", Options: []string{"119", "120"},
		Right: []int{0}, Difficulty: 1}
	other := good
	other.ID, other.Options, other.Right = "b", []string{"120", "119"}, []int{0}
	none := good
	none.Right = nil
	for name, c := range map[string]struct {
		mended question.Question
		others []draft.Numbered
		code   Code
		cell   string
	}{
		"nothing is wrong": {mended: good},
		"no answer":        {mended: none, code: draft.AnswerEmpty, cell: "answer"},
		"the same question stands before": {mended: good, others: []draft.Numbered{{Number: 3, Question: good}},
			code: draft.Duplicate},
		"another row has another answer": {mended: good, others: []draft.Numbered{{Number: 3, Question: other}},
			code: draft.StemTwoAnswers},
		"a question of another stem is none": {mended: good, others: []draft.Numbered{{Number: 3,
			Question: question.Question{Kind: question.Single, Stem: "别的"}}}},
	} {
		problems := draft.Recheck(draft.Numbered{Number: 7, Question: c.mended}, c.others)
		switch {
		case c.code == "" && len(problems) > 0:
			t.Errorf("%s: %v", name, problems)
		case c.code != "" && (len(problems) == 0 || problems[0].Code != c.code || problems[0].Cell != c.cell ||
			problems[0].Question != 7):
			t.Errorf("%s: %+v, want %s at %q", name, problems, c.code, c.cell)
		}
	}
}
