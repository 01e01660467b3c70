package contest_test

import (
	"reflect"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/testkit/contests"
)

func TestOneValueIsSetAndTheRestStays(t *testing.T) {
	const text = "# the head\ncontest: demo # its name\nlevels:\n  - {key: first, pass: 3}\n  - key: second # the other\n    pass: 2\n"
	cases := []struct{ path, value, want string }{
		{"contest", "other", "contest: other # its name"},
		{"levels[0].pass", "4", "{key: first, pass: 4}"},
		{"levels[1].time.question", "30s", "    time:\n      question: 30s"},
		{"levels[1].pass", "", "key: second # the other"},
		{"levels[2]", "{key: third}", "- {key: third}"},
		{"levels[0]", "", "levels:\n  - key: second"},
		{"window", "{opens: 2026-06-01, closes: 2026-06-30}", "window: {opens: 2026-06-01, closes: 2026-06-30}"},
		{"boards[0]", "{key: total}", "boards:\n  - {key: total}"},
	}
	for _, c := range cases {
		got, err := contest.Edit([]byte(text), c.path, c.value)
		if err != nil || !strings.Contains(string(got), c.want) || !strings.HasPrefix(string(got), "# the head\n") {
			t.Errorf("%s = %s gives\n%s%v\nwant it to hold\n%s", c.path, c.value, got, err, c.want)
		}
	}
	if got, err := contest.Edit([]byte("players:\nboards:\n"), "players.unit.ask", "optional"); err != nil ||
		!strings.Contains(string(got), "players:\n  unit:\n    ask: optional\nboards:") {
		t.Errorf("a key with nothing behind it becomes %q, %v", got, err)
	}
	for _, path := range []string{"", "levels[9].pass", "contest.of", "levels[0][1]", strings.Repeat("a.", 20)} {
		if got, err := contest.Edit([]byte(text), path, "1"); err == nil {
			t.Errorf("%q is set: %s", path, got)
		}
	}
	if got, err := contest.Edit(nil, "contest", "new"); err != nil || string(got) != "contest: new\n" {
		t.Errorf("an empty text becomes %q, %v", got, err)
	}
}

func TestEveryShippedDefinitionSurvivesAnEdit(t *testing.T) {
	for _, name := range contests.Names(t) {
		text := contests.Text(t, name)
		before := parsed(t, text)
		got, err := contest.Edit([]byte(text), "title", "新的名字")
		if err != nil {
			t.Fatal(err)
		}
		after := parsed(t, string(got))
		if differences := rulespage.Compare(before, after); len(differences) != 1 || differences[0].Section != "活动名称" {
			t.Errorf("%s: setting the title changes %v", name, differences)
		}
		if !reflect.DeepEqual(before.Live, after.Live) {
			t.Errorf("%s: setting the title changes the live rooms to %+v", name, after.Live)
		}
	}
}

func TestAnEditKeepsTheShapeOfAFile(t *testing.T) {
	const text = "# the head\n\ncontest: demo\ntitle: x\nwindow: {opens: 2026-06-01 08:00, closes: 2026-06-30}\n\n# who plays\nplayers:\n  unit: {ask: no}\n\nlevels:\n  - key: first\n    title: 一\n"
	cases := []struct{ path, value, want string }{
		{"title", `"y"`, strings.Replace(text, "title: x", "title: y", 1)},
		{"title", `"2026: #6"`, strings.Replace(text, "title: x", `title: '2026: #6'`, 1)},
		{"title", `"06"`, strings.Replace(text, "title: x", `title: "06"`, 1)},
		{"levels[1]", `{"key": "second", "title": "二", "pass": 3, "place": "家庭"}`, text +
			"  - key: second\n    title: 二\n    pass: 3\n    place: 家庭\n"},
		{"live[0]", `{"key": "ask", "title": "问答", "starts": "2026-06-16 10:00"}`, text +
			"live:\n  - {key: ask, title: 问答, starts: 2026-06-16 10:00}\n"},
		{"players.unit.label", `"单位"`, strings.Replace(text, "{ask: no}", "{ask: no, label: 单位}", 1)},
	}
	for _, c := range cases {
		if got, err := contest.Edit([]byte(text), c.path, c.value); err != nil || string(got) != c.want {
			t.Errorf("%s = %s gives\n%s%v, want\n%s", c.path, c.value, got, err, c.want)
		}
	}
}
