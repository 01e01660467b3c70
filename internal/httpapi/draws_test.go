package httpapi_test

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

const lotteryContest = `
contest: lottery
title: 安全生产月有奖竞答
organizer: 县安委办
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
retention: 30d
levels: [{key: only, title: 一题, questions: [{count: 1}], pass: 1}]
players: {fields: [{key: tel, kind: phone, label: 手机号, ask: optional, when: claim, why: 中奖后联系}]}
pledge: {title: 我为安全生产倡议, lines: [遵守安全规章]}
earnings: [{key: signed, for: pledge, give: {points: 120, chances: 3}, max: 1, per: contest}]
prizes:
  - {key: kettle, title: 电水壶, kind: goods, value: 9900, stock: 200, collect: 到社区服务站领取}
  - {key: film, title: 电影票, kind: voucher, value: 4000, stock: 100, price: 50}
  - {key: thanks, title: 谢谢参与, kind: thanks}
pools:
  - {key: wheel, title: 幸运转盘, prizes: [{prize: kettle, odds: 1000000}, {prize: thanks}]}
  - {key: families, title: 每家一份, prizes: [{prize: kettle, odds: 1000000}], limits: [{by: phone, max: 1}]}
  - {key: over, title: 已经结束, closes: 2026-01-02 00:00, prizes: [{prize: kettle, odds: 1000000}]}
`

type drawn struct {
	Chance, Award, Note string
	Prize               *struct{ Key, Title string }
}

type drawsPage struct {
	Pools []struct {
		Key, State string
		Prizes     []struct{ Key, Odds, Stock string }
	}
	Shop []struct {
		Key     string
		Price   int
		SoldOut bool `json:"sold_out"`
	}
	Me *struct {
		Chances      []string
		Left, Points int
		Draws        []drawn
	}
}

func lotteryHouse(t *testing.T, stores *testkit.Store) (*house, *testkit.Player) {
	t.Helper()
	h := openHouse(t, stores)
	if _, err := h.app.Catalog.Apply(t.Context(), "lottery.yaml", []byte(lotteryContest), "test"); err != nil {
		t.Fatal(err)
	}
	p := h.enrolled("lottery")
	if err := p.Call(http.MethodPost, p.InContest("/pledge"), map[string]any{"name": "张建国"}, nil); err != nil {
		t.Fatal(err)
	}
	return h, p
}

func drawsOf(t *testing.T, p *testkit.Player) (page drawsPage) {
	t.Helper()
	if err := p.Call(http.MethodGet, p.InContest("/draws"), nil, &page); err != nil {
		t.Fatal(err)
	}
	return page
}

func TestChancesAreDrawnAndPointsSpentAsDocumented(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h, p := lotteryHouse(t, stores)
		if page := drawsOf(t, h.player("lottery")); page.Me != nil || len(page.Pools) != 3 ||
			page.Pools[0].Prizes[0].Odds != "每次都中" || page.Pools[2].State != "closed" {
			t.Errorf("a stranger sees %+v", page)
		}
		page := drawsOf(t, p)
		if page.Me == nil || page.Me.Left != 3 || page.Me.Points != 120 || len(page.Me.Chances) != 3 {
			t.Fatalf("the player sees %+v", page.Me)
		}
		var first, again struct {
			Draw drawn
			Left int
		}
		body := map[string]string{"chance": page.Me.Chances[0]}
		for _, reply := range []any{&first, &again} {
			if err := p.Call(http.MethodPost, p.InContest("/pools/wheel/draws"), body, reply); err != nil {
				t.Fatal(err)
			}
		}
		if first.Draw.Prize == nil || first.Draw.Prize.Key != "kettle" || first.Left != 2 || first.Draw.Award == "" ||
			again.Draw.Award != first.Draw.Award {
			t.Errorf("drawn %+v, and again %+v", first, again)
		}
		desk := h.member(staff.Prizes)
		added, text := h.send(desk, http.MethodPost, consolePath+"/contests/lottery/prizes/film/codes", asFile,
			strings.NewReader("AB12-CD34\n"))
		if added.StatusCode != http.StatusCreated || text != `{"added":1,"known":0,"total":1}` {
			t.Fatalf("codes: %d %s", added.StatusCode, text)
		}
		var bought struct {
			Award, Code string
			Points      int
		}
		for range 2 {
			if err := p.Call(http.MethodPost, p.InContest("/shop/film"), map[string]string{"request": "one"},
				&bought); err != nil {
				t.Fatal(err)
			}
		}
		if bought.Code != "AB12-CD34" || bought.Points != 70 {
			t.Errorf("bought %+v", bought)
		}
		if page := drawsOf(t, p); len(page.Me.Draws) != 1 || page.Me.Left != 2 || page.Me.Points != 70 ||
			!page.Shop[0].SoldOut {
			t.Errorf("afterwards the player sees %+v and %+v", page.Me, page.Shop)
		}
	})
}

func TestARefusedDrawOrExchangeHasItsCodeAndTakesNothing(t *testing.T) {
	h, p := lotteryHouse(t, embedded(t))
	chances := drawsOf(t, p).Me.Chances
	other := h.enrolled("lottery")
	if err := p.Call(http.MethodPost, p.InContest("/pools/wheel/draws"), map[string]string{"chance": chances[2]},
		nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		by         *testkit.Player
		path, body string
		want       string
	}{
		{p, "/pools/nowhere/draws", `{"chance":"` + chances[0] + `"}`, "404 pool_unknown"},
		{p, "/pools/over/draws", `{"chance":"` + chances[0] + `"}`, "409 pool_closed"},
		{p, "/pools/families/draws", `{"chance":"` + chances[0] + `"}`, "409 needs_phone"},
		{p, "/pools/families/draws", `{"chance":"` + chances[2] + `"}`, "409 chance_used"},
		{p, "/pools/wheel/draws", `{"chance":"123"}`, "404 chance_unknown"},
		{p, "/pools/wheel/draws", `{"chance":"-1"}`, "400 invalid_field"},
		{p, "/pools/wheel/draws", `{"chance":7}`, "400 invalid_field"},
		{p, "/pools/wheel/draws", `[]`, "400 invalid_json"},
		{other, "/pools/wheel/draws", `{"chance":"` + chances[0] + `"}`, "404 chance_unknown"},
		{h.player("lottery"), "/pools/wheel/draws", `{"chance":"` + chances[0] + `"}`, "401 unauthenticated"},
		{p, "/shop/kettle", `{"request":"a"}`, "404 prize_not_for_sale"},
		{p, "/shop/film", `{"request":"a"}`, "409 prize_sold_out"},
		{p, "/shop/film", `{"request":""}`, "400 invalid_field"},
		{p, "/shop/film", `{"request":"` + strings.Repeat("x", 41) + `"}`, "400 invalid_field"},
		{other, "/shop/film", `{"request":"a"}`, "409 points_too_few"},
	} {
		reply, text := h.postJSON(c.by, c.by.InContest(c.path), c.body)
		status, code, _ := strings.Cut(c.want, " ")
		if fmt.Sprint(reply.StatusCode) != status || !strings.Contains(text, `"`+code+`"`) {
			t.Errorf("%s %s: %d %s, want %s", c.path, c.body, reply.StatusCode, text, c.want)
		}
	}
	if page := drawsOf(t, p); page.Me.Left != 2 || page.Me.Points != 120 {
		t.Errorf("afterwards there are %d chances and %d points", page.Me.Left, page.Me.Points)
	}
}

func TestPoolsAndCodesAreForWhoMaySeeThem(t *testing.T) {
	h, p := lotteryHouse(t, embedded(t))
	for _, chance := range drawsOf(t, p).Me.Chances {
		if err := p.Call(http.MethodPost, p.InContest("/pools/wheel/draws"), map[string]string{"chance": chance},
			nil); err != nil {
			t.Fatal(err)
		}
	}
	h.later(6e9) // figures are kept for some seconds
	viewer := h.member(staff.Viewer)
	type figures struct {
		Key    string
		Draws  int
		Prizes []struct{ Won, Measured, Left int }
	}
	var got struct{ Pools []figures }
	if err := viewer.Call(http.MethodGet, consolePath+"/contests/lottery/pools", nil, &got); err != nil {
		t.Fatal(err)
	}
	if want := (figures{"wheel", 3, []struct{ Won, Measured, Left int }{{3, 1_000_000, 197},
		{}}}); !reflect.DeepEqual(got.Pools[0], want) {
		t.Errorf("the wheel is %+v, want %+v", got.Pools[0], want)
	}
	keeper := h.member(staff.Prizes)
	for _, c := range []struct {
		by         *testkit.Player
		path, body string
		want       string
	}{
		{viewer, "/prizes/film/codes", "A1", "403 not_permitted"},
		{keeper, "/prizes/none/codes", "A1", "404 prize_unknown"},
		{keeper, "/prizes/kettle/codes", "A1", "409 prize_no_voucher"},
		{keeper, "/prizes/film/codes", "", "400 codes_none"},
		{keeper, "/prizes/film/codes", "A1\nA\u200b2", "400 codes_wrong"},
		{keeper, "/prizes/film/codes", "PK\x03\x04broken", "400 codes_unreadable"},
		{keeper, "/prizes/film/codes", strings.Repeat("x", 20<<20+1), "413 codes_file_too_large"},
		{keeper, "/prizes/film/codes", "A1", `201 "added":1`},
		{keeper, "/prizes/film/codes", "A1", "409 codes_known"},
	} {
		reply, text := h.send(c.by, http.MethodPost, consolePath+"/contests/lottery"+c.path, asFile,
			strings.NewReader(c.body))
		status, code, _ := strings.Cut(c.want, " ")
		if fmt.Sprint(reply.StatusCode) != status || !strings.Contains(text, code) {
			t.Errorf("%s %.20q: %d %s, want %s", c.path, c.body, reply.StatusCode, text, c.want)
		}
	}
}
