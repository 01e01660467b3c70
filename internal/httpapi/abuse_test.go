package httpapi_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// goodsContest gives goods by a pool, a shop, a drawing and invitations, all to proven
// persons. The rules of a real contest would be slower; a script's crowd is as fast.
const goodsContest = `
contest: goods
title: 有奖答题
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
retention: 30d
players:
  proof: [phone]
  fields: [{key: tel, kind: phone, label: 手机号, ask: optional, when: start, why: 联系获奖的人}]
share: {title: 一起来, counts: joined, per_day: 1000}
levels: [{key: only, title: 一题, questions: [{count: 1}], pass: 1}]
earnings:
  - {key: came, for: checkin, give: {points: 60, chances: 2}, max: 1, per: contest}
  - {key: invited, for: invite, give: {points: 1}}
prizes:
  - {key: kettle, title: 电水壶, kind: goods, value: 9900, stock: 9000, collect: 到一楼领取}
  - {key: bag, title: 布袋, kind: goods, value: 500, stock: 9000, price: 50, collect: 到一楼领取}
  - {key: helmet, title: 安全帽, kind: goods, value: 5000, stock: 9, collect: 到一楼领取}
pools: [{key: sure, title: 抽奖, prizes: [{prize: kettle, odds: 1000000}], limits: [{by: phone, max: 1}]}]
drawings:
  - {key: grand, title: 大奖, at: 2029-06-01 00:00, who: {points: 1}, source: 双色球,
     prizes: [{prize: helmet, count: 8}]}
`

// goods is the program with goodsContest.
type goods struct {
	*house
	in      *catalog.Contest
	consent string
}

func goodsHouse(t *testing.T, stores *testkit.Store) *goods {
	t.Helper()
	g := &goods{house: openHouse(t, stores)}
	var err error
	if g.in, err = g.app.Catalog.Apply(t.Context(), "goods.yaml", []byte(goodsContest), "test"); err != nil {
		t.Fatal(err)
	}
	var home struct {
		Contest struct {
			Asks struct{ Consent struct{ Version string } }
		}
	}
	p := g.player("goods")
	if err := p.Call(http.MethodGet, p.InContest(""), nil, &home); err != nil {
		t.Fatal(err)
	}
	g.consent = home.Contest.Asks.Consent.Version
	return g
}

// tell enrols a phone as a person with a number, or changes the number.
func (g *goods) tell(p *testkit.Player, number string) {
	g.t.Helper()
	err := p.Call(http.MethodPost, p.InContest("/enrolment"), map[string]any{"nickname": "平安青松",
		"fields": map[string]string{"tel": number}, "consent": g.consent}, nil)
	if err != nil {
		g.t.Fatal(err)
	}
}

// come lets somebody new tell a number, come by a link and check in.
func (g *goods) come(number, link string) *testkit.Player {
	g.t.Helper()
	p := g.player("goods")
	g.tell(p, number)
	if link != "" {
		g.visit(p, link)
	}
	if err := p.Call(http.MethodPost, p.InContest("/checkins"), map[string]any{}, nil); err != nil {
		g.t.Fatal(err)
	}
	return p
}

// prove proves the player who joined last by a phone number, as the code by SMS does.
func (g *goods) prove(number string) {
	g.t.Helper()
	var player sqldb.ID
	err := g.app.DB.Get(g.t.Context(), &player, "SELECT MAX(player_id) FROM enrolments WHERE contest_id = ?",
		g.in.ContestID)
	if err == nil {
		_, err = g.app.Players.Prove(g.t.Context(), g.in.Definition, g.in.ContestID, player, identity.Proof{
			Kind: contest.ProofPhone, Subjects: []string{number}, Value: number, At: time.Now().UnixMilli()})
	}
	if err != nil {
		g.t.Fatal(err)
	}
}

// take draws with a player's first chance and buys; it returns the prize that was won and
// the code of each refusal.
func (g *goods) take(p *testkit.Player) (won, draw, shop string) {
	g.t.Helper()
	var reply struct{ Draw drawn }
	body := map[string]string{"chance": drawsOf(g.t, p).Me.Chances[0]}
	err := p.Call(http.MethodPost, p.InContest("/pools/sure/draws"), body, &reply)
	if draw = refusal(err); err == nil && reply.Draw.Prize != nil {
		won = reply.Draw.Prize.Key
	}
	err = p.Call(http.MethodPost, p.InContest("/shop/bag"), map[string]string{"request": "one"}, nil)
	return won, draw, refusal(err)
}

func refusal(err error) string {
	var problem *testkit.Problem
	if errors.As(err, &problem) {
		return problem.Code
	}
	return fmt.Sprint(err)
}

type invited struct{ Counted, Waiting, Unproven int }

func (g *goods) invitations(p *testkit.Player) (reply invited) {
	g.t.Helper()
	if err := p.Call(http.MethodGet, p.InContest("/invitations"), nil, &reply); err != nil {
		g.t.Fatal(err)
	}
	return reply
}

// listed freezes the drawing after the contest's day and returns who is on its list.
func (g *goods) listed() int {
	g.t.Helper()
	g.later(time.Until(time.UnixMilli(g.in.Drawings[0].At.MS)) + time.Hour)
	by := staff.Actor{ID: 1, Name: "孙主任"}
	row, err := g.app.Drawings.Plan(g.t.Context(), by, g.in, drawing.Plan{Key: "grand",
		Sources:  []drawing.Source{{Name: "双色球第 2029070 期蓝球", Values: 1, Lowest: 1, Highest: 16}},
		SourceAt: time.Now().UnixMilli() + g.skew.Load() + time.Hour.Milliseconds()})
	if err == nil {
		err = g.app.StartScan(g.t.Context(), g.in)
	}
	var doubts *drawing.Doubts
	waitFor(g.t, func() bool {
		doubts, err = g.app.Drawings.Doubts(g.t.Context(), row.ID)
		return err != nil || doubts.LookedAt > 0
	})
	if err == nil {
		err = g.app.Drawings.Freeze(g.t.Context(), by, row.ID, doubts.Seen)
	}
	if err == nil {
		row, err = g.app.Drawings.Drawing(g.t.Context(), row.ID)
	}
	if err != nil {
		g.t.Fatal(err)
	}
	return row.People
}

// TestACrowdOfInventedPeopleTakesNothingAndHonestOnesLoseNothing plays the scripts that
// once took 530 prizes with 530 invented phones, against the stores of both kinds.
func TestACrowdOfInventedPeopleTakesNothingAndHonestOnesLoseNothing(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		g := goodsHouse(t, stores)
		farm, honest := 500, 20
		if testing.Short() {
			farm = 60
		}
		boss := g.come("13700000000", "") // of the farm; proven, as anybody may be
		g.prove("13700000000")
		host := g.come("13600000000", "")
		g.prove("13600000000")
		bossLink, hostLink := g.link(boss), g.link(host)
		for i := range farm {
			p := g.come(fmt.Sprint(13000000000+i), bossLink)
			if won, draw, shop := g.take(p); won != "" || draw != "needs_proof" || shop != "needs_proof" {
				t.Fatalf("invented person %d: won %q, %s, %s", i, won, draw, shop)
			}
			if i%(farm/honest) == 0 { // an honest one among them, with a number that is the own
				number := fmt.Sprint(13900000000 + i)
				p := g.come(number, hostLink)
				g.prove(number)
				if won, _, shop := g.take(p); won != "kettle" || shop != "<nil>" {
					t.Errorf("honest person %d: won %q, %s", i, won, shop)
				}
			}
		}
		if is := g.invitations(boss); is.Counted != 0 || is.Unproven != farm {
			t.Errorf("the farm's invitations: %+v", is)
		}
		if is := g.invitations(host); is.Counted != honest || is.Waiting != 0 {
			t.Errorf("honest invitations: %+v, want %d counted", is, honest)
		}
		var awards int
		if err := g.app.DB.Get(t.Context(), &awards, "SELECT COUNT(*) FROM awards"); err != nil || awards != 2*honest {
			t.Errorf("%d prizes are out, %v; want those of %d honest people", awards, err, honest)
		}
		if people := g.listed(); people != honest+2 {
			t.Errorf("%d are on the list of the drawing, want the %d proven", people, honest+2)
		}
	})
}

func TestAPhoneThatIsChangedBetweenTwoDrawsWinsOnceOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		g := goodsHouse(t, stores)
		open := strings.Replace(goodsContest, "  proof: [phone]\n", "", 1) +
			"accept: [{finding: unproven-prizes, by: 王主任, why: 这里试手机号的限制}]\n"
		if _, err := g.app.Catalog.Apply(t.Context(), "goods.yaml", []byte(open), "不用证明"); err != nil {
			t.Fatal(err)
		}
		p := g.come("13800001111", "")
		if won, draw, _ := g.take(p); won != "kettle" {
			t.Errorf("the first draw: %q, %s", won, draw)
		}
		g.tell(p, "13900002222")
		if won, draw, _ := g.take(p); won != "" || draw != "<nil>" {
			t.Errorf("the second draw, with another phone: %q, %s", won, draw)
		}
		again := g.come("13800001111", "")
		if won, _, _ := g.take(again); won != "" {
			t.Errorf("another player with the phone of before: %q", won)
		}
	})
}

func TestHomeTellsHowAPersonIsProvenAndWhatFor(t *testing.T) {
	g := goodsHouse(t, embedded(t))
	var home struct {
		Proof *struct {
			Doors     []struct{ Kind string }
			NeededFor []string `json:"needed_for"`
			Proven    []struct{ Kind, Hint string }
		}
	}
	p := g.come("13800001111", "")
	look := func() string {
		if err := p.Call(http.MethodGet, p.InContest(""), nil, &home); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(home.Proof.NeededFor, home.Proof.Proven)
	}
	if got := look(); got != "[pools shop drawings invitations] []" {
		t.Errorf("a guest is told %s", got)
	}
	g.prove("13800001111")
	if got := look(); got != "[pools shop drawings invitations] [{phone 138****1111}]" {
		t.Errorf("a proven person is told %s", got)
	}
	home.Proof = nil
	stranger := g.player("bare")
	if err := stranger.Call(http.MethodGet, stranger.InContest(""), nil, &home); err != nil || home.Proof != nil {
		t.Errorf("a contest of guests tells %+v, %v", home.Proof, err)
	}
}
