package contest_test

import (
	"errors"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
)

// finals is a contest whose last level is open to the first ten and to who was invited.
const finals = `contest: finals
title: 决赛
organizer: 测试
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
players: {unit: {ask: required, changes: 1}}
units: [{code: a, name: 甲村}, {code: b, name: 乙村}]
boards:
  - {key: total, title: 个人榜, subject: player, measure: best, level: heat}
  - {key: villages, title: 村榜, subject: unit, measure: sum}
  - {key: weekly, title: 周榜, subject: player, measure: best, period: week}
lists:
  - {key: ten, title: 晋级名单, board: total, count: 10, at: 2026-06-20 20:00}
  - {key: invited, title: 特邀}
  - {key: villages, title: 前两村, board: villages, count: 2, at: day 15}
  - {key: ours, title: 甲村队, units: [a], at: day 12}
levels:
  - {key: heat, title: 初赛, questions: [{count: 5}]}
  - {key: final, title: 决赛, questions: [{count: 5}], after: [{list: ten}, {list: invited}], unlock: any}
  - {key: cup, title: 村杯, questions: [{count: 5}], after: [heat, {list: villages}]}
  - {key: home, title: 甲村赛, questions: [{count: 5}], after: [{list: ours}]}
`

func TestALevelOpensToWhoIsOnItsList(t *testing.T) {
	d := parsed(t, finals)
	now := shanghai(t, "2026-06-21 10:00:00")
	begin := func(level string, lists ...string) error {
		s := d.Summarize(&contest.Record{}, now)
		s.Listed = lists
		_, _, err := d.NewAttempt(s, level, now, false)
		return err
	}
	for _, c := range []struct {
		level string
		lists []string
		want  error
	}{
		{"heat", nil, nil}, {"final", nil, contest.ErrLocked}, {"final", []string{"ten"}, nil},
		{"final", []string{"invited"}, nil}, {"final", []string{"ours"}, contest.ErrLocked},
		{"cup", []string{"villages"}, contest.ErrLocked}, {"home", []string{"ours"}, nil},
	} {
		if err := begin(c.level, c.lists...); !errors.Is(err, c.want) {
			t.Errorf("%s with %v: %v, want %v", c.level, c.lists, err, c.want)
		}
	}
	level, i, _ := d.Level("final")
	s := d.Summarize(&contest.Record{}, now)
	note := rulespage.LockedNote(d, level, d.LevelStates(s, now)[i], now)
	if note != "进入“晋级名单”，或进入“特邀”后开启" {
		t.Errorf("the final is said to be closed since %q", note)
	}
	level, i, _ = d.Level("home")
	if note = rulespage.LockedNote(d, level, d.LevelStates(s, now)[i], now); !strings.Contains(note,
		"只对“甲村队”开放：2026年6月12日 00:00 时属于“甲村”的参赛者") {
		t.Errorf("the level of a village is said to be closed since %q", note)
	}
}

func TestListsThatCannotBeMadeAreRefusedInPlainWords(t *testing.T) {
	for _, c := range []struct{ old, new, at, says string }{
		{"board: total, count: 10", "board: none, count: 10", "lists[0].board", "没有标识为 “none” 的榜"},
		{"board: total, count: 10", "board: weekly, count: 10", "lists[0].board", "按期排名"},
		{"count: 10", "count: 0", "lists[0].count", "前几名是 1 到 10000"},
		{", at: 2026-06-20 20:00}", "}", "lists[0].at", "请写上 at"},
		{"title: 特邀}", "title: 特邀, count: 3}", "lists[1].count", "只有取榜的前几名才写 count"},
		{"title: 特邀}", "title: 特邀, at: day 2}", "lists[1].at", "不写 at"},
		{"units: [a], at: day 12", "units: [a]", "lists[3].at", "请写上 at"},
		{"units: [a], at", "units: [c], at", "lists[3].units[0]", "没有编号为 “c” 的单位"},
		{"units: [a], at", "units: [a], board: total, count: 1, at", "lists[3]", "之一"},
		{"{list: ours}", "{list: theirs}", "levels[3].after[0].list", "没有标识为 “theirs” 的名单"},
		{"{list: ours}", "{list: ours, by: passed}", "levels[3].after[0]", "写了 list，就不写"},
		{"title: 决赛, questions: [{count: 5}]", "title: 决赛, closes: day 3, questions: [{count: 5}]", "levels[1].after[0].list",
			"已经结束"},
	} {
		refused(t, strings.Replace(finals, c.old, c.new, 1), c.new, c.at, c.says)
	}
}

func TestTheRulesPageTellsWhoComesOnAList(t *testing.T) {
	rulesSay(t, finals,
		"“晋级名单”：2026年6月20日 20:00 时“个人榜”的前 10 名。", "“特邀”：由主办方确定的参赛者。",
		"时“村榜”前 2 名的参赛单位里的参赛者。", "更换单位都不影响", "要在“晋级名单”里，或要在“特邀”里，有一样就可以答",
	)
}
