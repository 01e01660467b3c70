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

// largest is a contest with every part that a crowd plays, of 24 levels and twelve months.
func largest() string {
	var b strings.Builder
	b.WriteString("contest: largest\ntitle: 全年\norganizer: 测试\ncontact: 电话见公告\nbank: safety\n" +
		"training: {opens: 2025-12-25, closes: 2026-01-01}\nwindow: {opens: 2026-01-01, closes: 2027-01-01}\nperiods:\n")
	for month := 1; month <= 12; month++ {
		fmt.Fprintf(&b, "  - {title: %d 月, opens: 2026-%02d-01, closes: %s}\n", month, month,
			fmt.Sprintf("%d-%02d-01", 2026+month/12, month%12+1))
	}
	b.WriteString("players: {divisions: [{key: x, title: 甲组}, {key: y, title: 乙组}]}\nlevels:\n")
	for i := range 24 {
		after := ""
		if i%4 == 0 {
			after = ", after: []"
		}
		fmt.Fprintf(&b, "  - {key: l%d, title: 第%d关, questions: [{count: 8}, {count: 2, score: 20}], pass: 6, "+
			"attempts: {max: 2, per: day}, opens: day %d%s}\n", i, i, 1+15*(i/4*4)/2, after)
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
caps: [{of: points, max: 200, per: day}, {of: chance, max: 5, per: week}]
pledge: {title: 承诺, lines: [不占消防通道。]}
boards:
  - {key: best, title: 总榜, subject: player, measure: best, ties: time, daily: true}
  - {key: points, title: 积分榜, subject: player, measure: points}
  - {key: sum, title: 总和榜, subject: player, measure: sum}
  - {key: units, title: 单位榜, subject: unit, measure: players}
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
