package rulespage_test

import (
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
)

func TestALockedLevelTellsWhatOpensIt(t *testing.T) {
	before := &contest.Level{Key: "first", Title: "第一关"}
	for want, after := range map[string]contest.After{
		"通过“第一关”后开启":   {Level: "first", By: contest.ByPassed, Same: contest.PerContest},
		"答完“第一关”后开启":   {Level: "first", By: contest.ByFinished, Same: contest.PerContest},
		"今天答完“第一关”后开启": {Level: "first", By: contest.ByFinished, Same: contest.PerDay},
	} {
		if got := rulespage.NeedNote(&contest.Level{After: []contest.After{after}}, before); got != want {
			t.Errorf("%+v: %s, want %s", after, got, want)
		}
	}
}
