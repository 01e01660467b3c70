package simulation_test

import (
	"fmt"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/contest/compliance"
	"anquanda/internal/contest/simulation"
	"anquanda/internal/testkit/contests"
)

// extras are what single levels have beyond the others.
var extras = []string{
	"",
	", speed: {within: 9s, least: 40}",
	", streak: {length: 3, score: 4}, retry: wrong",
	", material: {title: 楼道, text: [停着三辆电动车。], least: 5s}",
	", mode: paper, shows: day, partial: {share: true}, minus: 3, time: {level: 8m}",
	", closes: day 200, again: [{opens: day 300, closes: day 307}]",
}

// largest is a contest with every part that a crowd plays, of 24 levels and twelve months.
func largest() string {
	var b strings.Builder
	b.WriteString("contest: largest\ntitle: 全年\norganizer: 测试\ncontact: 电话见公告\nbank: safety\n" +
		"training: {opens: 2025-12-25, closes: 2026-01-01}\nwindow: {opens: 2026-01-01, closes: 2027-01-01}\nperiods:\n")
	for month := 1; month <= 12; month++ {
		fmt.Fprintf(&b, "  - {title: %d 月, opens: 2026-%02d-01, closes: %s}\n", month, month,
			fmt.Sprintf("%d-%02d-01", 2026+month/12, month%12+1))
	}
	b.WriteString("players: {unit: {ask: optional}, divisions: [{key: x, title: 甲组}, {key: y, title: 乙组}]}\n" +
		"units: [{code: a, name: 东镇}, {code: b, name: 西镇}, {code: c, name: 南镇}, {code: d, name: 北镇}]\nlevels:\n")
	for i := range 24 {
		after := ""
		if i%4 == 0 {
			after = ", after: []"
		}
		fmt.Fprintf(&b, "  - {key: l%d, title: 第%d关, questions: [{count: 8}, {count: 2, score: 20}], pass: 6, "+
			"attempts: {max: 2, per: day}, opens: day %d%s%s}\n", i, i, 1+15*(i/4*4)/2, after, extras[i%len(extras)])
	}
	b.WriteString("attempts: [{max: 6, per: day}, {max: 30, per: week}, {max: 100, per: period}]\ncards:\n")
	for i := range 24 {
		fmt.Fprintf(&b, "  - {key: l%d, title: 卡%d}\n", i, i)
	}
	b.WriteString(`earnings:
  - {key: score, give: {score: true}, max: 1, per: level}
  - {key: card, when: {result: full}, give: {card: level, chances: 1}, max: 2, per: day}
  - {key: each, each: {correct: 10, over: day}, give: {points: 1}, max: 3, per: day}
  - {key: came, for: checkin, give: {points: 1}, max: 1, per: day}
  - {key: shared, for: share, give: {tries: 1}, max: 1, per: day}
  - {key: brought, for: invite, give: {points: 2}, max: 3, per: day}
  - {key: signed, for: pledge, give: {points: 5}, max: 1, per: contest}
  - {key: stamped, for: found, spots: [booth], give: {points: 9, purse: mend, amount: 1}}
  - {key: row, for: checkin, days: 3, give: {purse: flowers, amount: 12}, max: 20, per: contest}
  - {key: able, for: list, list: able, give: {points: 7}}
purses: [{key: flowers, title: 小红花}, {key: mend, title: 补签卡}]
makeup: {price: 1, purse: mend, most: 2}
spots: [{key: booth, title: 展位, where: 广场, opens: day 2, closes: day 200, daily: true, issue: 3}]
lists:
  - {key: able, title: 过千分名单, board: sum, least: 1000, at: day 90}
  - {key: winners, title: 冠军名单, pairing: last}
caps: [{of: points, max: 200, per: day}, {of: chance, max: 5, per: week}]
pledge: {title: 承诺, lines: [不占消防通道。]}
boards:
  - {key: best, title: 总榜, subject: player, measure: best, ties: time, daily: true}
  - {key: points, title: 积分榜, subject: player, measure: points}
  - {key: sum, title: 总和榜, subject: player, measure: sum}
  - {key: units, title: 单位榜, subject: unit, measure: players}
  - {key: weekly, title: 每周榜, subject: player, measure: best, level: l0, period: week}
  - {key: exact, title: 正确率榜, subject: player, measure: accuracy, answers: 30}
  - {key: quick, title: 用时榜, subject: player, measure: time, level: l1, answers: 7}
  - {key: blooms, title: 小红花榜, subject: player, measure: points, purse: flowers}
  - {key: rounds, title: 每月各镇榜, subject: unit, measure: sum, period: own}
pairings:
  - {key: semi, title: 半决赛, board: rounds, round: 1, pairs: [{first: a, second: b}, {first: c, second: d}]}
  - {key: last, title: 冠军赛, board: rounds, round: 2, winners: semi}
prizes:
  - {key: cup, title: 杯, value: 900, stock: 90000, price: 300, collect: 来领}
  - {key: coins, title: 积分, kind: points, value: 5, stock: 1000000}
pools:
  - key: p
    title: 抽
    prizes: [{prize: cup, odds: 20000, release: [{units: 30, daily: true}]}, {prize: coins, odds: 300000}]
    limits: [{by: player, max: 3, per: week}]
drawings:
  - {key: daily, title: 每日, every: day, at: 2026-01-02 10:00, repeat: true, who: {finished: 2},
     prizes: [{prize: cup, count: 20}]}
  - {key: weekly, title: 每周, every: week, repeat: true, who: {full: true}, prizes: [{prize: cup, count: 50}]}
  - {key: last, title: 年终, at: 2027-01-05 10:00, who: {cards: 12}, prizes: [{prize: cup, count: 100}]}
  - {key: share, title: 瓜分积分, at: 2027-01-06 10:00, who: {holds: {purse: flowers, least: 20}},
     pot: {prize: coins, total: 100000, least: 1}}
certificates: [{key: c, title: 证书, text: 好, who: {passed: [all]}}]
`)
	return b.String()
}

func TestTheLargestContestIsPlayedToItsEnd(t *testing.T) {
	d := contests.Parsed(t, largest())
	r := simulation.Run(d, simulation.Config{Players: 256, Days: 366, Seed: 1})
	if held := r.Drawings[0].Held + r.Drawings[1].Held + r.Drawings[2].Held; held != 365+53+1 || r.Levels[23].Begun == 0 {
		t.Errorf("%d drawings, %d attempts at the last level", held, r.Levels[23].Begun)
	}
	if r.Drawings[3].Held != 1 || r.Totals["best@l0 of the last week"].Most == 0 {
		t.Errorf("the pot was divided %d times; totals are %v", r.Drawings[3].Held, r.Totals)
	}
	for _, rule := range r.Rules {
		if rule.Times == 0 {
			t.Errorf("%s gave nothing in a year", rule.Rule)
		}
	}
}

// What a player of twelve months costs.
func BenchmarkAPlayerOfTheLargestContest(b *testing.B) {
	text := []byte(largest())
	d, err := contest.Parse("largest.yaml", text)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("load and check", func(b *testing.B) {
		for b.Loop() {
			again, _ := contest.Parse("largest.yaml", text)
			compliance.Check(again)
		}
	})
	b.Run("live", func(b *testing.B) {
		b.ReportAllocs()
		seed := uint64(0)
		for b.Loop() {
			seed++
			simulation.Run(d, simulation.Config{Players: 1, Days: 366, Seed: seed})
		}
	})
}
