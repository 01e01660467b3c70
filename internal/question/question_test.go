package question

import (
	"encoding/json"
	"reflect"
	"testing"
)

func each() []Question {
	base := func(id string, kind Kind, stem string) Question {
		return Question{ID: id, Kind: kind, Stem: stem, Difficulty: 2}
	}
	single := base("a", Single, "油锅起火怎么办？")
	single.Options, single.Right = []string{"浇水", "盖上锅盖", "端走"}, []int{1}
	multiple := base("b", Multiple, "可以拨打哪些电话？")
	multiple.Options, multiple.Right = []string{"110", "119", "999999"}, []int{0, 1}
	truefalse := base("c", TrueFalse, "电梯可以用来逃生。")
	truefalse.Options, truefalse.Right = TrueFalseOptions, []int{1}
	fill := base("d", Fill, "火警电话是____，水在____℃沸腾。")
	fill.Blanks, fill.Tolerance = [][]string{{"119", "一一九"}, {"100"}}, []float64{0, 0.5}
	ordering := base("e", Ordering, "使用灭火器的步骤是什么？")
	ordering.Options, ordering.Right = []string{"压下手柄", "拔掉保险销", "对准火焰根部"}, []int{1, 2, 0}
	matching := base("f", Matching, "把电话与用途连起来。")
	matching.Options, matching.Matches, matching.Right = []string{"119", "120"}, []string{"急救", "报警", "火警"}, []int{2, 0}
	matching.Image, matching.Score = "phones.png", 2.5
	matching.Source = Source{Title: "消防法", Article: "第四十四条"}
	return []Question{single, multiple, truefalse, fill, ordering, matching}
}

func TestEveryKindPassesItsCheckAndSurvivesJSON(t *testing.T) {
	for _, q := range each() {
		if problems := q.Check(); problems != nil {
			t.Errorf("%s: %v", q.Kind, problems)
		}
		data, err := json.Marshal(&q)
		if err != nil {
			t.Fatal(err)
		}
		var back Question
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatalf("%s: %v in %s", q.Kind, err, data)
		}
		if !reflect.DeepEqual(q, back) {
			t.Errorf("%s came back as %+v from %s", q.Kind, back, data)
		}
	}
}

func TestGradeWantsExactlyTheRightChoice(t *testing.T) {
	q := map[Kind]*Question{}
	for _, question := range each() {
		q[question.Kind] = &question
	}
	cases := []struct {
		kind  Kind
		right bool
		given Choice
	}{
		{Single, true, Choice{Options: []int{1}}},
		{Single, false, Choice{Options: []int{0}}},
		{Multiple, true, Choice{Options: []int{1, 0}}},
		{Multiple, false, Choice{Options: []int{0}}},
		{Multiple, false, Choice{Options: []int{0, 1, 2}}},
		{TrueFalse, true, Choice{Options: []int{1}}},
		{TrueFalse, false, Choice{}},
		{Fill, true, Choice{Blanks: []string{"１１９", "100.4"}}},
		{Fill, true, Choice{Blanks: []string{" 一一九。", "99.5"}}},
		{Fill, false, Choice{Blanks: []string{"119", "100.6"}}},
		{Fill, false, Choice{Blanks: []string{"119.2", "100"}}},
		{Fill, false, Choice{Blanks: []string{"119", "NaN"}}},
		{Fill, false, Choice{Blanks: []string{"119"}}},
		{Ordering, true, Choice{Options: []int{1, 2, 0}}},
		{Ordering, false, Choice{Options: []int{0, 1, 2}}},
		{Matching, true, Choice{Options: []int{2, 0}}},
		{Matching, false, Choice{Options: []int{0, 2}}},
	}
	for _, c := range cases {
		if got := Grade(q[c.kind], c.given); got != c.right {
			t.Errorf("%s %+v graded %v", c.kind, c.given, got)
		}
	}
}

func TestCheckNamesTheFieldThatIsWrong(t *testing.T) {
	cases := map[string]func(*Question){
		"answer":     func(q *Question) { q.Right = []int{0, 0, 1} },
		"options":    func(q *Question) { q.Options[1] = q.Options[0] },
		"stem":       func(q *Question) { q.Stem = "" },
		"id":         func(q *Question) { q.ID = "" },
		"difficulty": func(q *Question) { q.Difficulty = 9 },
		"score":      func(q *Question) { q.Score = -1 },
		"image":      func(q *Question) { q.Image = "a\nb" },
	}
	for field, spoil := range cases {
		q := each()[4]
		spoil(&q)
		problems := q.Check()
		if len(problems) == 0 || problems[0].Field != field {
			t.Errorf("%s: %v", field, problems)
		}
	}
}

func TestAToleranceNeedsANumberToMeasureFrom(t *testing.T) {
	q := each()[3]
	q.Tolerance = []float64{1, 0}
	if problems := q.Check(); len(problems) != 1 || problems[0].Field != "tolerance" {
		t.Errorf("got %v", problems)
	}
}

func TestAFormulaIsAcceptedAsAPhoneTypesIt(t *testing.T) {
	q := Question{Kind: Fill, Stem: "____", Blanks: [][]string{{"H₂O"}}}
	for written, right := range map[string]bool{"H2O": true, "h₂o": true, "H20": false, "HO": false} {
		if Grade(&q, Choice{Blanks: []string{written}}) != right {
			t.Errorf("%s is graded %v", written, !right)
		}
	}
}

func TestTheRightAnswerIsToldInWords(t *testing.T) {
	for want, q := range map[string]Question{
		"错误":      {Kind: TrueFalse, Options: TrueFalseOptions, Right: []int{1}},
		"关阀；开窗":   {Kind: Multiple, Options: []string{"关阀", "点火", "开窗"}, Right: []int{0, 2}},
		"119；120": {Kind: Fill, Blanks: [][]string{{"119", "一一九"}, {"120"}}},
		"火警——119；急救——120": {Kind: Matching, Options: []string{"火警", "急救"}, Matches: []string{"120", "119"},
			Right: []int{1, 0}},
	} {
		if got := q.RightText(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
