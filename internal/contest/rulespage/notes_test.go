package rulespage_test

import (
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
)

func TestALockedLevelTellsWhatOpensIt(t *testing.T) {
	d := &contest.Definition{Levels: []contest.Level{{Key: "first", Title: "第一关"}},
		Spots: []contest.Spot{{Key: "booth", Title: "东门展位"}}}
	passed := contest.After{Level: "first", By: contest.ByPassed, Same: contest.PerContest}
	found := contest.After{Spot: "booth", Same: contest.PerContest}
	for want, needs := range map[string][]contest.After{
		"通过“第一关”后开启":            {passed},
		"答完“第一关”后开启":            {{Level: "first", By: contest.ByFinished, Same: contest.PerContest}},
		"今天答完“第一关”后开启":          {{Level: "first", By: contest.ByFinished, Same: contest.PerDay}},
		"到“东门展位”打卡后开启":          {found},
		"到“东门展位”今天打卡后开启":        {{Spot: "booth", Same: contest.PerDay}},
		"通过“第一关”，或到“东门展位”打卡后开启": {passed, found},
	} {
		if got := rulespage.NeedNote(d, needs); got != want {
			t.Errorf("%+v: %s, want %s", needs, got, want)
		}
	}
}
