package contest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/contest"
)

// cup is a contest in which four of six units meet, and who wins meets again.
const cup = `contest: cup
title: 对抗赛
organizer: 测试
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
periods: [{title: 半决赛周, opens: day 8, closes: day 15}, {title: 决赛周, opens: day 15, closes: day 22}]
players: {unit: {ask: required}}
units:
  - {code: a, name: 甲村, children: [{code: a1, name: 甲一组}]}
  - {code: b, name: 乙村}
  - {code: c, name: 丙村}
  - {code: d, name: 丁村}
boards:
  - {key: total, title: 村榜, subject: unit, measure: sum, depth: 1}
  - {key: rounds, title: 每期村榜, subject: unit, measure: sum, depth: 1, period: own}
  - {key: people, title: 个人榜, subject: player, measure: best}
  - {key: groups, title: 组榜, subject: unit, measure: sum}
pairings:
  - {key: semi, title: 半决赛, board: rounds, round: 1, seeds: {board: total, count: 4, at: day 7}}
  - {key: final, title: 决赛, board: rounds, round: 2, winners: semi}
  - {key: show, title: 友谊赛, board: rounds, round: 2, pairs: [{first: a, second: b}]}
lists: [{key: on, title: 晋级名单, pairing: semi}]
levels:
  - {key: heat, title: 初赛, questions: [{count: 5}]}
  - {key: final, title: 决赛, questions: [{count: 5}], after: [{list: on}]}
`

func TestPairingsThatCannotBePlayedAreRefusedInPlainWords(t *testing.T) {
	parsed(t, cup)
	for _, c := range []struct{ old, new, at, says string }{
		{"first: a, second: b}", "first: a, second: b}, {first: c, second: a}", "pairings[2].pairs[1].second", "出现了两次"},
		{"first: a, second: b}", "first: a, second: a}", "pairings[2].pairs[0].second", "出现了两次"},
		{"first: a, second: b}", "first: a, second: x}", "pairings[2].pairs[0].second", "没有编号为 “x” 的单位"},
		{"first: a, second: b}", "first: a, second: a1}", "pairings[2].pairs[0].second", "上下级"},
		{"first: a, second: b}", "first: a1, second: b}", "pairings[2].pairs[0].first", "算在上级单位里"},
		{"depth: 1, period: own", "depth: 1", "pairings[0].board", "每期一榜"},
		{"board: rounds, round: 2, pairs", "board: people, round: 2, pairs", "pairings[2].board", "不是单位榜"},
		{"board: rounds, round: 2, pairs", "board: none, round: 2, pairs", "pairings[2].board", "没有标识为 “none” 的榜"},
		{"round: 2, winners", "round: 3, winners", "pairings[1].round", "第几期是 1 到 2"},
		{"round: 2, winners", "round: 1, winners", "pairings[1].winners", "不在这一期之前"},
		{"winners: semi", "winners: show", "pairings[1].winners", "不在这一期之前"},
		{"winners: semi", "winners: none", "pairings[1].winners", "没有标识为 “none” 的对阵"},
		{"winners: semi", "winners: semi, pairs: [{first: a, second: b}]", "pairings[1]", "也只写一样"},
		{", winners: semi", "", "pairings[1]", "写 pairs（列出来）"},
		{"count: 4", "count: 3", "pairings[0].seeds.count", "双数"},
		{"count: 4", "count: 6", "pairings[0].seeds.count", "榜上只有 4 个单位"},
		{"count: 4", "count: 2", "pairings[1].winners", "没有对手"},
		{"at: day 7", "at: day 9", "pairings[0].seeds.at", "已经开始"},
		{", at: day 7}", "}", "pairings[0].seeds.at", "请写上 at"},
		{"seeds: {board: total", "seeds: {board: groups", "pairings[0].seeds.board", "同样的单位"},
		{"seeds: {board: total", "seeds: {board: rounds", "pairings[0].seeds.board", "整个活动的榜"},
		{"pairing: semi}", "pairing: none}", "lists[0].pairing", "没有标识为 “none” 的对阵"},
		{"pairing: semi}", "pairing: semi, at: day 20}", "lists[0].at", "不写 at"},
		{"pairing: semi}", "pairing: semi, units: [a]}", "lists[0]", "不写 board 和 units"},
		{"title: 决赛, questions: [{count: 5}]", "title: 决赛, closes: day 12, questions: [{count: 5}]",
			"levels[1].after[0].list", "已经结束"},
	} {
		refused(t, strings.Replace(cup, c.old, c.new, 1), c.new, c.at, c.says)
	}
}

func TestTheBestSeedsMeetLastAndAnOddWinnerGoesOnAlone(t *testing.T) {
	for _, c := range []struct {
		count, there int
		want         string
	}{
		{2, 2, "[[1 2]]"}, {4, 4, "[[1 4] [2 3]]"}, {8, 8, "[[1 8] [4 5] [2 7] [3 6]]"},
		{6, 6, "[[2 5] [3 4] [1 6]]"}, {4, 3, "[[1 0] [2 3]]"}, {8, 3, "[[1 0] [2 0] [3 0]]"}, {4, 0, "[]"},
	} {
		if got := fmt.Sprint(contest.Seeded(c.count, c.there)); got != c.want {
			t.Errorf("%d of %d seeds meet as %s, want %s", c.there, c.count, got, c.want)
		}
	}
	for count := 2; count <= 128; count += 2 {
		var all []int
		for _, pair := range contest.Seeded(count, count) {
			all = append(all, pair[:]...)
		}
		slices.Sort(all)
		if len(all) != count || all[0] != 1 || len(slices.Compact(all)) != count {
			t.Fatalf("of %d seeds not each meets one other: %v", count, all)
		}
	}
	for winners, want := range []string{"[]", "[[1 0]]", "[[1 2]]", "[[1 2] [3 0]]"} {
		if got := fmt.Sprint(contest.Neighbours(winners)); got != want {
			t.Errorf("%d winners meet as %s, want %s", winners, got, want)
		}
	}
}

func TestTheRulesPageTellsWhoMeetsWhomAndWhoGoesOn(t *testing.T) {
	rulesSay(t, cup,
		"“半决赛”：第 1 期“半决赛周”里按“每期村榜”比，2026年6月7日 00:00 时“村榜”的前 4 名对阵，第 1 名对第 4 名，第 2 名对第 3 名，依此类推；名次高的写在前面",
		"“决赛”：第 2 期“决赛周”里按“每期村榜”比，“半决赛”的胜者按先后两两对阵，单出来的最后一个轮空晋级。",
		"“甲村”对“乙村”", "两个都没有上榜，都不晋级", "“晋级名单”：“半决赛”评定胜负时胜出单位里的参赛者。",
	)
}
