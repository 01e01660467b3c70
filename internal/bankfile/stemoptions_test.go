package bankfile

import (
	"slices"
	"testing"
)

func TestOptionsWrittenBelowTheStemAreParted(t *testing.T) {
	const head = "题型,题干,选项A,选项B,选项C,答案,解析\n"
	const want = "single | 火警电话是（ ）。 | 110/119/120 | B"
	for row, want := range map[string]string{
		"单选题,\"火警电话是（ ）。\nA.110 B.119\nC.120\",,,,B,":      want,
		"单选题,\"火警电话是（ ）。\nA.110\nB.119\nC.120\",,,,B,":     want,
		"单选题,火警电话是（ ）。A、110 B、119 C、120,,,,B,":             want,
		",\"火警电话是（ ）。\nＡ．110\nＢ．119\nＣ．120\",,,,b,":        want,
		"单选题,\"火警电话是（B）。\nA.110\nB.119\nC.120\",,,,,":      want,
		",\"火警电话是（ ）。\nA.110\nB.119\nC.120\",,,,119,":      want,
		"多选题,\"如图A、B两栋楼着火，可以\nA.报警\nB.乘电梯\nC.走楼梯\",,,,AC,": "multiple | 如图A、B两栋楼着火，可以 | 报警/乘电梯/走楼梯 | AC",
		"判断题,\"水导电。\nA.正确\nB.错误\",,,,A,":                   "truefalse | 水导电。 | 正确",
		"排序题,\"灭火器的用法\nA.压\nB.拔\nC.瞄\",,,,BCA,":            "ordering | 灭火器的用法 | 压/拔/瞄 | BCA",
		// What has no answer among them is told, at the cell where it stands.
		"单选题,\"火警电话是\nA.110\nB.119\",,,,D,":        "answer_outside",
		"单选题,\"火警电话是\nA.110\nB.119\",,,,,":         "answer_empty",
		"单选题,\"火警电话是\nA.110\nC.119\",,,,A,":        "options_none",
		"单选题,\"火警电话是\nA.110\nB.119\nA.120\",,,,A,": "options_none",
		"单选题,\"问？\nA.甲\nB.乙\n以上任选\",,,,A,":         "options_none",
		"单选题,\"问？\nA.甲\nB.乙\",丙,丁,戊,A,":            "single | 问？\nA.甲\nB.乙 | 丙/丁/戊 | A",
		// Letters in a statement are no options.
		"判断题,\"两类火灾：\nA.固体\nB.液体\",,,,对,": "truefalse | 两类火灾：\nA.固体\nB.液体 | 正确",
		",\"两类火灾：\nA.固体\nB.液体\",,,,对,":    "truefalse | 两类火灾：\nA.固体\nB.液体 | 正确",
		"单选题,下列属于 A、B、C类火灾的是,,,,A,":       "options_none",
	} {
		if got := all(t, "x.csv", head+row+"\n", Options{}); len(got) != 1 || got[0] != want {
			t.Errorf("%s:\n got %q\nwant %q", row, got, want)
		}
	}
}

func TestOptionsInTheStemAreToldWithTheirCell(t *testing.T) {
	const data = "题型,题干,选项A,选项B,答案\n单选题,\"火警电话是\nA.110 B.119\",,,B\n单选题,\"匪警电话是\nA.110 C.119\",,,A\n"
	result, err := Read("x.csv", []byte(data), Options{})
	if err != nil || len(result.Questions) != 1 {
		t.Fatalf("%v, %d questions", err, len(result.Questions))
	}
	expect(t, places(result), "options_in_stem B2", "options_none B4", "whitespace_cleaned B4")
}

func TestAMissingAnswerPointsAtTheCellWhereItBelongs(t *testing.T) {
	for data, want := range map[string]string{
		"题型,题干,选项A,选项B,答案\n单选题,问？,甲,乙,\n":       "answer_empty E2",
		"题型,题干,选项,答案\n判断题,水导电。,,\n":             "answer_empty D2",
		"题型,题干,选项,答案\n填空题,火警电话是____。,,\n":       "answer_empty D2",
		"题型,题干,选项,答案\n排序题,先后？,A.甲**B.乙**C.丙,\n": "answer_empty D2",
		"题型,题干,答案1,答案2\n填空题,火警电话是____。,,\n":     "answer_empty C2",
	} {
		result, err := Read("x.csv", []byte(data), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := places(result); !slices.Contains(got, want) {
			t.Errorf("%s: %q, should be %s", data, got, want)
		}
	}
}

// places lists the problems of a result with their cells.
func places(result *Result) []string {
	var list []string
	for _, problem := range result.Problems {
		list = append(list, string(problem.Code)+" "+problem.Cell)
	}
	return list
}
