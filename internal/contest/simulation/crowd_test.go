package simulation_test

import (
	"strings"
	"testing"

	"anquanda/internal/contest/simulation"
	"anquanda/internal/testkit/contests"
)

const festival = `contest: festival
title: 灯会
organizer: 测试
training: {opens: 2026-05-29, closes: 2026-06-01}
window: {opens: 2026-06-01, closes: 2026-06-11}
bank: safety
levels:
  - {key: a, title: 甲, questions: [{count: 5}], pass: 3}
  - {key: night, title: 夜场, questions: [{count: 5}], after: [], opens: 2026-06-04 21:30, closes: 2026-06-05 00:00}
earnings:
  - {key: both, when: {result: passed}, give: {points: 5, chances: 2}, max: 1, per: day}
  - {key: came, for: checkin, give: {points: 1}, max: 1, per: day}
  - {key: signed, for: pledge, give: {points: 3}, max: 1, per: contest}
pledge: {title: 承诺, lines: [不占消防通道。]}
prizes:
  - {key: lamp, title: 灯, kind: goods, value: 2000, stock: 40}
  - {key: tea, title: 茶, kind: goods, value: 500, stock: 30, price: 20}
  - {key: coins, title: 积分, kind: points, value: 4, stock: 100000}
  - {key: fan, title: 扇子, kind: goods, value: 300, stock: 60}
  - {key: thanks, title: 谢谢, kind: thanks}
pools:
  - key: wheel
    title: 转盘
    limits: [{by: player, max: 1, per: contest, tier: lamp}, {by: player, max: 3, per: day}]
    prizes:
      - {prize: lamp, odds: 20000, release: [{units: 4, daily: true}]}
      - {prize: coins, odds: 300000}
      - {prize: thanks, odds: 600000}
drawings:
  - {key: daily, title: 每日, every: day, at: 2026-06-02 10:00, who: {finished: 1}, prizes: [{prize: fan, count: 5}]}
`

func TestACrowdDrawsBuysAndIsDrawnAsTheDefinitionSays(t *testing.T) {
	r := simulation.Run(contests.Parsed(t, festival), simulation.Config{Players: 3000, Days: 10, Seed: 9})
	pool, prizes := r.Pools[0], map[string]simulation.PrizeCount{}
	for _, p := range r.Prizes {
		prizes[p.Prize] = p
	}
	if r.Training.Begun == 0 || r.Levels[1].Begun == 0 {
		t.Errorf("%d attempts before the contest, %d in the evening", r.Training.Begun, r.Levels[1].Begun)
	}
	if chances := r.Rules[0].Chances; pool.Draws != chances || chances != 2*r.Rules[0].Times {
		t.Errorf("%d chances of %d passes were drawn %d times", chances, r.Rules[0].Times, pool.Draws)
	}
	if share := float64(pool.Prizes[1].Rolled) / float64(pool.Draws); share < 0.28 || share > 0.32 {
		t.Errorf("of odds of 0.3 came %.3f", share)
	}
	if lamp := prizes["lamp"]; lamp.Pools != 40 || pool.Missed["later"]+pool.Missed["out"] == 0 {
		t.Errorf("lamps given %+v, and otherwise %v", lamp, pool.Missed)
	}
	if tea := prizes["tea"]; tea.Shop != 30 || tea.Given != 30 {
		t.Errorf("of 30 packets for points %+v", tea)
	}
	if d := r.Drawings[0]; d.Held != 10 || d.Winners != 50 || prizes["fan"].Drawings != 50 || d.Players < 1000 {
		t.Errorf("ten daily drawings of five: %+v", d)
	}
	if r.Money != 40*2000+30*500+50*300 || r.Budget != 40*2000+30*500+60*300 {
		t.Errorf("worth %d of %d cents", r.Money, r.Budget)
	}
	if r.Rules[2].Times == 0 || r.Deeds["pledge"] > int64(r.Players) {
		t.Errorf("%d pledges", r.Deeds["pledge"])
	}
	var out strings.Builder
	r.Print(&out)
	for _, want := range []string{"pool wheel", "before the contest", "1100.00"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table does not tell %q:\n%s", want, out.String())
		}
	}
}

func TestWhoWonIsDrawnAgainOnlyWhereTheDefinitionSaysSo(t *testing.T) {
	once := strings.Replace(festival, "count: 5}]}", "count: 6}]}", 1)
	for _, c := range []struct {
		name, text  string
		least, most int64
	}{
		{"everybody wins once", once, 1, 20},
		{"everybody may win again", strings.Replace(once, "every: day", "every: day, repeat: true", 1), 21, 60},
	} {
		r := simulation.Run(contests.Parsed(t, c.text), simulation.Config{Players: 20, Days: 10, Seed: 2})
		if d := r.Drawings[0]; d.Winners < c.least || d.Winners > c.most || d.Winners+d.Unclaimed != 60 {
			t.Errorf("%s: %+v", c.name, d)
		}
	}
}
