package bankfile

import (
	"strings"
	"testing"
)

// Texts that are cheap to send and would be dear to read if a reader looked ahead
// without a bound. The test's own time limit is the check: each is read in well
// under a second, and would take hours.
func TestHostileTextsTakeNoLongerThanOthers(t *testing.T) {
	n := 200_000
	if raceDetector {
		n /= 8
	}
	cases := map[string]string{
		"x.txt":  "1. " + strings.Repeat("A.", n),
		"y.txt":  "1. 问\n" + strings.Repeat("A.甲 B.乙\n", n/10),
		"z.txt":  strings.Repeat("答案：\n\n", n/10),
		"x.gift": "q{" + strings.Repeat("\n\n", n) + "}",
		"y.gift": "q{" + strings.Repeat("=a->b ", n) + "}",
		"z.gift": strings.Repeat("{", n),
		"x.csv":  "题干,选项,答案\n问,\"" + strings.Repeat("甲**", n) + "\",\"" + strings.Repeat("甲,", n) + "\"\n",
		"y.csv":  "题干,选项,答案\n\"" + strings.Repeat("问", n),
		"z.csv":  "题干,选项,答案\n\"" + strings.Repeat("\"\"\n", n),
		"x.json": strings.Repeat("[", n),
		"y.json": `[{"title":"问","option":[` + strings.Repeat(`"甲",`, n) +
			`"乙"],"answer":"` + strings.Repeat("甲、", n) + `"}]`,
		"x.xml": "<quiz>" + strings.Repeat("<question type=\"matching\"><subquestion/></question>", n/20) + "</quiz>",
		"y.xml": `<assessmentItem xmlns="imsqti_v2p1"><responseDeclaration identifier="R"><correctResponse>` +
			strings.Repeat("<value>x</value>", n/4) +
			`</correctResponse></responseDeclaration><itemBody><choiceInteraction responseIdentifier="R">` +
			strings.Repeat(`<simpleChoice identifier="x"/>`, n/4) +
			`</choiceInteraction></itemBody></assessmentItem>`,
	}
	for name, data := range cases {
		result, err := Read(name, []byte(data), Options{})
		if err == nil && result.Found != result.Accepted+result.Rejected {
			t.Errorf("%s: %d found", name, result.Found)
		}
	}
}
