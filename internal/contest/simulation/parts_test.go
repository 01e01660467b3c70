package simulation_test

import (
	"os"
	"reflect"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/contest/simulation"
	"anquanda/internal/testkit/contests"
)

// bazaar is a contest in which what everything.yaml holds only in small is worth much.
const bazaar = `contest: bazaar
title: 集市
organizer: 测试
training: {opens: 2026-05-30, closes: 2026-06-01}
window: {opens: 2026-06-01, closes: 2026-06-21}
bank: safety
periods: [{title: 上旬, opens: day 1, closes: day 11}, {title: 中旬, opens: day 11, closes: 2026-06-21}]
players: {divisions: [{key: worker, title: 务工者}, {key: resident, title: 居民}]}
units: [{code: a, name: 甲, children: [{code: b, name: 乙}]}]
levels:
  - {key: a, title: 甲, questions: [{count: 5}], pass: 3, attempts: {max: 2, per: period},
     time: {level: 9m, review: 0s}}
  - {key: b, title: 乙, questions: [{count: 5}], after: [], opens: day 4, closes: day 9,
     again: [{opens: day 15, closes: day 18}], divisions: [worker],
     speed: {within: 2s, least: 40}, time: {question: 20s}}
  - {key: c, title: 丙, questions: [{count: 5}], after: [{list: first}]}
lists: [{key: first, title: 名单, board: whole, count: 40, at: day 5},
  {key: able, title: 高分名单, board: whole, least: 30, at: day 6}]
spots: [{key: booth, title: 展位, opens: day 2, closes: day 18}]
earnings:
  - {key: few, when: {below: 4}, give: {points: 5, chances: 3}}
  - {key: found, for: found, give: {points: 5}}
  - {key: came, for: invite, give: {points: 3}}
  - {key: able, for: list, list: able, give: {points: 2}}
  - {key: row, for: checkin, days: 2, give: {points: 4, purse: coins, amount: 1}}
purses: [{key: coins, title: 金币}]
makeup: {price: 6, most: 2}
cards: [{key: a, title: 甲}, {key: b, title: 乙}]
share: {title: 来, text: 来, per_day: 2}
pledge: {title: 承诺, lines: [不占消防通道。]}
teams: {title: 家庭, size: {least: 2, most: 4}}
boards: [{key: kin, title: 家庭榜, subject: team, measure: best}, {key: all, title: 总榜, subject: player, measure: best},
  {key: whole, title: 全程榜, subject: player, measure: best}]
prizes:
  - {key: lamp, title: 灯, kind: goods, value: 2000, stock: 400, tier: big}
  - {key: tea, title: 茶, kind: goods, value: 500, stock: 300, price: 20}
  - {key: fan, title: 扇子, kind: goods, value: 300, stock: 600}
  - {key: thanks, title: 谢谢, kind: thanks}
pools:
  - key: wheel
    title: 转盘
    opens: 2026-06-03
    closes: 2026-06-19
    limits: [{by: player, max: 2, per: day, tier: big}]
    prizes:
      - {prize: lamp, odds: 200000, guaranteed: 9, release: [{at: day 4, units: 3, daily: true}]}
      - {prize: thanks, odds: 600000}
drawings:
  - {key: a, title: 甲, at: 2026-06-22 10:00, who: {finished: 2}, tickets: points,
     prizes: [{prize: fan, count: 30}], reserves: 3}
  - {key: b, title: 乙, at: 2026-06-23 10:00, who: {points: 20}, prizes: [{prize: fan, count: 30}]}
`

// sharper are changes of bazaar that its crowd feels, for parts of which everything.yaml
// holds too little.
var sharper = []struct{ part, path, to string }{
	{"window.opens", "window.opens", "2026-06-05"},
	{"period.opens", "periods[1].opens", "day 13"},
	{"period.closes", "periods[0].closes", "day 7"},
	{"level.opens", "levels[1].opens", "day 6"},
	{"level.closes", "levels[1].closes", "day 6"},
	{"opening.opens", "levels[1].again[0].opens", "day 17"},
	{"opening.closes", "levels[1].again[0].closes", "day 16"},
	{"level.time.level", "levels[0].time.level", "20s"},
	{"level.speed.least", "levels[1].speed.least", "90"},
	{"list.count", "lists[0].count", "3"},
	{"list.least", "lists[1].least", "80"},
	{"list.at", "lists[0].at", "day 14"},
	{"teams.size.least", "teams.size.least", "3"},
	{"teams.size.most", "teams.size.most", "3"},
	{"spot.opens", "spots[0].opens", "day 9"},
	{"spot.closes", "spots[0].closes", "day 9"},
	{"earning.when.below", "earnings[0].when.below", "2"},
	{"share.per_day", "share.per_day", "1"},
	{"prize.price", "prizes[1].price", "60"},
	{"prize.tier", "prizes[0].tier", "small"},
	{"pool.opens", "pools[0].opens", "2026-06-10"},
	{"pool.closes", "pools[0].closes", "2026-06-09"},
	{"pool.limits.by", "pools[0].limits[0].by", "unit"},
	{"pool.limits.max", "pools[0].limits[0].max", "1"},
	{"pool.limits.per", "pools[0].limits[0].per", "contest"},
	{"pool.limits.tier", "pools[0].limits[0].tier", "other"},
	{"pool.prizes.odds", "pools[0].prizes[0].odds", "20000"},
	{"pool.prizes.guaranteed", "pools[0].prizes[0].guaranteed", "2"},
	{"pool.prizes.release.at", "pools[0].prizes[0].release[0].at", "day 9"},
	{"pool.prizes.release.units", "pools[0].prizes[0].release[0].units", "1"},
	{"pool.prizes.release.daily", "pools[0].prizes[0].release[0].daily", "false"},
	{"drawing.repeat", "drawings[1].repeat", "true"},
	{"condition.finished", "drawings[0].who.finished", "9"},
	{"makeup.price", "makeup.price", "40"},
	{"makeup.most", "makeup.most", "1"},
	{"condition.holds.least", "drawings[1].who.holds", "{purse: coins, least: 3}"},
	{"condition.points", "drawings[1].who.points", "60"},
	{"condition.cards", "drawings[1].who.cards", "2"},
	{"condition.score", "drawings[1].who.score", "90"},
	{"condition.invited", "drawings[1].who.invited", "2"},
	{"condition.found", "drawings[1].who.found", "1"},
	{"condition.division", "drawings[1].who.division", "worker"},
	{"condition.top.count", "drawings[1].who.top", "{board: all, count: 3}"},
	{"condition.best.score", "drawings[1].who.best", "{level: a, score: 50}"},
	{"condition.best.right", "drawings[1].who.best", "{level: a, right: 5}"},
}

// simulated is what a small crowd comes to.
func simulated(d *contest.Definition) *simulation.Result {
	return simulation.Run(d, simulation.Config{Players: 60, Days: 31, Seed: 9})
}

// What a part decides, the simulation shows: each part of the table is tried with another
// value in a contest that holds it.
func TestTheSimulationChangesWithEveryPartThatDecidesSomething(t *testing.T) {
	text, err := os.ReadFile("../testdata/everything.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d, felt := contests.Parsed(t, string(text)), map[string]bool{}
	before := simulated(d)
	contests.Probe(t, d, func(p contests.Probed) {
		if !felt[p.Part] {
			p.With(func() { felt[p.Part] = !reflect.DeepEqual(simulated(d), before) })
		}
	})
	before = simulated(contests.Parsed(t, bazaar))
	for _, s := range sharper {
		changed, err := contest.Edit([]byte(bazaar), s.path, s.to)
		if err != nil {
			t.Fatalf("%s = %s: %v", s.path, s.to, err)
		}
		if felt[s.part] {
			t.Errorf("%s needs no change of its own: everything.yaml holds enough of it", s.part)
		}
		felt[s.part] = !reflect.DeepEqual(simulated(contests.Parsed(t, string(changed))), before)
	}
	contests.Told(t, contests.InSimulation, felt)
}
