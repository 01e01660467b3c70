package app

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/prize/instant"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// familyContest gives each phone one prize at most.
const familyContest = `
contest: family
title: 一户一奖
organizer: 县安委办
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
window: {opens: 2026-06-01 00:00, closes: 2026-07-01 00:00}
retention: 30d
bank: safety
players:
  fields: [{key: phone, label: 手机号, kind: phone, when: start, why: 中奖后联系}]
levels: [{key: only, title: 一题, questions: [{count: 1}]}]
earnings: [{key: chance, give: {chances: 1}}]
prizes: [{key: towel, title: 毛巾, stock: 10, collect: 到社区领取}]
pools:
  - key: wheel
    title: 转盘
    prizes: [{prize: towel, odds: 1000000}]
    limits: [{by: phone, max: 1, per: contest}]
`

// movable is a clock that a test sets.
type movable struct{ ms atomic.Int64 }

func (m *movable) now() time.Time { return time.UnixMilli(m.ms.Load()) }

func (m *movable) set(text string) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	m.ms.Store(at.UnixMilli())
}

func familyApp(t *testing.T, s *testkit.Store) (*App, *catalog.Contest, *movable) {
	t.Helper()
	clock := &movable{}
	clock.set("2026-06-16T10:00:00+08:00")
	a := openApp(t, s, clock.now)
	c, err := a.Catalog.Apply(t.Context(), "family.yaml", []byte(familyContest), "test")
	if err != nil {
		t.Fatal(err)
	}
	return a, c, clock
}

func registered(t *testing.T, a *App, c *catalog.Contest, phone string) sqldb.ID {
	t.Helper()
	e, err := a.Players.Join(t.Context(), c.Definition, c.ContestID, 0, identity.Application{
		Nickname: "小李", Fields: map[string]string{"phone": phone}, At: a.now().UnixMilli(),
		Consent: personal.ConsentTo(c.Definition, personal.EntryFields(c.Definition)).Version,
	})
	if err != nil {
		t.Fatal(err)
	}
	return e.PlayerID
}

// draws earns the player a chance and uses it.
func draws(t *testing.T, a *App, c *catalog.Contest, player sqldb.ID, n int) *instant.Draw {
	t.Helper()
	at := a.now().UnixMilli()
	_, err := a.Play.Give(t.Context(), c, player, contest.Deed{Kind: contest.DeedCheckin, Ref: fmt.Sprint(n), At: at},
		[]contest.Grant{{Kind: contest.GrantChance, Source: fmt.Sprint("test ", n), Rule: "chance", Amount: 1, At: at}})
	if err != nil {
		t.Fatal(err)
	}
	chances, _, err := a.Instant.Chances(t.Context(), c.ContestID, player, 1)
	if err != nil || len(chances) != 1 {
		t.Fatalf("the chances are %v, %v", chances, err)
	}
	draw, err := a.Instant.Draw(t.Context(), c, player, "wheel", chances[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return draw
}

func TestOnePhoneOfSeveralPlayersWinsOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a, c, _ := familyApp(t, s)
		first := registered(t, a, c, "13800138000")
		if draw := draws(t, a, c, first, 1); draw.AwardID == nil {
			t.Fatalf("the first draw gives %+v", draw)
		}
		// Another account of the same person, who writes the number in another way.
		if draw := draws(t, a, c, registered(t, a, c, "+86 138-0013-8000"), 1); draw.AwardID != nil {
			t.Errorf("the same phone wins again: %+v", draw)
		}
		// A new number does not free the one that has won.
		if err := a.Players.Untell(t.Context(), c.ContestID, first, "phone"); err != nil {
			t.Fatal(err)
		}
		if draw := draws(t, a, c, registered(t, a, c, "13800138000"), 1); draw.AwardID != nil {
			t.Errorf("after its owner deleted it, the phone wins again: %+v", draw)
		}
		if draw := draws(t, a, c, registered(t, a, c, "13900139000"), 1); draw.AwardID == nil {
			t.Errorf("another phone wins nothing: %+v", draw)
		}
	})
}
