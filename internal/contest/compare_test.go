package contest_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"anquanda/internal/contest"
)

// mended is a contest of questionbank/contests with some words replaced.
func mended(t *testing.T, file string, replace ...string) (before, after *contest.Definition) {
	t.Helper()
	text := textOf(t, file)
	changed := strings.NewReplacer(replace...).Replace(string(text))
	if len(replace) > 0 && changed == string(text) {
		t.Fatalf("%s does not hold %q", file, replace[0])
	}
	return parsed(t, string(text)), parsed(t, changed)
}

func textOf(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile("../../questionbank/contests/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestADifferenceIsToldInTheWordsOfTheRules(t *testing.T) {
	before, after := mended(t, "shenzhen-library-2020.yaml", "max: 43", "max: 50", "score: 3}", "score: 4}")
	got := fmt.Sprint(contest.Compare(before, after))
	for _, want := range []string{"43", "50", "关卡和答题", "答题得到什么"} {
		if !strings.Contains(got, want) {
			t.Errorf("the difference does not tell %q: %s", want, got)
		}
	}
	if same := contest.Compare(before, before); same != nil {
		t.Errorf("nothing differs, but it says %v", same)
	}
}

func TestAChangeTellsWhatItMeansForThoseWhoHavePlayed(t *testing.T) {
	cases := []struct {
		file, old, new string
		path           string
		grave          bool
	}{
		{"workmonth.yaml", "closes: 2030-01-01 00:00", "closes: 2029-01-01 00:00", "window.closes", true},
		{"workmonth.yaml", "    pass: 12\n", "    pass: 11\n", "levels[master].pass", false},
		{"beijing-fire-2021.yaml", "score: 5", "score: 4", "levels[paper].score", false},
		{"fire-association-2020.yaml", "max: 10, per: period}\nearnings", "max: 9, per: period}\nearnings", "levels[quiz].attempts", true},
		{"changzhou-2021.yaml", "{max: 1, per: day}", "{max: 2, per: day}", "attempts", true},
		{"changzhou-2021.yaml", "max: 1, per: level", "max: 1, per: day", "earnings[red-packet]", true},
		{"shenzhen-library-2020.yaml", "for: share, give: {points: 2}", "for: share, give: {points: 3}", "earnings[share]", false},
		{"shenzhen-library-2020.yaml", "{key: game, give", "{key: play, give", "earnings[play]", false},
		{"shanxi-2022.yaml", "measure: best, ties: time", "measure: sum, ties: time", "boards[total]", false},
		{"shanxi-2022.yaml", "kind: phone, when: start", "kind: phone, when: claim", "players.fields", false},
	}
	for _, c := range cases {
		before, after := mended(t, c.file, c.old, c.new)
		found := false
		for _, consequence := range contest.Consequences(before, after) {
			found = found || consequence.Path == c.path && consequence.Grave == c.grave && consequence.Message != ""
		}
		if !found {
			t.Errorf("%s, %s: %+v does not tell of %s", c.file, c.new, contest.Consequences(before, after), c.path)
		}
	}
	if before, _ := mended(t, "workmonth.yaml"); contest.Consequences(before, before) != nil {
		t.Error("no change has consequences")
	}
}
