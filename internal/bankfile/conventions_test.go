package bankfile

import (
	"slices"
	"testing"

	"anquanda/internal/bankfile/draft"
)

// followed are the conventions of a file, as a line each.
func followed(t *testing.T, name, file string, asked Conventions) []string {
	t.Helper()
	result, err := Read(name, []byte(file), Options{Conventions: asked})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, c := range result.Conventions {
		told := "found"
		if c.Told {
			told = "told"
		}
		lines = append(lines, c.Name+" "+c.Value+" "+told+" "+c.Cell+" "+draft.Number(float64(c.Rows)))
	}
	return lines
}

func TestAReportSaysByWhichConventionsAFileWasRead(t *testing.T) {
	for _, c := range []struct {
		name, file string
		asked      Conventions
		want       []string
	}{
		{"digits, shown by the row that has one reading",
			"题干,选项1,选项2,选项3,答案\n几个？,2,3,1,2\n打哪个？,110,119,120,2\n", Conventions{},
			[]string{"digits places found E3 2"}},
		{"digits as texts", "题干,选项1,选项2,答案\n几个？,4,2,4\n几条？,8,2,2\n", Conventions{},
			[]string{"digits texts found D2 2"}},
		{"digits as somebody says", "题干,选项1,选项2,选项3,答案\n几个？,2,3,1,2\n",
			Conventions{Digits: draft.DigitTexts}, []string{"digits texts told E2 1"}},
		{"a digit for true", "题型,题干,答案\n判断题,水能灭油火。,0\n判断题,火警是119。,1\n", Conventions{},
			[]string{"truth one found C2 2"}},
		{"the other way round", "题型,题干,答案\n判断题,水能灭油火。,1\n判断题,火警是119。,0\n",
			Conventions{Truth: draft.TruthZero}, []string{"truth zero told C2 2"}},
		{"a separator", "题干,选项,答案\n打哪个？,110$119$120,B\n哪个？,甲$乙,A\n", Conventions{},
			[]string{"separator $ found B2 2"}},
		{"nothing to say", "题干,选项A,选项B,答案\n打哪个？,110,119,B\n", Conventions{}, nil},
	} {
		if got := followed(t, "a.csv", c.file, c.asked); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}

func TestAConventionThatIsSaidDecides(t *testing.T) {
	const truth = "题型,题干,答案\n判断题,水能灭油火。,1\n判断题,火警是119。,0\n"
	expect(t, all(t, "a.csv", truth, Options{}), "truefalse | 水能灭油火。 | 正确", "truefalse | 火警是119。 | 错误")
	expect(t, all(t, "a.csv", truth, Options{Conventions: Conventions{Truth: draft.TruthZero}}),
		"truefalse | 水能灭油火。 | 错误", "truefalse | 火警是119。 | 正确")
	const signs = "题干,选项,答案\n哪一组？,甲;乙|丙;丁|戊;己,B\n"
	expect(t, all(t, "a.csv", signs, Options{}), "single | 哪一组？ | 甲;乙/丙;丁/戊;己 | B")
	expect(t, all(t, "a.csv", signs, Options{Conventions: Conventions{Separator: ";"}}),
		"single | 哪一组？ | 甲/乙|丙/丁|戊/己 | B")
}

func TestOnlyConventionsThatThereAreCanBeAsked(t *testing.T) {
	for asked, want := range map[Conventions]string{
		{}: "", {Digits: "places", Truth: "zero", Separator: "\n"}: "", {Digits: "letters"}: "digits",
		{Truth: "1"}: "truth", {Separator: "；；"}: "separator",
	} {
		if got := asked.Unknown(); got != want {
			t.Errorf("%+v: %q is unknown, not %q", asked, got, want)
		}
	}
}

func TestColumnsOfOptionsAreReadInTheOrderOfTheirLetters(t *testing.T) {
	expect(t, all(t, "a.csv", "题干,选项B,选项A,答案\n火警？,119,110,B\n", Options{}), "single | 火警？ | 110/119 | B")
	expect(t, all(t, "a.csv", "题干,选项3,选项1,选项2,答案\n火警？,丙,甲,乙,2\n", Options{}), "single | 火警？ | 甲/乙/丙 | B")
	expect(t, all(t, "a.csv", "题干,选项二,选项一,答案\n火警？,乙,甲,2\n", Options{}), "single | 火警？ | 甲/乙 | B")
}
