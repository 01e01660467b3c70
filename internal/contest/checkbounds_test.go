package contest_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/contest"
)

const maxTotal = "4194303" // contest.MaxTotal

// numberBounds are the last values that are taken, and the first that are refused.
var numberBounds = []struct {
	path           string
	takes, refuses []string
}{
	{"players.unit.changes", []string{"0", "100"}, []string{"-1", "101"}},
	{"players.ages.least", []string{"0", "120"}, []string{"-1", "121"}},
	{"units[0].headcount", []string{"0"}, []string{"-1"}},

	{"levels[1].questions[0].count", []string{"1", "100"}, []string{"-1", "101"}},
	{"levels[1].questions", []string{"[{count: 1}]", "[{count: 59}, {count: 41}]"},
		[]string{"[]", "[{count: 60}, {count: 41}]"}},
	{"levels[1].questions[1].difficulty[0]", []string{"1", "5"}, []string{"0", "6"}},
	{"levels[1].questions[0].score", []string{"0", maxTotal}, []string{"-1", "4194304"}},
	{"levels[1].pass", []string{"0", "10"}, []string{"-1", "11"}},
	{"levels[1].score", []string{"1"}, []string{"-1", "4194304"}},
	{"levels[1].attempts.max", []string{"0", "1000"}, []string{"-1", "1001"}},
	{"levels[1].time.question", []string{"3s", "24h"}, []string{"2999ms", "86400001ms"}},
	{"levels[1].time.review", []string{"0s", "24h"}, []string{"-1ms", "86400001ms"}},
	{"levels[1].time.load", []string{"0s", "1m"}, []string{"-1ms", "60001ms"}},
	{"levels[1].time.level", []string{"1ms", "24h"}, []string{"-1ms", "86400001ms"}},
	{"levels[0].ends.wrong", []string{"0", "100"}, []string{"-1", "101"}},
	{"levels[1].streak.length", []string{"0", "2", "100"}, []string{"-1", "1", "101"}},
	{"levels[1].streak.score", []string{"0", maxTotal}, []string{"-1", "4194304"}},
	{"levels[0].steps.goal", []string{"1", "12"}, []string{"0", "13"}},
	{"levels[0].steps.back", []string{"0", "100"}, []string{"-1", "101"}},
	{"levels[0].material.least", []string{"0s", "10m"}, []string{"-1ms", "600001ms"}},
	{"spots[0].issue", []string{"0", "1000"}, []string{"-1", "1001"}},
	{"attempts[0].max", []string{"1", "1000"}, []string{"0", "1001"}},

	{"earnings[0].each.correct", []string{"0", "100"}, []string{"-1", "101"}},
	{"earnings[0].max", []string{"0", "1000"}, []string{"-1", "1001"}},
	{"earnings[0].give.points", []string{"0", maxTotal}, []string{"-1", "4194304"}},
	{"earnings[1].give.chances", []string{"0", "100"}, []string{"-1", "101"}},
	{"makeup.price", []string{"1", maxTotal}, []string{"0", "4194304"}},
	{"makeup.most", []string{"1", "100"}, []string{"0", "101"}},
	{"earnings[5].days", []string{"2", "366"}, []string{"-1", "1", "367"}},
	{"earnings[2].give.tries", []string{"1", "100"}, []string{"-1", "101"}},
	{"caps[0].max", []string{"1", maxTotal}, []string{"0", "4194304"}},
	{"share.per_day", []string{"1", "1000"}, []string{"-1", "1001"}},

	{"honours[0].people", []string{"0", "9"}, []string{"-1", "10", "10001"}}, // the best 9 are counted
	{"honours[0].places[0].count", []string{"1", "1000"}, []string{"0", "1001"}},
	{"boards[1].depth", []string{"0", "8"}, []string{"-1", "9"}},
	{"boards[1].least", []string{"0", maxTotal}, []string{"-1", "4194304"}},
	{"boards[1].top", []string{"0", "1000"}, []string{"-1", "1001"}},
	{"boards[1].average", []string{"0", "1", "9"}, []string{"-1", "10", "1001"}}, // the best 9 are counted

	{"boards[5].answers", []string{"0", "1", "10"}, []string{"-1", "11", "100001"}}, // the level asks 10
	{"boards[2].answers", []string{"0", "1", "100000"}, []string{"-1", "100001"}},
	{"boards[2].average", []string{"0", "5", "1000"}, []string{"-1", "4", "1001"}}, // fewer people are not shown

	{"prizes[0].value", []string{"0", "100000000"}, []string{"-1", "100000001"}},
	{"prizes[0].stock", []string{"1", "1000000"}, []string{"-1", "0", "1000001"}},
	{"prizes[1].stock", []string{"0"}, []string{"-1"}}, // thanks
	{"prizes[0].price", []string{"0", maxTotal}, []string{"-1", "4194304"}},
	{"pools[0].prizes[0].odds", []string{"0", "500000"}, []string{"-1", "1000001"}},
	{"pools[0].prizes[1].odds", []string{"970000"}, []string{"970001"}}, // beside 30000
	{"pools[0].prizes[0].guaranteed", []string{"0", "1000"}, []string{"-1", "1001"}},
	{"pools[0].prizes[0].release[0].units", []string{"1", "1000000"}, []string{"0", "1000001"}},
	{"pools[0].limits[0].max", []string{"1", "1000000"}, []string{"0", "1000001"}},
	{"drawings[0].prizes[0].count", []string{"1", "1000000"}, []string{"0", "1000001"}},
	{"drawings[0].reserves", []string{"0", "1000000"}, []string{"-1", "1000001"}},
	{"drawings[0].who.finished", []string{"0", maxTotal}, []string{"-1", "4194304"}},
	{"drawings[0].who.cards", []string{"0", "3"}, []string{"-1", "4"}}, // as many as there are
	{"drawings[0].who.found", []string{"0", "1"}, []string{"-1", "2"}},
	{"certificates[1].who.best.right", []string{"1", "12"}, []string{"-1", "13"}}, // as many as there are
	{"certificates[2].who.best.share", []string{"1", "100"}, []string{"-1", "101"}},
	{"drawings[0].who.top.count", []string{"1", "1000000"}, []string{"0", "1000001"}},
	{"live[0].draw[0].count", []string{"1", "50"}, []string{"0"}},
	{"live[0].draw[0].score", []string{"0"}, []string{"1"}},
	{"live[0].time.question", []string{"3s", "10m"}, []string{"2999ms", "600001ms"}},
	{"live[0].time.countdown", []string{"1s", "30s"}, []string{"999ms", "30001ms"}},
	{"live[0].time.delay", []string{"0s", "30s"}, []string{"-1ms", "30001ms"}},
	{"live[0].time.ready", []string{"1s", "10m"}, []string{"999ms", "600001ms"}},
	{"live[0].time.reveal", []string{"1s", "10m"}, []string{"999ms", "600001ms"}},
	{"live[0].time.standings", []string{"1s", "10m"}, []string{"999ms", "600001ms"}},
	{"live[0].score.right", []string{"25", "466008"}, []string{"-1", "4194304"}},
	{"live[0].score.speed", []string{"0", "90"}, []string{"-1", "91"}},    // no more than right
	{"live[0].teams.level", []string{"0", "1", "2"}, []string{"-1", "3"}}, // the tree is two deep
	{"live[0].teams.least", []string{"0", "1000000"}, []string{"-1", "1000001"}},
	{"live[0].revival.most", []string{"0", "20"}, []string{"-1", "21"}},
	{"live[0].pot.total", []string{"1", "100000000"}, []string{"0", "100000001"}},
	{"live[0].gives[0].least", []string{"0", "50"}, []string{"-1", "51"}},
	{"live[0].gives[0].rank", []string{"0", "1000000"}, []string{"-1", "1000001"}},
	{"claims.within", []string{"1h", "366d"}, []string{"59m59s", "8784h1s"}},
	{"retention", []string{"0d", "3660d"}, []string{"-1s", "87840h1s"}},
}

func TestEveryNumberOfADefinitionIsBoundedToTheLastOne(t *testing.T) {
	for _, b := range numberBounds {
		for _, value := range b.takes {
			if found := foundAt(t, b.path, value); found != "" {
				t.Errorf("%s: %s is refused: %s", b.path, value, found)
			}
		}
		for _, value := range b.refuses {
			if foundAt(t, b.path, value) == "" {
				t.Errorf("%s: %s is taken", b.path, value)
			}
		}
	}
}

// foundAt is what is said of one value of everything.yaml when it is set.
func foundAt(t *testing.T, path, value string) string {
	t.Helper()
	text, err := contest.Edit(everything(t), path, value)
	if err != nil {
		t.Fatalf("%s = %s: %v", path, value, err)
	}
	_, err = contest.Parse("everything.yaml", text)
	var findings contest.Findings
	if err != nil && !errors.As(err, &findings) {
		t.Fatal(err)
	}
	at := slices.IndexFunc(findings, func(f contest.Finding) bool { return f.Path == path })
	if at < 0 {
		return ""
	}
	return findings[at].Message
}

// itemList writes n items in the style of one line.
func itemList(n int, item func(i int) string) string {
	items := make([]string, n)
	for i := range items {
		items[i] = item(i)
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func TestEveryListAndTextOfADefinitionIsBoundedToTheLastOne(t *testing.T) {
	keyed := func(form string) func(int) string { return func(i int) string { return fmt.Sprintf(form, i) } }
	level := keyed("{key: l%[1]d, title: 关, questions: [{count: 1}]}")
	for _, b := range []struct {
		path string
		item func(int) string
		most int
		none bool // an empty list is refused
	}{
		{"levels", level, 100, true},
		{"players.fields", keyed("{key: f%d, label: 项, kind: text, when: start}"), 12, false},
		{"players.divisions", keyed("{key: d%d, title: 组}"), 50, false},
		{"attempts", keyed("{max: 1}#%d"), 50, false},
		{"earnings", keyed("{key: e%d, give: {points: 1}}"), 50, false},
		{"pools[0].prizes", keyed("{prize: pot, odds: 1}#%d"), 50, true},
		{"drawings[0].prizes", keyed("{prize: pot, count: 1}#%d"), 50, true},
		{"pledge.lines", keyed("第 %d 句"), 20, true},
		{"live", keyed("{key: r%d, title: 场, list: [a]}"), 50, false},
		{"live[0].gives", keyed("{key: g%d, give: {points: 1}}"), 50, false},
		{"units", keyed("{code: u%d, name: 甲}"), 5_000, false},
	} {
		item := func(i int) string { text, _, _ := strings.Cut(b.item(i), "#"); return text }
		sizes := map[int]bool{0: b.none, 1: false, b.most: false, b.most + 1: true}
		for size, refused := range sizes {
			if found := foundAt(t, b.path, itemList(size, item)); (found != "") != refused {
				t.Errorf("%s with %d items: %q", b.path, size, found)
			}
		}
	}
	for path, most := range map[string]int{"title": 60, "players.unit.label": 20, "rules[0]": 300} {
		for size, refused := range map[int]bool{1: false, most: false, most + 1: true} {
			if found := foundAt(t, path, strings.Repeat("长", size)); (found != "") != refused {
				t.Errorf("%s of %d characters: %q", path, size, found)
			}
		}
	}
	for size, refused := range map[int]bool{1: false, 32: false, 33: true} {
		if found := foundAt(t, "units[0].code", `"`+strings.Repeat("7", size)+`"`); (found != "") != refused {
			t.Errorf("a unit's code of %d bytes: %q", size, found)
		}
	}
}

func TestUnitsAreAtMostEightDeep(t *testing.T) {
	for depth, refused := range map[int]bool{8: false, 9: true} {
		tree := ""
		for i := depth; i > 0; i-- {
			tree = fmt.Sprintf("[{code: c%d, name: 甲%s}]", i, tree)
			if i > 1 {
				tree = ", children: " + tree
			}
		}
		text, err := contest.Edit(everything(t), "units", tree)
		if err != nil {
			t.Fatal(err)
		}
		_, err = contest.Parse("everything.yaml", text)
		if told := err != nil && strings.Contains(err.Error(), "over 8 deep"); told != refused {
			t.Errorf("%d deep: %v", depth, err)
		}
	}
}

func TestAllLevelsTogetherComeToAtMostWhatABoardCanRank(t *testing.T) {
	for second, refused := range map[int]bool{contest.MaxTotal - 30: false, contest.MaxTotal - 29: true} {
		text := strings.Replace(twoLevels, "    pass: 3", "    score: 6\n    pass: 3", 1) // 5 questions: 30 points
		text = text[:strings.Index(text, "  - key: second")] +
			fmt.Sprintf("  - {key: second, title: 第二关, questions: [{count: 1}], pass: 1, score: %d}\n", second)
		_, err := contest.Parse("demo.yaml", []byte(text))
		if told := err != nil && strings.Contains(err.Error(), "levels[1].score: all levels together"); told != refused {
			t.Errorf("30 and %d points: %v", second, err)
		}
	}
	// So that one more is too much whatever the levels are: of a single point, of a
	// hundred questions.
	for first, second := range map[string]int{"count: 1}], score: 1": contest.MaxTotal, "count: 100}], score: 41943": 4} {
		text := twoLevels[:strings.Index(twoLevels, "levels:")] + "levels:\n  - {key: a, title: 关, questions: [{" + first +
			fmt.Sprintf("}\n  - {key: b, title: 关, questions: [{count: 1}], score: %d}\n", second)
		if _, err := contest.Parse("demo.yaml", []byte(text)); err == nil ||
			!strings.Contains(err.Error(), "all levels together") {
			t.Errorf("%s and %d points: %v", first, second, err)
		}
	}
	// A level alone may take all of it.
	one := twoLevels[:strings.Index(twoLevels,
		"levels:")] + "levels: [{key: a, title: 关, questions: [{count: 1}], score: " + maxTotal + "}]\n"
	if _, err := contest.Parse("demo.yaml", []byte(one)); err != nil {
		t.Error(err)
	}
}

func TestDatesOfADefinitionMeetToTheSecond(t *testing.T) {
	for _, c := range []struct{ path, takes, refuses string }{
		{"window.closes", "2026-06-01 08:00:01", "2026-06-01 08:00:00"},
		{"training.closes", "2026-06-01 08:00:00", "2026-06-01 08:00:01"}, // when the contest opens
		{"periods[1].opens", "day 11", "2026-06-10 23:59:59"},             // when the one above is over
		{"levels[0].closes", "2026-06-01 00:00:01", "2026-06-01 00:00:00"},
		{"levels[0].opens", "day 1", "day 0"},
		{"levels[0].opens", "day 3660", "day 3661"},
		{"levels[0].opens", "week 3660", "week 3661"},
	} {
		if found := foundAt(t, c.path, c.takes); found != "" {
			t.Errorf("%s: %s is refused: %s", c.path, c.takes, found)
		}
		if foundAt(t, c.path, c.refuses) == "" {
			t.Errorf("%s: %s is taken", c.path, c.refuses)
		}
	}
	for value, refused := range map[string]bool{"{least: 4, below: 5}": false, "{least: 4, below: 4}": true,
		"{least: 4}": false, "{below: 1}": false,
		"{least: -1}": true, "{below: -1}": true} {
		if found := foundAt(t, "earnings[0].when", value); (found != "") != refused {
			t.Errorf("when %s: %q", value, found)
		}
	}
	for value, refused := range map[string]bool{"0d": false, "36500d": true, "3661d": true, "36501d": true, "-1d": true} {
		if found := foundAt(t, "retention", value); (found != "") != refused {
			t.Errorf("a retention of %s: %q", value, found)
		}
	}
}

func TestAtMostAThousandFindingsAreTold(t *testing.T) {
	_, err := contest.Parse("demo.yaml", []byte(twoLevels+"rules: "+itemList(1_002, func(int) string {
		return `""`
	})+"\n"))
	var findings contest.Findings
	if !errors.As(err, &findings) || len(findings) != 1_000 {
		t.Errorf("%d findings are told", len(findings))
	}
}

// The units may come by a table, so none has to stand in the definition.
func TestAUnitIsLookedForOnlyWhereTheDefinitionHoldsUnits(t *testing.T) {
	text, err := contest.Edit(everything(t), "units", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := contest.Parse("everything.yaml", text); err != nil {
		t.Error(err)
	}
	if foundAt(t, "boards[1].under", `"09"`) == "" || foundAt(t, "drawings[0].who.unit", `"09"`) == "" {
		t.Error("a unit that is not there is taken")
	}
}
