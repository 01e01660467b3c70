package report_test

import (
	"fmt"
	"strings"
	"testing"

	"anquanda/internal/report"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// figures writes lines as "name depth enrolled/players/attempts correct/answers of heads".
func figures(lines []report.UnitLine) string {
	var out []string
	for _, l := range lines {
		name := "nobody's"
		if l.Unit != nil {
			name = l.Unit.Name
		}
		text := fmt.Sprintf("%s %d %d/%d/%d %d/%d of %d", name, l.Depth, l.Enrolled, l.Players, l.Attempts, l.Correct,
			l.Answers, l.Heads)
		if l.Hidden() {
			text += " hidden"
		}
		out = append(out, text)
	}
	return strings.Join(out, "\n")
}

func TestUnitsAreAddedUpWithAllBelowThem(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		a.Apply(strings.Replace(arena.Demo, "{code: n1, name: 北一村}, {code: n2, name: 北二村}",
			"{code: n1, name: 北一村, headcount: 10}, {code: n2, name: 北二村, headcount: 30}", 1))
		codes := []string{"n1", "n1", "n2", "n2", "n2", "n2", "n", "s1", "", "s1", "s1", "s1", "s1", "", "", "", ""}
		for i, code := range codes {
			player := a.Enrol(fmt.Sprint("人", i), code)
			if i != 5 { // one of 北二村 does not play
				a.PlayLevel(player, "first", 2)
			}
			if i == 0 {
				a.PlayLevel(player, "first", 3)
			}
		}
		a.Start(a.Enrol("半途", "n2"), "first") // not finished: it does not count
		lines, err := report.New(a.DB).Units(t.Context(), a.Contest.ContestID, a.Contest.Units)
		if err != nil {
			t.Fatal(err)
		}
		want := `北镇 1 8/6/7 15/21 of 40
北一村 2 2/2/3 7/9 of 10 hidden
北二村 2 5/3/3 6/9 of 30 hidden
南镇 1 5/5/5 10/15 of 0
南一村 2 5/5/5 10/15 of 0
南二村 2 0/0/0 0/0 of 0
nobody's 1 5/5/5 10/15 of 0`
		if got := figures(lines); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		if part, ok := lines[0].Participation(); !ok || part != 6.0/40 {
			t.Errorf("of the town %v take part, %t", part, ok)
		}
		if part, ok := lines[0].Accuracy(); !ok || part != 15.0/21 {
			t.Errorf("of the town's answers %v are right, %t", part, ok)
		}
		for _, l := range lines[1:3] {
			if _, told := l.Accuracy(); told {
				t.Errorf("%s tells of few people", l.Path)
			}
			if _, told := l.Participation(); told {
				t.Errorf("%s tells of few people", l.Path)
			}
		}
	})
}
