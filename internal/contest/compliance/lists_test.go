package compliance_test

import (
	"slices"
	"strings"
	"testing"

	"anquanda/internal/testkit/contests"
)

func TestAListThatAsksForMoreThanAUnitCanHoldIsFound(t *testing.T) {
	const found = "beyond-reach lists[0].least"
	asks := func(board, least string) bool {
		text := strings.Replace(careful, "boards:", `units:
  - {code: a, name: 甲村, headcount: 20}
  - {code: b, name: 乙村, headcount: 8}
lists: [{key: all, title: 满分名单, board: it, at: 2026-06-20 20:00, least: `+least+`}]
boards:
  - {key: it, title: 总榜, `+board+`}`, 1)
		text = strings.Replace(text, "players:\n", "players:\n  unit: {ask: required}\n", 1)
		return slices.Contains(codes(contests.Parsed(t, text)), found)
	}
	for _, c := range []struct {
		board, least string
		beyond       bool
	}{
		{"subject: player, measure: best", "50", false}, {"subject: player, measure: best", "51", true},
		{"subject: unit, measure: best", "1000", false}, {"subject: unit, measure: best", "1001", true},
		{"subject: unit, measure: best, top: 3", "151", true},
		{"subject: unit, measure: best, average: 3", "50", false}, {"subject: unit, measure: best, average: 3", "51", true},
		{"subject: unit, measure: players", "20", false}, {"subject: unit, measure: players", "21", true},
		{"subject: unit, measure: rate", "100", false}, {"subject: player, measure: accuracy, answers: 5", "99.5", false},
		// Three attempts a day on 20 days, of 50 points each.
		{"subject: player, measure: sum", "3000", false}, {"subject: player, measure: sum", "3001", true},
	} {
		if got := asks(c.board, c.least); got != c.beyond {
			t.Errorf("%s from %s on: found %v", c.board, c.least, got)
		}
	}
}

func TestACapThatSwallowsWhatAListGivesIsFound(t *testing.T) {
	text := strings.Replace(careful, "earnings:\n", `caps: [{of: points, max: 5, per: day}]
lists: [{key: all, title: 满分名单, board: it, at: 2026-06-20 20:00, least: 10}]
earnings:
  - {key: all, for: list, list: all, give: {points: 6}}
`, 1)
	text = strings.Replace(text, "boards:", "boards:\n  - {key: it, title: 总榜, subject: player, measure: best}", 1)
	if found := codes(contests.Parsed(t, text)); !slices.Contains(found, "beyond-reach caps[0].max") {
		t.Errorf("found %v", found)
	}
}

func TestAPublicListThatNobodyFillsOrThatTellsTooEarlyIsFound(t *testing.T) {
	found := func(list, feedback string) bool {
		text := strings.Replace(careful, "boards:", "lists: [{key: all, title: 名单, "+list+
			"}]\nboards:\n  - {key: it, title: 总榜, subject: player, measure: best}", 1)
		return slices.Contains(codes(contests.Parsed(t, feedback+text)), "public-list lists[0].public")
	}
	const early = "board: it, count: 3, at: 2026-06-20 20:00, public: true"
	const late = "board: it, count: 3, at: 2026-07-01 08:00, public: true"
	for _, c := range []struct {
		list, feedback string
		found          bool
	}{
		{"public: true", "", true}, {"public: false", "", false}, {early, "", false},
		{early, "feedback: none\n", true}, {late, "feedback: none\n", false},
	} {
		if got := found(c.list, c.feedback); got != c.found {
			t.Errorf("%s %s: found %v", c.list, c.feedback, got)
		}
	}
}
