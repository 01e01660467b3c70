package contest_test

import (
	"strings"
	"testing"

	"anquanda/internal/contest"
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
	before, _ := mended(t, "changzhou-2021.yaml")
	text := textOf(t, "changzhou-2021.yaml")
	got, err := contest.Edit(text, "title", "新的名字")
	if err != nil {
		t.Fatal(err)
	}
	after := parsed(t, string(got))
	if differences := contest.Compare(before, after); len(differences) != 1 || differences[0].Section != "活动名称" {
		t.Errorf("setting the title changes %v", differences)
	}
}
