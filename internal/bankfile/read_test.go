package bankfile

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"testing"

	"anquanda/internal/bankfile/judge"
	"anquanda/internal/question"
)

// told is what a reader said about one question: its essence when accepted, else
// the codes that rejected it.
func told(q *question.Question) string {
	var parts []string
	parts = append(parts, string(q.Kind), q.Stem)
	if q.Kind != question.TrueFalse && len(q.Options) > 0 {
		parts = append(parts, strings.Join(q.Options, "/"))
	}
	if len(q.Matches) > 0 {
		parts = append(parts, strings.Join(q.Matches, "/"))
	}
	return strings.Join(append(parts, judge.AnswerCell(q)), " | ")
}

// all lists what was found, in order.
func all(t *testing.T, name, data string, opt Options) []string {
	t.Helper()
	result, err := Read(name, []byte(data), opt)
	if err != nil {
		return []string{string(result.Problems[0].Code)}
	}
	if result.Found != result.Accepted+result.Rejected {
		t.Errorf("%d found, %d accepted, %d rejected", result.Found, result.Accepted, result.Rejected)
	}
	list := make([]string, result.Found)
	for i := range result.Questions {
		list[result.Numbers[i]-1] = told(&result.Questions[i])
	}
	for _, problem := range result.Problems {
		if problem.Severity == Error && problem.Question > 0 && list[problem.Question-1] == "" {
			list[problem.Question-1] = string(problem.Code)
		}
	}
	return list
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d questions, expected %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
		return
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("question %d:\n got %s\nwant %s", i+1, got[i], want[i])
		}
	}
}

// tally counts the problems of a result by code.
func tally(result *Result) string {
	counts := map[Code]int{}
	for _, problem := range result.Problems {
		counts[problem.Code]++
	}
	var parts []string
	for code, n := range counts {
		mark := ""
		if code.Severity() == Error {
			mark = "!"
		}
		parts = append(parts, fmt.Sprintf("%s%s %d", mark, code, n))
	}
	sort.Strings(parts)
	return strings.Join(parts, ", ")
}

func asJSON(v any) string {
	data, _ := json.Marshal(v)
	return string(data)
}
