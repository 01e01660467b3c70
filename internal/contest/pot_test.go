package contest_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/testkit/contests"
)

func TestAPotIsDividedInWholeUnitsWithinItsBounds(t *testing.T) {
	for _, of := range []struct {
		pot    contest.Pot
		people int
		want   []contest.PotPart
	}{
		{contest.Pot{Total: 100, Rest: contest.RestDrawn}, 3, []contest.PotPart{{1, 34}, {2, 33}}},
		{contest.Pot{Total: 100, Rest: contest.RestKept}, 3, []contest.PotPart{{3, 33}}},
		{contest.Pot{Total: 100, Rest: contest.RestDrawn}, 4, []contest.PotPart{{4, 25}}},
		{contest.Pot{Total: 100, Rest: contest.RestDrawn}, 0, nil},
		{contest.Pot{Total: 5, Rest: contest.RestDrawn}, 9, []contest.PotPart{{5, 1}}}, // not a cent for each
		{contest.Pot{Total: 100, Least: 30, Rest: contest.RestDrawn}, 9, []contest.PotPart{{1, 34}, {2, 33}}},
		{contest.Pot{Total: 100, Least: 101}, 9, nil},
		{contest.Pot{Total: 100, Most: 20, Rest: contest.RestDrawn}, 3, []contest.PotPart{{3, 20}}},
		{contest.Pot{Total: 100, Most: 34, Rest: contest.RestDrawn}, 3, []contest.PotPart{{1, 34}, {2, 33}}},
		{contest.Pot{Total: 100, Most: 33, Rest: contest.RestDrawn}, 3, []contest.PotPart{{3, 33}}},
	} {
		got := of.pot.Parts(of.people)
		same := len(got) == len(of.want)
		for i := 0; same && i < len(got); i++ {
			same = got[i] == of.want[i]
		}
		if !same {
			t.Errorf("%+v among %d: %+v, want %+v", of.pot, of.people, got, of.want)
		}
	}
}

// Whatever the pot, nobody gets less or more than the bounds, no two differ by more than
// one, and all together are never more than the pot; nothing is kept that could be given.
func TestSharesAreNeverMoreThanThePot(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		p := contest.Pot{Total: 1 + random.IntN(5000), Least: random.IntN(40), Rest: contest.RestDrawn}
		if random.IntN(2) == 0 {
			p.Most = p.Least + 1 + random.IntN(60)
		}
		people := 1 + random.IntN(300)
		sum, heads, low, high := 0, 0, 0, 0
		for _, part := range p.Parts(people) {
			sum, heads, low = sum+part.People*part.Share, heads+part.People, part.Share
			high = max(high, part.Share)
		}
		capped := p.Most > 0 && low == p.Most
		switch {
		case sum > p.Total || heads > people || heads > 0 && (low < max(1, p.Least) || high-low > 1),
			p.Most > 0 && high > p.Most, heads > 0 && !capped && sum != p.Total:
			t.Fatalf("%+v among %d: %+v", p, people, p.Parts(people))
		}
	}
}

const potted = `contest: pot
title: 瓜分
organizer: 测试
window: {opens: 2026-06-01, closes: 2026-06-08}
bank: safety
levels: [{key: a, title: 甲, questions: [{count: 5}]}]
purses: [{key: flower, title: 小红花}]
boards: [{key: all, title: 总榜, subject: player, measure: best}]
prizes: [{key: money, title: 红包, kind: redpacket, stock: 1}, {key: cup, title: 杯, kind: goods, stock: 1},
  {key: dots, title: 积分, kind: points, stock: 1}]
drawings:
  - {key: share, title: 瓜分, at: 2026-06-09 10:00, source: 双色球, `

func TestAPotThatCannotBeSharedIsFound(t *testing.T) {
	for with, want := range map[string]string{
		"pot: {prize: cup, total: 100}":                                                  "drawings[0].pot.prize",
		"pot: {prize: none, total: 100}":                                                 "drawings[0].pot.prize",
		"pot: {prize: money, total: 0}":                                                  "drawings[0].pot.total",
		"pot: {prize: money, total: 100, least: 101}":                                    "drawings[0].pot.least",
		"pot: {prize: money, total: 100, least: 9, most: 8}":                             "drawings[0].pot.most",
		"pot: {prize: money, total: 100, purse: flower}":                                 "drawings[0].pot.purse",
		"pot: {prize: dots, total: 100, purse: none}":                                    "drawings[0].pot.purse",
		"pot: {prize: money, total: 100, rest: mine}":                                    "drawings[0].pot.rest",
		"pot: {prize: money, total: 100}, prizes: [{prize: cup, count: 1}]":              "drawings[0].prizes",
		"pot: {prize: money, total: 100}, reserves: 2":                                   "drawings[0].reserves",
		"pot: {prize: money, total: 100}, tickets: points":                               "drawings[0].tickets",
		"pot: {prize: money, total: 100}, repeat: true":                                  "drawings[0].repeat",
		"pot: {prize: money, total: 100, least: 50}, who: {top: {board: all, count: 3}}": "drawings[0].pot.total",
		"who: {finished: 1}":                                                             "drawings[0].prizes",
	} {
		_, problems := contest.Parse("pot.yaml", []byte(potted+with+"}\n"))
		if problems == nil || !strings.Contains(problems.Error(), want+":") {
			t.Errorf("%s: %v", with, problems)
		}
	}
	for _, good := range []string{"pot: {prize: money, total: 100, least: 9, most: 20}",
		"pot: {prize: dots, total: 100, purse: flower, rest: kept}, who: {top: {board: all, count: 3}}"} {
		contests.Parsed(t, potted+good+"}\n")
	}
}
