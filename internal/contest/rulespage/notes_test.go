package rulespage_test

import (
	"errors"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/errs"
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

func TestARefusedLevelSaysWhatOpensIt(t *testing.T) {
	const text = `
contest: trail
title: 健步走
organizer: 社区
window: {opens: 2026-06-01, closes: 2026-07-01}
bank: safety
spots: [{key: booth, title: 东门展位}]
levels:
  - {key: door, title: 门, questions: [{count: 1}], pass: 1, after: [{spot: booth}]}
  - {key: later, title: 后, questions: [{count: 1}], pass: 1, after: [], opens: 2026-06-20}
  - {key: free, title: 先, questions: [{count: 1}], pass: 1, after: []}
`
	d, findings := contest.Parse("", []byte(text))
	if d == nil {
		t.Fatal(findings)
	}
	s := d.Summarize(&contest.Record{Registered: true}, 0)
	now := d.Window.Opens.MS
	for level, want := range map[string]string{
		"door": "这一关到“东门展位”打卡后开启", "later": "这一关6月20日开放", "nosuch": "没有这一关",
	} {
		_, _, err := d.NewAttempt(s, level, now, false)
		told := rulespage.Refused(d, s, level, now, err)
		if got := errs.From(told).Message; got != want || !errors.Is(told, err) {
			t.Errorf("%s: %s, want %s", level, got, want)
		}
	}
	if _, _, err := d.NewAttempt(s, "free", now, false); rulespage.Refused(d, s, "free", now, err) != nil {
		t.Errorf("a level that is open is refused: %v", err)
	}
}
