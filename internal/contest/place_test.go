package contest_test

import (
	"encoding/json"
	"strings"
	"testing"

	"anquanda/internal/contest"
)

func TestPlacesAreNamedAsTheSchemaNamesThem(t *testing.T) {
	for path, want := range map[string]string{
		"title": "名称", "window.opens": "答题时间 · 开始", "levels[2].pass": "关卡 3 · ", "levels[0].time.question": "关卡 1 · ",
		"levels[1].questions[0].count": "关卡 2 · ", "players.fields[0].why": "参赛者 · ", "": "", "nowhere.at.all": "",
	} {
		if got := contest.PlaceOf(path); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	for _, path := range []string{"levels[2].pass", "levels[0].time.question", "levels[1].questions[0].count",
		"levels[0].after[0].by", "drawings[0].who.points", "pools[0].prizes[1].odds"} {
		if got := contest.PlaceOf(path); strings.Count(got, " · ") != strings.Count(path, ".") {
			t.Errorf("%s is only %q", path, got)
		}
	}
}

func TestATreeHoldsWhatAFormShows(t *testing.T) {
	tree, err := contest.Tree([]byte("a: &x {n: 3, on: true}\nb: {<<: *x, n: 04, text: \"5\"}\nday: 2026-06-01\nlist: [甲, null]\n"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(tree)
	if want := `{"a":{"n":3,"on":true},"b":{"n":4,"on":true,"text":"5"},"day":"2026-06-01","list":["甲",null]}`; err != nil || string(text) != want {
		t.Errorf("the tree is %s, %v, want %s", text, err, want)
	}
	if _, err := contest.Tree([]byte("a: [")); err == nil {
		t.Error("what is no YAML has a tree")
	}
	// A few lines of aliases must not become a tree of billions.
	bomb := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'j'; c++ {
		bomb += string(c) + ": &" + string(c) + " [" + strings.TrimSuffix(strings.Repeat("*"+string(c-1)+", ", 10),
			", ") + "]\n"
	}
	if _, err := contest.Tree([]byte(bomb)); err == nil {
		t.Error("what stands for billions of values was taken")
	}
	// Nor few values of one long text a reply of gigabytes.
	long := "a: &a '" + strings.Repeat("x", 20_000) + "'\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n" +
		"c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
	if _, err := contest.Tree([]byte(long)); err == nil {
		t.Error("20 KB that stand for 15 MB were taken")
	}
}

func TestAliasesAreTakenForWhatIsSaidTwice(t *testing.T) {
	tree, err := contest.Tree([]byte("a: &a {text: " + strings.Repeat("x", 1000) + "}\nb: {<<: *a, n: 1}\nc: [*a, *a]\n"))
	if err != nil || len(tree.(map[string]any)["c"].([]any)) != 2 {
		t.Errorf("the tree is %v, %v", tree, err)
	}
}
