package contest_test

import (
	"strings"
	"testing"

	"anquanda/internal/contest"
)

func TestAPathIsFoundByItsLine(t *testing.T) {
	text := everything(t)
	lineOf, lines := contest.LinesOf(text), strings.Split(string(text), "\n")
	for path, want := range map[string]string{"earnings[2]": "key: revive", "drawings[0].who.invited": "invited: 3",
		"assessment":             "assessment: true",
		"players.fields[0].when": "key: name", "retention": "retention: 90d", "prizes[1].collect": "key: thanks"} {
		if got := lines[lineOf(path)-1]; !strings.Contains(got, want) {
			t.Errorf("%s: line %d is %q", path, lineOf(path), got)
		}
	}
}
