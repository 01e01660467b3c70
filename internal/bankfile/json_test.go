package bankfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anquanda/internal/bankfile/draft"
)

func TestTheShippedBanksAreReadWithoutAProblem(t *testing.T) {
	files, _ := filepath.Glob("../../questionbank/safety/*.json")
	if len(files) == 0 {
		t.Fatal("no shipped bank here")
	}
	pictures := map[string][]byte{}
	drawings, _ := filepath.Glob("../../questionbank/safety/pictures/*.svg")
	for _, file := range drawings {
		pictures[filepath.Base(file)] = []byte("drawn")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		result, err := Read(filepath.Base(file), data, Options{Images: pictures})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		for _, problem := range result.Problems {
			if problem.Severity == Error {
				t.Errorf("%s:%d: %s %s", file, problem.Line, problem.Code, problem.Message)
			}
		}
		if result.Accepted+len(result.References) == 0 || result.Format != "json" {
			t.Errorf("%s: %d accepted as %s", file, result.Accepted, result.Format)
		}
	}
}

func TestAWrongJSONQuestionIsRejectedWithItsLine(t *testing.T) {
	const bank = `{
  "format": "anquanda-bank/1",
  "name": "试",
  "questions": [
    {"id": "a", "kind": "single", "stem": "火警电话？", "options": ["119", "110"], "answer": "A"},
    {"id": "b", "kind": "single", "stem": "急救电话？", "options": ["119", "120"], "answer": "D"},
    {"id": "c", "kind": "essay", "stem": "谈谈安全。", "answer": "略"},
    {"id": "a", "kind": "truefalse", "stem": "水能导电。", "answer": true},
    {"id": "e", "kind": "truefalse", "stem": "冰不能导电。", "answer": true, "hint": "?"}
  ]
}`
	result, err := Read("试.json", []byte(bank), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[int]Code{6: draft.AnswerOutside, 7: draft.KindUnknown, 8: draft.IDRepeated, 9: draft.Malformed}
	if result.Found != 5 || result.Accepted != 1 || result.Name != "试" {
		t.Errorf("found %d accepted %d", result.Found, result.Accepted)
	}
	for _, problem := range result.Problems {
		if want[problem.Line] != problem.Code {
			t.Errorf("line %d: %s %s", problem.Line, problem.Code, problem.Message)
		}
		delete(want, problem.Line)
	}
	if len(want) > 0 {
		t.Errorf("not reported: %v", want)
	}
}

func TestABrokenFileIsRefusedWithAReasonAndAReport(t *testing.T) {
	cases := map[string]Code{
		"{\"format\": \"anquanda-bank/1\", \"questions\": [": FormatUnreadable,
		"{\"format\": \"anquanda-bank/9\"}":                  draft.FormatUnknown,
		"":                                                   draft.NoQuestions,
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":                   draft.FormatOld,
	}
	for text, code := range cases {
		result, err := Read("x.json", []byte(text), Options{})
		if err == nil || len(result.Problems) != 1 || result.Problems[0].Code != code {
			t.Errorf("%q: %v %+v", text, err, result)
		}
	}
	_, err := Read("x.json", []byte(strings.Repeat(" ", 100)), Options{Limits: Limits{Bytes: 10}})
	if err == nil || !strings.HasPrefix(err.Error(), string(draft.LimitBytes)) {
		t.Errorf("got %v", err)
	}
}
