package contest_test

import (
	"errors"
	"fmt"
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
		{"count: 10", "count: 0", "lists[0].count", "count（前几名）或 least"},
		{"count: 10", "count: 10001", "lists[0].count", "前几名是 1 到 10000"},
		{"count: 10", "least: -1", "lists[0].least", "要达到的总数是 1 到"},
		{"count: 10", "least: 2.5", "lists[0].least", "整数"},
		{"title: 特邀}", "title: 特邀, least: 3}", "lists[1].least", "只有取榜的名单才写 least"},
		{", at: 2026-06-20 20:00}", "}", "lists[0].at", "请写上 at"},
		{"title: 特邀}", "title: 特邀, count: 3}", "lists[1].count", "只有取榜的前几名才写 count"},
		{"title: 特邀}", "title: 特邀, at: day 2}", "lists[1].at", "不写 at"},
		{"units: [a], at: day 12", "units: [a]", "lists[3].at", "请写上 at"},
		{"units: [a], at: day 12", "units: [a], public: true", "lists[3].at", "公开的名单要写上 at"},
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

func TestTheRulesPageTellsWhichListsEverybodySees(t *testing.T) {
	const never = "所有人都能看到"
	rulesSay(t, strings.NewReplacer("at: 2026-06-20 20:00}", "at: 2026-06-20 20:00, public: true}",
		"title: 特邀}", "title: 特邀, public: true}").Replace(finals),
		"“晋级名单”确定以后公开，“特邀”有人以后公开："+never+"里面的名次、昵称和单位，看不到姓名、手机号等个人信息。")
	if d := parsed(t, finals); d.HasPublicLists() || strings.Contains(fmt.Sprint(rulespage.Describe(d)), never) {
		t.Error("the rules tell of public lists where there are none")
	}
}

// thousands is a contest that gives to who belongs to a village with enough points.
const thousands = `contest: thousands
title: 满万
organizer: 测试
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
players: {unit: {ask: optional}}
units: [{code: a, name: 甲村}, {code: b, name: 乙村}]
boards:
  - {key: total, title: 总分榜, subject: unit, measure: sum}
  - {key: rate, title: 参与榜, subject: unit, measure: rate}
  - {key: heads, title: 人均榜, subject: unit, measure: best, average: 3}
  - {key: right, title: 正确榜, subject: player, measure: accuracy, answers: 5}
lists:
  - {key: full, title: 满万名单, board: total, least: 10000, at: 2026-06-20 20:00}
  - {key: eager, title: 踊跃名单, board: rate, least: 62.5, at: 2026-06-20 20:00}
  - {key: even, title: 人均名单, board: heads, count: 3, least: 30, at: 2026-06-20 20:00}
  - {key: sure, title: 满分名单, board: right, least: 90, at: 2026-06-20 20:00}
  - {key: guests, title: 特邀}
earnings:
  - {key: full, for: list, list: full, give: {chances: 1}}
  - {key: sure, for: list, list: sure, give: {points: 5}}
levels: [{key: heat, title: 初赛, questions: [{count: 5}]}]
`

func TestAListAsksForATotalAsItsBoardCounts(t *testing.T) {
	d := parsed(t, thousands)
	for _, c := range []struct {
		list   string
		ranked int64
		want   bool
	}{
		{"full", 9_999, false}, {"full", 10_000, true}, {"eager", 6_249, false}, {"eager", 6_250, true},
		{"even", 29_999, false}, {"even", 30_000, true}, {"sure", 8_999, false}, {"sure", 9_000, true},
	} {
		l := d.List(c.list)
		board, _ := d.Board(l.Board)
		if got := l.Reaches(&board, c.ranked); got != c.want {
			t.Errorf("%s with %d: %v", c.list, c.ranked, got)
		}
	}
	halves := parsed(t, strings.NewReplacer("count: 5}]}", "count: 5}], score: 2.5}", "count: 3, least: 30", "least: 7.5").
		Replace(thousands))
	l := halves.List("even")
	board, _ := halves.Board("heads")
	if l.Reaches(&board, 74_999) || !l.Reaches(&board, 75_000) || halves.LeastOf(&board, l) != 7.5 {
		t.Error("a total with half a point is not taken as it was written")
	}
	rulesSay(t, thousands, "“满万名单”：2026年6月20日 20:00 时“总分榜”达到 10000 分的参赛单位里的参赛者。",
		"“参与榜”达到 62.5%的", "“人均榜”前 3 名里达到 30 分/人的", "“正确榜”达到 90%的人。",
		"进入“满万名单”（2026年6月20日 20:00 时“总分榜”达到 10000 分的参赛单位里的参赛者；一次也没有答完过的不给）：得 1 次抽奖机会。",
		"每人给一次")
}

func TestAListGivesOnceToWhoTookPart(t *testing.T) {
	d := parsed(t, thousands)
	at := shanghai(t, "2026-06-20 20:00:00")
	earned := func(list string, r contest.Record, at int64) []contest.Grant {
		r.Registered = true
		return d.EarnDeed(d.Summarize(&r, at), d.Listing(list, at))
	}
	attempt := contest.Attempt{ID: 1, Level: "heat", StartedAt: at - 9_000, FinishedAt: at - 1_000}
	played := contest.Record{History: contest.History{attempt}}
	if got := earned("full", played, at); len(got) != 1 || got[0].Kind != contest.GrantChance || got[0].Rule != "full" {
		t.Errorf("who took part is given %+v", got)
	}
	if got := earned("full", contest.Record{}, at); len(got) != 0 {
		t.Errorf("who only belongs to the village is given %+v", got)
	}
	if got := earned("sure", contest.Record{}, at); len(got) != 1 || got[0].Amount != 5 {
		t.Errorf("who stands on a board of players is given %+v", got)
	}
	if got := earned("full", played, shanghai(t, "2026-07-02 09:00:00")); len(got) != 1 {
		t.Errorf("whom staff puts there after the contest is given %+v", got)
	}
	if got := earned("guests", played, at); len(got) != 0 {
		t.Errorf("a list without an earning gives %+v", got)
	}
}

func TestEarningsForListsThatAreNeverMadeInTimeAreRefused(t *testing.T) {
	const rule = "list: full, give: {chances: 1}"
	for _, c := range []struct{ old, new, at, says string }{
		{rule, "list: none, give: {chances: 1}", "earnings[0].list", "没有标识为 “none” 的名单"},
		{rule, "list: guests, give: {chances: 1}", "earnings[0].list", "由工作人员加人"},
		{rule, "give: {chances: 1}", "earnings[0].list", "没有标识为"},
		{rule, rule + ", max: 2", "earnings[0]", "每人给一次"},
		{rule, rule + ", when: {least: 2}", "earnings[0]", "每人给一次"},
		{"for: list, " + rule, rule, "earnings[0].list", "只用于进入名单的奖励"},
		{"least: 10000, at: 2026-06-20 20:00", "least: 10000, at: 2026-06-30 22:00", "earnings[0].list", "已经结束"},
		{"least: 10000, at: 2026-06-20 20:00", "least: 10000, at: 2026-06-01 08:00", "earnings[0].list", "移后"},
		{"least: 90", "least: 100.1", "lists[3].least", "百分比"},
		{"measure: accuracy, answers: 5", "measure: time, answers: 5", "lists[3].least", "按用时排的榜"},
	} {
		refused(t, strings.Replace(thousands, c.old, c.new, 1), c.new, c.at, c.says)
	}
}
