package board_test

import (
	"strings"
	"testing"

	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

func TestPointsStandThatWereEarnedBeforeAChangeByWhichNothingIs(t *testing.T) {
	ranking := strings.Replace(arena.Demo, "boards:",
		"boards:\n  - {key: points, title: 积分榜, subject: player, measure: points}", 1)
	earning := strings.Replace(ranking, "levels:",
		"earnings:\n  - {key: played, for: attempt, give: {points: 3}}\nlevels:", 1)
	a := arena.New(t, testkit.Embedded(t))
	a.Apply(earning)
	player := a.Enrol("小明", "n1")
	a.PlayLevel(player, "first", 3)
	a.Apply(ranking)
	a.PlayLevel(player, "first", 2)
	if a.Count("standings", "measure = 'points' AND points = 3") != 1 {
		t.Errorf("what was earned does not stand:\n%s", a.Tables())
	}
}
