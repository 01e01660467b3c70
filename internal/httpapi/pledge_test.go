package httpapi_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

const relayContest = `
contest: relay
title: 安全生产月
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
levels: [{key: only, title: 一题, questions: [{count: 1}], pass: 1}]
cards: [{key: helmet, title: 安全帽}]
pledge: {title: 我为安全生产倡议, lines: [遵守安全规章]}
earnings: [{key: signed, for: pledge, give: {points: 20, chances: 1, card: helmet}, max: 1, per: contest}]
`

type signature struct {
	Number, Depth, After, Direct int64
	Name, Code                   string
	From                         *struct {
		Number int64
		Name   string
	}
}

type signed struct {
	Mine     signature
	Repeated bool
	Earned   []struct {
		Kind, Card string
		Amount     int
	}
}

type wall struct {
	Signed, Today int64
	Newest        []struct{ Name string }
}

func (w *wall) names() (names []string) {
	for _, n := range w.Newest {
		names = append(names, n.Name)
	}
	return names
}

// relayHouse is a house of its own with the contest relay.
func relayHouse(t *testing.T, stores *testkit.Store) *house {
	t.Helper()
	h := openHouse(t, stores)
	if _, err := h.app.Catalog.Apply(t.Context(), "relay.yaml", []byte(relayContest), "test"); err != nil {
		t.Fatal(err)
	}
	return h
}

// sign lets a new player sign by a code.
func (h *house) sign(name, from string, masked bool) (*testkit.Player, signed) {
	h.t.Helper()
	p := h.enrolled("relay")
	var got signed
	body := map[string]any{"name": name, "masked": masked, "from": from}
	if err := p.Call(http.MethodPost, p.InContest("/pledge"), body, &got); err != nil {
		h.t.Fatal(err)
	}
	return p, got
}

func TestThePledgeIsSignedHandedOnAndEarnsOnceAsDocumented(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := relayHouse(t, stores)
		p, first := h.sign("张建国", "", true)
		if first.Mine.Number != 1 || first.Mine.Depth != 1 || first.Repeated || first.Mine.From != nil {
			t.Errorf("the first gets %+v", first)
		}
		if got := fmt.Sprint(first.Earned); got != "[{points  20} {chance  1} {card 安全帽 1}]" {
			t.Errorf("signing earns %s", got)
		}
		var again signed
		if err := p.Call(http.MethodPost, p.InContest("/pledge"), map[string]any{"name": "别的名字"}, &again); err != nil ||
			!again.Repeated || again.Mine.Name != "张建国" || len(again.Earned) != 0 {
			t.Errorf("again it is %+v, %v", again, err)
		}
		stranger := h.player("relay")
		var read struct {
			Signed int64
			From   *struct{ Name string }
			Mine   *signature
		}
		if err := stranger.Call(http.MethodGet, stranger.InContest("/pledge?from="+first.Mine.Code), nil,
			&read); err != nil || read.Signed != 1 || read.From == nil || read.From.Name != "张**" || read.Mine != nil {
			t.Errorf("who follows the link sees %+v, %v", read, err)
		}
		_, second := h.sign("李秀英", first.Mine.Code, false)
		if second.Mine.Depth != 2 || second.Mine.From == nil || second.Mine.From.Name != "张**" {
			t.Errorf("the second gets %+v", second)
		}
		var seen wall
		waitFor(t, func() bool {
			return stranger.Call(http.MethodGet, stranger.InContest("/pledge/wall"), nil, &seen) == nil && seen.Signed == 2
		})
		if !slices.Equal(seen.names(), []string{"李秀英", "张**"}) {
			t.Errorf("the wall shows %v", seen.names())
		}
		if err := p.Call(http.MethodDelete, p.InContest("/enrolment"), nil, nil); err != nil {
			t.Fatal(err)
		}
		if err := stranger.Call(http.MethodGet, stranger.InContest("/pledge/wall"), nil, &seen); err != nil ||
			!slices.Equal(seen.names(), []string{"李秀英"}) || seen.Signed != 2 {
			t.Errorf("after the first has left: %+v, %v", seen, err)
		}
	})
}

func TestWhoSignsWronglyIsToldWhy(t *testing.T) {
	h := relayHouse(t, embedded(t))
	p := h.enrolled("relay")
	path := p.InContest("/pledge")
	if code := codeOf(h.player("relay").Call(http.MethodPost, path, map[string]any{"name": "某人"},
		nil)); code != "unauthenticated" {
		t.Errorf("a stranger gets %q", code)
	}
	for _, body := range []map[string]any{{}, {"name": ""}, {"name": "傻逼"}, {"name": "13812345678"}, {"name": 7},
		{"name": "一二三四五六七八九十一二三"}} {
		if code := codeOf(p.Call(http.MethodPost, path, body, nil)); code != "invalid_field" {
			t.Errorf("%v gets %q", body, code)
		}
	}
	bare := h.enrolled("bare")
	for path, method := range map[string]string{"/pledge": http.MethodGet, "/pledge/wall": http.MethodGet} {
		if code := codeOf(bare.Call(method, bare.InContest(path), nil, nil)); code != "pledge_unknown" {
			t.Errorf("%s without a pledge gets %q", path, code)
		}
	}
	if code := codeOf(bare.Call(http.MethodPost, bare.InContest("/pledge"), map[string]any{"name": "某人"},
		nil)); code != "pledge_unknown" {
		t.Errorf("signing without a pledge gets %q", code)
	}
}

func TestStaffHideANameFromTheWall(t *testing.T) {
	h := relayHouse(t, embedded(t))
	h.sign("张建国", "", false)
	p, _ := h.sign("难看的名字", "", false)
	path := consolePath + "/contests/relay/pledge"
	hide := func(role staff.Role, number string, body map[string]any) string {
		return codeOf(h.member(role).Call(http.MethodPut, path+"/"+number+"/hidden", body, nil))
	}
	for _, c := range []struct {
		role   staff.Role
		number string
		body   map[string]any
		want   string
	}{
		{staff.Viewer, "2", map[string]any{"hidden": true, "reason": "不雅"}, "not_permitted"},
		{staff.Host, "2", map[string]any{"hidden": true}, "invalid_field"},
		{staff.Host, "3", map[string]any{"hidden": true, "reason": "不雅"}, "signature_unknown"},
		{staff.Host, "x", map[string]any{"hidden": true, "reason": "不雅"}, "signature_unknown"},
		{staff.Host, "2", map[string]any{"hidden": true, "reason": "不雅"}, ""},
	} {
		if got := hide(c.role, c.number, c.body); got != c.want {
			t.Errorf("%v: %q", c, got)
		}
	}
	var list struct {
		Signed     int64
		Signatures []struct {
			Number int64
			Name   string
			Hidden bool
		}
	}
	if err := h.member(staff.Viewer).Call(http.MethodGet, path, nil, &list); err != nil ||
		fmt.Sprint(list) != "{2 [{2 难看的名字 true} {1 张建国 false}]}" {
		t.Errorf("the list is %v, %v", list, err)
	}
	if err := h.member(staff.Viewer).Call(http.MethodGet, path+"?before=2", nil, &list); err != nil ||
		len(list.Signatures) != 1 {
		t.Errorf("the next page is %v, %v", list, err)
	}
	var seen wall
	err := p.Call(http.MethodGet, p.InContest("/pledge/wall"), nil, &seen)
	if err != nil || len(seen.Newest) != 2 || !alias.MatchString(seen.names()[0]) || seen.names()[1] != "张建国" {
		t.Errorf("the wall shows %v, %v", seen.names(), err)
	}
}
