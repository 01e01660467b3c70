package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/question"
	"anquanda/internal/testkit/arena"
)

func TestACountThatPartsACaseIsFoundWithWhatWouldFill(t *testing.T) {
	// Two cases of three questions, and room for whole ones only.
	questions := &bank.Bank{Name: "safety"}
	for i := range 6 {
		questions.Questions = append(questions.Questions, question.Question{ID: fmt.Sprint("q", i), Kind: question.Single,
			Material: &question.Material{ID: fmt.Sprint("m", i/3), Text: "某厂起火。"}})
	}
	for draws, want := range map[string]string{
		"{count: 3}": "",
		"{count: 6}": "",
		"{count: 4}": "levels[0].questions[0].count 这一批要 4 道题 请改成 3 道或 6 道",
		"{count: 2}": "levels[0].questions[0].count 这一批要 2 道题 请改成 3 道，",
	} {
		text := strings.Replace(arena.Demo, "{count: 3, kinds: [single]}", draws, 1)
		d, err := contest.Parse("x", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		said := ""
		for _, f := range catalog.LacksOf(d, map[string]*bank.Bank{"safety": questions}) {
			if strings.HasPrefix(f.Path, "levels[0]") {
				said += f.Path + " " + f.Words
			}
		}
		for _, part := range strings.Split(want, " 请") {
			if part = strings.TrimPrefix(part, "levels[0].questions[0].count "); !strings.Contains(said, part) {
				t.Errorf("%s: %q is not said in %q", draws, part, said)
			}
		}
		if (want == "") != (said == "") {
			t.Errorf("%s: said is %q", draws, said)
		}
	}
}
