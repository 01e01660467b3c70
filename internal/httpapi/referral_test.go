package httpapi_test

import (
	"crypto/sha1"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/wechat"
)

// invitingContest rewards those who bring others, come and share.
const invitingContest = `
contest: inviting
title: 邀请好友来闯关
organizer: 社区
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
share: {title: 一起来, tree: true}
cards: [{key: friend, title: 好友卡}]
earnings:
  - {key: invited, for: invite, give: {points: 10, card: friend}}
  - {key: shared, for: share, give: {points: 1}, max: 1, per: day}
  - {key: came, for: checkin, give: {points: 2}}
levels: [{key: only, title: 一题, questions: [{count: 1, kinds: [single]}], pass: 1}]
`

func inviting(t *testing.T, stores *testkit.Store) *house {
	t.Helper()
	h := openHouse(t, stores)
	if _, err := h.app.Catalog.Apply(t.Context(), "test.yaml", []byte(invitingContest), "test"); err != nil {
		t.Fatal(err)
	}
	return h
}

type visited struct {
	Arrived bool
	Outcome string
	Text    string
}

func (h *house) visit(p *testkit.Player, link string) (reply visited) {
	h.t.Helper()
	query, err := url.ParseQuery(link)
	if err == nil {
		err = p.Call(http.MethodPost, p.InContest("/visits"), map[string]string{"referral": query.Get("r"),
			"channel": query.Get("c")}, &reply)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return reply
}

// link is what follows the ? in a player's link.
func (h *house) link(p *testkit.Player) string {
	h.t.Helper()
	var mine struct{ Path string }
	if err := p.Call(http.MethodGet, p.InContest("/invitations"), nil, &mine); err != nil {
		h.t.Fatal(err)
	}
	_, link, _ := strings.Cut(mine.Path, "?")
	return link
}

func TestAFriendComesByALinkAndCountsAsDocumented(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := inviting(t, stores)
		anna := h.enrolled("inviting")
		link := h.link(anna)
		if got := h.visit(anna, link); !got.Arrived || got.Outcome != "self" || got.Text != "这是您自己的邀请链接" {
			t.Errorf("her own link comes to %+v", got)
		}
		ben := h.player("inviting")
		if got := h.visit(ben, link); got.Arrived || got.Outcome != "" {
			t.Errorf("a stranger's visit comes to %+v", got)
		}
		if err := ben.Enrol("小本", ""); err != nil {
			t.Fatal(err)
		}
		if got := h.visit(ben, link); !got.Arrived || got.Outcome != "waiting" || got.Text == "" {
			t.Errorf("with a name it comes to %+v", got)
		}
		if _, err := ben.Play("only", 1); err != nil {
			t.Fatal(err)
		}
		var mine struct {
			Counted, Waiting, Today int
			Tree                    bool
		}
		if err := anna.Call(http.MethodGet, anna.InContest("/invitations"), nil, &mine); err != nil || mine.Counted != 1 ||
			mine.Today != 1 || !mine.Tree {
			t.Errorf("she sees %+v, %v", mine, err)
		}
		var tree struct {
			Levels  []struct{ Level, Count int }
			Players []struct{ Name, By string }
		}
		if err := anna.Call(http.MethodGet, anna.InContest("/invitations/tree?level=1"), nil, &tree); err != nil ||
			len(tree.Players) != 1 || tree.Players[0].Name != "小*" {
			t.Errorf("her tree is %+v, %v", tree, err)
		}
		waitFor(t, func() bool {
			var board struct {
				Entries []struct {
					Name    string
					Invited int
				}
				Me *struct{ Rank int }
			}
			err := anna.Call(http.MethodGet, anna.InContest("/invitations/board"), nil, &board)
			return err == nil && len(board.Entries) == 1 && board.Entries[0].Invited == 1 && board.Me != nil &&
				board.Me.Rank == 1
		})
	})
}

func TestSharingAndCheckingInTellWhatTheyEarned(t *testing.T) {
	h := inviting(t, embedded(t))
	p := h.enrolled("inviting")
	type done struct {
		Repeated bool
		Earned   []struct {
			Kind   string
			Amount int
		}
	}
	for i, c := range []struct {
		path   string
		body   map[string]string
		points int
	}{
		{"/shares", map[string]string{"of": "contest"}, 1},
		{"/shares", map[string]string{"of": "result", "key": "only"}, 0},
		{"/checkins", map[string]string{}, 2},
		{"/checkins", map[string]string{}, 0},
	} {
		var got done
		if err := p.Call(http.MethodPost, p.InContest(c.path), c.body, &got); err != nil {
			t.Fatal(err)
		}
		if c.points == 0 && len(got.Earned) > 0 || c.points > 0 &&
			(len(got.Earned) != 1 || got.Earned[0].Amount != c.points) {
			t.Errorf("call %d earns %+v", i, got)
		}
	}
	for body, field := range map[string]string{`{"of":"moon"}`: "of", `{"of":"result","key":"none"}`: "key", `{}`: "of"} {
		if reply, text := h.postJSON(p, p.InContest("/shares"), body); reply.StatusCode != http.StatusBadRequest ||
			!strings.Contains(text, `"field":"`+field+`"`) {
			t.Errorf("%s gets %d %s", body, reply.StatusCode, text)
		}
	}
	for _, path := range []string{"/shares", "/checkins", "/invitations", "/invitations/tree"} {
		method, body := http.MethodPost, any(map[string]string{"of": "contest"})
		if strings.HasPrefix(path, "/inv") {
			method, body = http.MethodGet, nil
		}
		stranger := h.player("inviting")
		var problem *testkit.Problem
		if err := stranger.Call(method, stranger.InContest(path), body, nil); !errors.As(err, &problem) ||
			problem.Code != "unauthenticated" {
			t.Errorf("a stranger's %s gets %v", path, err)
		}
	}
}

// Each phone counts once a day, and the cookies hold nothing about who it is.
func TestAPhoneIsCountedOnceADayByALink(t *testing.T) {
	h := inviting(t, embedded(t))
	desk := h.member(staff.Organizer)
	made := h.channel(desk, "车站海报")
	opened := func() int64 {
		h.later(time.Minute) // past what is remembered
		in, err := h.app.Catalog.Current("inviting")
		if err != nil {
			t.Fatal(err)
		}
		funnels, err := h.app.Referrals.Funnels(t.Context(), in.ContestID, nil)
		if err != nil {
			t.Fatal(err)
		}
		return funnels[made].Opened
	}
	phone, other := h.player("inviting"), h.player("inviting")
	for range 3 {
		h.visit(phone, "c="+made)
	}
	h.visit(other, "c="+made)
	if got := opened(); got != 2 {
		t.Errorf("two phones were counted as %d", got)
	}
	h.later(24 * time.Hour)
	h.visit(phone, "c="+made)
	if got := opened(); got != 3 {
		t.Errorf("the next day it is %d, want 3", got)
	}
}

// channel makes a channel of the contest inviting and returns its code.
func (h *house) channel(desk *testkit.Player, name string) string {
	h.t.Helper()
	var made struct{ Channel struct{ Code string } }
	err := desk.Call(http.MethodPost, consolePath+"/contests/inviting/channels",
		map[string]string{"name": name, "kind": "poster"}, &made)
	if err != nil {
		h.t.Fatal(err)
	}
	return made.Channel.Code
}

func TestStaffKeepChannelsAsTheirRoleLetsThem(t *testing.T) {
	h := inviting(t, embedded(t))
	organizer, viewer := h.member(staff.Organizer), h.member(staff.Viewer)
	path := consolePath + "/contests/inviting/channels"
	made := h.channel(organizer, "车站海报")
	p := h.player("inviting")
	h.visit(p, "c="+made)
	if err := p.Enrol("路人", ""); err != nil {
		t.Fatal(err)
	}
	h.visit(p, "c="+made)
	var listed struct {
		Channels []struct {
			Path   string
			Funnel struct{ Opened, Joined, Tried int }
		}
	}
	if err := viewer.Call(http.MethodGet, path, nil, &listed); err != nil || len(listed.Channels) != 1 ||
		listed.Channels[0].Path != "/c/inviting?c="+made || listed.Channels[0].Funnel.Opened != 1 ||
		listed.Channels[0].Funnel.Joined != 1 {
		t.Errorf("listed are %+v, %v", listed, err)
	}
	if err := viewer.Call(http.MethodGet, consolePath+"/contests/inviting/invitations/flags", nil, nil); err != nil {
		t.Error(err)
	}
	for _, c := range []struct {
		who          *testkit.Player
		method, path string
		code         string
	}{
		{viewer, http.MethodPost, path, "not_permitted"},
		{viewer, http.MethodPatch, path + "/" + made, "not_permitted"},
		{viewer, http.MethodDelete, path + "/" + made, "not_permitted"},
		{organizer, http.MethodDelete, path + "/" + made, "channel_used"},
		{organizer, http.MethodDelete, path + "/nobody", "channel_unknown"},
		{organizer, http.MethodPatch, path + "/nobody", "channel_unknown"},
		{organizer, http.MethodPost, consolePath + "/contests/nowhere/channels", "contest_unknown"},
		{organizer, http.MethodPatch, path + "/" + made, ""},
	} {
		var body any = map[string]string{"name": "东站海报", "kind": "poster"}
		if c.method == http.MethodDelete {
			body = nil
		}
		err := c.who.Call(c.method, c.path, body, nil)
		var problem *testkit.Problem
		if c.code == "" && err != nil || c.code != "" && (!errors.As(err, &problem) || problem.Code != c.code) {
			t.Errorf("%s %s gets %v, want %q", c.method, c.path, err, c.code)
		}
	}
}

func TestWeChatsShareCardIsSignedWhereItIsSetUp(t *testing.T) {
	stand := testkit.StartWeChat(t)
	h := openHouseOf(t, app.Config{Data: t.TempDir(), WeChat: stand.Account()}, 7)
	p := h.player("county")
	page := h.url + "/c/county?r=abc"
	var card struct {
		AppID     string `json:"app_id"`
		Timestamp int64
		Nonce     string
		Signature string
	}
	if err := p.Call(http.MethodGet, p.InContest("/wechat?url="+url.QueryEscape(page)), nil, &card); err != nil {
		t.Fatal(err)
	}
	signed := fmt.Sprintf("%x", sha1.Sum(fmt.Appendf(nil, "jsapi_ticket=ticket-1&noncestr=%s&timestamp=%d&url=%s",
		card.Nonce, card.Timestamp, page)))
	if card.AppID != stand.AppID || card.Signature != signed {
		t.Errorf("the card is %+v", card)
	}
	for _, foreign := range []string{"https://elsewhere.example/", "", "javascript:alert(1)", h.url + "/" +
		strings.Repeat("x", 600)} {
		var problem *testkit.Problem
		err := p.Call(http.MethodGet, p.InContest("/wechat?url="+url.QueryEscape(foreign)), nil, nil)
		if !errors.As(err, &problem) || problem.Field != "url" {
			t.Errorf("%.40q gets %v", foreign, err)
		}
	}
	allows := func(h *house) bool {
		reply, _ := h.send(h.player("county"), http.MethodGet, "/", nil, nil)
		return strings.Contains(reply.Header.Get("Content-Security-Policy"), "script-src 'self' "+wechat.SDKOrigin+";")
	}
	if !allows(h) || allows(commonHouse(t)) {
		t.Error("WeChat's script is allowed elsewhere than where an account is set up")
	}
	plain := commonHouse(t).player("county")
	var problem *testkit.Problem
	err := plain.Call(http.MethodGet, plain.InContest("/wechat?url="+url.QueryEscape(plain.Base+"/")), nil, nil)
	if !errors.As(err, &problem) || problem.Code != "share_card_unknown" {
		t.Errorf("without an account it gets %v", err)
	}
}
