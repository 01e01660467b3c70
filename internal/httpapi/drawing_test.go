package httpapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/identity/personal"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

const drawnContest = `
contest: drawn
title: 安全生产月
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
players: {unit: {ask: optional}, fields: [{key: phone, label: 手机号, kind: phone, when: claim, ask: required, why: 中奖后联系}]}
levels: [{key: only, title: 一题, questions: [{count: 1}], pass: 1}]
prizes: [{key: helmet, title: 安全帽, kind: goods, value: 5000, stock: 9, collect: 到一楼领取}]
drawings:
  - {key: grand, title: 大奖, at: 2026-06-01 00:00, who: {points: 1}, prizes: [{prize: helmet, count: 2}], reserves: 1, source: 双色球}
  - {key: weekly, title: 周奖, every: week, who: {points: 1}, prizes: [{prize: helmet, count: 1}], source: 骰子}
claims: {fields: [phone], within: 7d}
accept:
  - {finding: drawing-date, by: 王主任, why: 开奖时间在现场宣布}
  - {finding: unproven-prizes, by: 王主任, why: 到场的人才能领}
`

// drawnInHouse is a house with the contest drawn and a few who have a point.
type drawnInHouse struct {
	*house
	in      *catalog.Contest
	players []*testkit.Player
}

func drawnHouse(t *testing.T, stores *testkit.Store) *drawnInHouse {
	t.Helper()
	d := &drawnInHouse{house: openHouse(t, stores)}
	in, err := d.app.Catalog.Apply(t.Context(), "drawn.yaml", []byte(drawnContest), "test")
	if err != nil {
		t.Fatal(err)
	}
	d.in = in
	for i := range 4 {
		p := d.player("drawn")
		if err := p.Enrol(fmt.Sprintf("平安青松%d", i), ""); err != nil {
			t.Fatal(err)
		}
		d.players = append(d.players, p)
	}
	var ids []sqldb.ID
	if err := d.app.DB.Select(t.Context(), &ids, "SELECT player_id FROM enrolments WHERE contest_id = ?",
		in.ContestID); err != nil {
		t.Fatal(err)
	}
	at := in.Drawings[0].At.MS - 1
	for _, id := range ids {
		point := contest.Grant{Kind: contest.GrantPoints, Source: "test", Rule: "test", Amount: 1, At: at}
		if _, err := d.app.Play.Give(t.Context(), in, id, contest.Deed{Kind: contest.DeedCheckin, Ref: "x", At: at},
			[]contest.Grant{point}); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

type deskDrawing struct {
	Drawing struct {
		ID, State, Fingerprint, Problem string
		Entries, Short                  int
	}
	Waiting []struct {
		ID   string
		Mine bool
	}
	Winners []struct {
		Place    int
		Prize    string
		Name     string
		Gone     bool
		By       int
		Reason   string
		Redeemed bool
	}
}

// plan settles the drawing with a source that is public an hour later.
func (d *drawnInHouse) plan(p *testkit.Player) string {
	d.t.Helper()
	var reply deskDrawing
	err := p.Call(http.MethodPost, consolePath+"/contests/drawn/drawings", map[string]any{
		"key": "grand", "source_at": time.Now().UnixMilli() + d.skew.Load() + time.Hour.Milliseconds(),
		"sources": []map[string]any{{"name": "双色球第 2026070 期蓝球", "values": 1, "lowest": 1, "highest": 16}},
	}, &reply)
	if err != nil {
		d.t.Fatal(err)
	}
	return reply.Drawing.ID
}

func (d *drawnInHouse) step(p *testkit.Player, id, step string, body any) (reply deskDrawing) {
	d.t.Helper()
	if err := p.Call(http.MethodPost, consolePath+"/drawings/"+id+"/"+step, body, &reply); err != nil {
		d.t.Fatalf("%s: %v", step, err)
	}
	return reply
}

// looked looks for signals before a freeze, which is refused until then, and returns what
// was seen.
func (d *drawnInHouse) looked(desk *testkit.Player, id string) (seen map[string]any) {
	d.t.Helper()
	path := consolePath + "/drawings/" + id
	for body, want := range map[string]string{
		`{}`: "invalid_field", `{"signals":0}`: "invalid_field", `{"signals":0,"held":0}`: "drawing_unlooked",
	} {
		if err := desk.Call(http.MethodPost, path+"/freeze", json.RawMessage(body), nil); codeOf(err) != want {
			d.t.Errorf("a freeze by %s before anybody has looked: %v", body, err)
		}
	}
	if err := desk.Call(http.MethodPost, consolePath+"/contests/drawn/signals", map[string]any{}, nil); err != nil {
		d.t.Fatal(err)
	}
	var doubts struct {
		LookedAt int64 `json:"looked_at"`
		Signals  int
		Held     int
	}
	waitFor(d.t, func() bool {
		return desk.Call(http.MethodGet, path+"/doubts", nil, &doubts) == nil && doubts.LookedAt > 0
	})
	unlike := map[string]any{"signals": doubts.Signals + 1, "held": doubts.Held}
	if err := desk.Call(http.MethodPost, path+"/freeze", unlike, nil); codeOf(err) != "drawing_unseen" {
		d.t.Errorf("what is not there was seen: %v", err)
	}
	return map[string]any{"signals": doubts.Signals, "held": doubts.Held}
}

// published goes through all steps of a drawing.
func (d *drawnInHouse) published() string {
	d.t.Helper()
	desk, other := d.member(staff.Prizes), d.member(staff.Owner)
	none := map[string]any{}
	id := d.plan(desk)
	d.step(desk, id, "freeze", d.looked(desk, id))
	waitFor(d.t, func() bool {
		var reply deskDrawing
		return desk.Call(http.MethodGet, consolePath+"/drawings/"+id, nil, &reply) == nil && reply.Drawing.State == "frozen"
	})
	d.later(2 * time.Hour)
	for _, p := range []*testkit.Player{desk, other} {
		d.step(p, id, "source", map[string]any{"values": []string{"16"}})
	}
	d.step(desk, id, "draw", none)
	d.step(desk, id, "publish", none)
	return id
}

func TestADrawingGoesAsDocumented(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		d := drawnHouse(t, stores)
		desk, p := d.member(staff.Prizes), d.players[0]
		look := func(client *testkit.Player, paths ...string) {
			t.Helper()
			for _, path := range paths {
				if err := client.Call(http.MethodGet, path, nil, nil); err != nil {
					t.Errorf("%s: %v", path, err)
				}
			}
		}
		look(p, p.InContest("/drawings"), p.InContest("/winners"), p.InContest("/prizes"))
		look(desk, consolePath+"/contests/drawn/drawings", consolePath+"/contests/drawn/claims")
		id := d.published()
		proposed := d.step(desk, id, "forfeit", map[string]any{"place": 1, "reason": "联系不上"})
		if len(proposed.Waiting) != 1 || !proposed.Waiting[0].Mine || proposed.Winners[0].Gone {
			t.Fatalf("after one person's word: %+v", proposed)
		}
		act := func(p *testkit.Player, method, path string, body any, code string) {
			t.Helper()
			err := p.Call(method, consolePath+"/contests/drawn/"+path, body, nil)
			if (err == nil) != (code == "") || err != nil && !strings.Contains(err.Error(), code) {
				t.Errorf("%s %s: %v, want %q", method, path, err, code)
			}
		}
		none := map[string]any{}
		act(desk, "POST", "proposals/"+proposed.Waiting[0].ID+"/agree", none, "second_person_needed")
		act(d.member(staff.Owner), "POST", "proposals/"+proposed.Waiting[0].ID+"/agree", none, "")
		act(desk, "POST", "proposals/"+proposed.Waiting[0].ID+"/withdraw", none, "proposal_unknown")
		out := map[string]any{"reason": "staff", "note": "本单位职工"}
		act(desk, "PUT", "exclusions/"+d.enrolled("平安青松2"), out, "")
		act(desk, "PUT", "exclusions/"+d.enrolled("平安青松2"), out, "proposal_waiting")
		var after deskDrawing
		if err := desk.Call(http.MethodGet, consolePath+"/drawings/"+id, nil, &after); err != nil {
			t.Fatal(err)
		}
		if len(after.Winners) != 3 || !after.Winners[0].Gone || after.Winners[0].By != 3 || after.Winners[2].Prize != "安全帽" {
			t.Errorf("after a forfeit the winners are %+v", after.Winners)
		}
		look(p, p.InContest("/drawings"), p.InContest("/winners"), "/api/v1/drawings/"+id)
		look(desk, consolePath+"/contests/drawn/drawings", consolePath+"/contests/drawn/claims")
		reply, body := d.send(p, http.MethodGet, "/api/v1/drawings/"+id+"/transcript.json", nil, nil)
		if reply.StatusCode != http.StatusOK {
			t.Fatalf("%d %s", reply.StatusCode, body)
		}
		if _, err := selection.Verify([]byte(body), after.Drawing.Fingerprint, nil, func(selection.Step) {}); err != nil {
			t.Error(err)
		}
		if reply, body := d.send(p, http.MethodGet, "/verify.html", nil, nil); reply.StatusCode != http.StatusOK ||
			len(body) < 1000 {
			t.Errorf("the verifier: %d, %d bytes", reply.StatusCode, len(body))
		}
	})
}

type myPrizes struct {
	Awards []struct {
		ID, Status, Code string
		Asks             bool
	}
}

func TestAnAwardIsClaimedAndHandedOutAsDocumented(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		d := drawnHouse(t, stores)
		d.published()
		var mine myPrizes
		var winner *testkit.Player
		for _, p := range d.players {
			if err := p.Call(http.MethodGet, p.InContest("/prizes"), nil, &mine); err != nil {
				t.Fatal(err)
			}
			if winner = p; len(mine.Awards) == 1 {
				break
			}
		}
		if len(mine.Awards) != 1 || !mine.Awards[0].Asks || mine.Awards[0].Code != "" {
			t.Fatalf("nobody has won: %+v", mine)
		}
		consent := personal.ConsentTo(d.in.Definition, d.in.ClaimFields()).Version
		claim := map[string]any{"fields": map[string]string{"phone": "13812345678"}, "consent": consent}
		if err := winner.Call(http.MethodPost, winner.InContest("/prizes/"+mine.Awards[0].ID+"/claim"), claim,
			nil); err != nil {
			t.Fatal(err)
		}
		if err := winner.Call(http.MethodGet, winner.InContest("/prizes"), nil, &mine); err != nil ||
			mine.Awards[0].Code == "" {
			t.Fatalf("then the player has %+v, %v", mine, err)
		}
		code := mine.Awards[0].Code
		booth := consolePath + "/contests/drawn/booth"
		clerk := d.member(staff.Prizes)
		for _, path := range []string{booth, booth + "/voucher?code=" + code} {
			if err := clerk.Call(http.MethodGet, path, nil, nil); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
		press := map[string]any{"code": code, "key": "press-000001"}
		var given struct{ Repeated bool }
		for i := range 2 {
			if err := clerk.Call(http.MethodPost, booth+"/redemptions", press, &given); err != nil ||
				given.Repeated != (i == 1) {
				t.Errorf("press %d: %+v, %v", i+1, given, err)
			}
		}
		if err := clerk.Call(http.MethodPost, booth+"/undo", map[string]any{"code": code, "reason": "发错人"}, nil); err != nil {
			t.Error(err)
		}
		reply, body := d.send(clerk, http.MethodGet, consolePath+"/contests/drawn/winners.xlsx", nil, nil)
		if reply.StatusCode != http.StatusOK || len(body) < 1000 {
			t.Errorf("the sheet: %d, %d bytes", reply.StatusCode, len(body))
		}
		if reply, _ := d.send(d.member(staff.Host), http.MethodGet, consolePath+"/contests/drawn/winners.xlsx", nil,
			nil); reply.StatusCode != http.StatusForbidden {
			t.Errorf("a host gets the sheet: %d", reply.StatusCode)
		}
	})
}
