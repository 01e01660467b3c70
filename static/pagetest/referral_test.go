package pagetest

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/page"

	"anquanda/internal/app"
	"anquanda/internal/testkit"
)

// friendsContest rewards who brings others.
const friendsContest = `
contest: friends
title: 2026年安全生产月线上答题
subtitle: 人人讲安全 个个会应急
organizer: 青禾县安全生产委员会办公室
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: safety
share: {title: 一起来学安全, text: 答几道题，学几样保平安的本领, tree: true}
levels: [{key: one, title: 第一课, questions: [{count: 1}], pass: 1, attempts: {max: 20}}]
earnings:
  - {key: invited, for: invite, give: {points: 10}}
  - {key: shared, for: share, give: {points: 5}, max: 1, per: day}
`

var friends struct {
	sync.Once
	app     *app.App
	address string
	close   func()
	err     error
}

func openFriends(t *testing.T) string {
	t.Helper()
	browser(t) // or skip
	friends.Do(func() {
		friends.app, friends.address, friends.close, friends.err = openContest("friends.yaml", friendsContest)
	})
	if friends.err != nil {
		t.Fatal(friends.err)
	}
	return friends.address + "/c/friends"
}

// named opens the contest by an address and chooses a name.
func (p *phone) named(address, name string) {
	p.t.Helper()
	p.goTo(address)
	p.tap("马上开始")
	p.write("#nickname", name)
	p.tap("同意并开始")
	p.until(`document.querySelector(".stem")`)
}

// invite opens the screen for inviting and returns the link, which stands in the
// address too: so WeChat's own menu shares it.
func (p *phone) invite(address string) string {
	p.t.Helper()
	p.goTo(address + "#/invite")
	p.see("邀请链接")
	p.until(`/\?r=[0-9A-Za-z]{22}$/.test(location.search)`)
	return ask[string](p, `document.querySelector(".invite-link").textContent`)
}

// bring lets friends come by a link over HTTP, finish an attempt, and returns
// their own links.
func bring(t *testing.T, link string, names ...string) (links []string) {
	t.Helper()
	questions, err := app.ShippedQuestions()
	if err != nil {
		t.Fatal(err)
	}
	_, code, _ := strings.Cut(link, "r=")
	for _, name := range names {
		p := testkit.NewPlayer(friends.address, "friends", questions)
		visit := func() error {
			return p.Call(http.MethodPost, p.InContest("/visits"), map[string]string{"referral": code}, nil)
		}
		var mine struct{ Path string }
		for _, step := range []func() error{visit, func() error { return p.Enrol(name, "") }, visit,
			func() error { _, err := p.Play("one", 1); return err },
			func() error { return p.Call(http.MethodGet, p.InContest("/invitations"), nil, &mine) }} {
			if err := step(); err != nil {
				t.Fatal(err)
			}
		}
		links = append(links, mine.Path)
	}
	return links
}

func TestAFriendIsInvitedFromPhoneToPhone(t *testing.T) {
	address := openFriends(t)
	anna := newPhone(t, 360, 740)
	anna.named(address, "平安青松12")
	link := anna.invite(address)
	anna.keep("invite-empty")
	anna.tap("复制邀请链接")
	anna.see("得到5积分")
	anna.keep("invite-shared")

	ben := newPhone(t, 360, 740)
	ben.named(link, "机灵白鹭34")
	ben.until(`JSON.parse(localStorage.getItem("aqd.friends.came")).told === true`)
	anna.reload()
	anna.see("还没答完")
	anna.until(`document.querySelector(".invite-facts div:nth-child(3) dd").textContent.startsWith("1")`)

	brought := bring(t, link, "稳当杨柳56", "守望灯塔78", "热心石榴90")
	bring(t, brought[0], "细心山茶11", "勤快稻穗22")
	anna.reload()
	anna.see("又邀请2人")
	anna.see("谁邀请得最多")
	anna.until(`document.querySelector(".invite-list .mine").innerText.includes("3人")`)
	anna.keep("invite-many")
	ask[any](anna, `document.querySelector(".invite-levels").scrollIntoView({block: "start"})`)
	anna.tap("好友邀请的")
	anna.see("稳**邀请")
	anna.keep("invite-tree")
	if over := ask[int](anna, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
		t.Errorf("the screen is %d px too wide", over)
	}

	wide := newPhone(t, 1280, 800)
	wide.named(address, "电脑上的人")
	wide.goTo(address + "#/invite")
	wide.see("谁邀请得最多")
	wide.keep("invite-wide")
}

func TestWhereInvitingGivesNothingThePageSaysSo(t *testing.T) {
	plain := strings.Replace(strings.Replace(friendsContest, "contest: friends", "contest: plain", 1),
		"  - {key: invited, for: invite, give: {points: 10}}\n", "", 1)
	openFriends(t)
	if _, err := friends.app.Catalog.Apply(t.Context(), "plain.yaml", []byte(plain), ""); err != nil {
		t.Fatal(err)
	}
	address := friends.address + "/c/plain"
	p := newPhone(t, 360, 740)
	p.named(address, "平安青松12")
	p.invite(address)
	p.see("这次活动邀请好友没有奖励")
	if text := ask[string](p, `document.body.innerText`); strings.Contains(text, "每天最多算") {
		t.Errorf("it promises that friends count: %s", text)
	}
	p.keep("invite-plain")
}

func TestAPosterIsDrawnOnThePhone(t *testing.T) {
	address := openFriends(t)
	p := newPhone(t, 360, 740)
	p.named(address, "平安青松12")
	p.goTo(address + "#/invite")
	p.tap("做一张海报")
	p.until(`(document.querySelector(".invite-poster") || {}).naturalWidth >= 1080`)
	p.keep("invite-poster-sheet")
	p.goTo("about:blank")
	p.goTo(address + "#/invite")
	p.tap("做一张海报")
	p.until(`document.querySelector(".invite-poster")`)
	p.keepImage("invite-poster", ".invite-poster")

	p.goTo("about:blank")
	p.goTo(address + "#/invite")
	p.tap("大字版")
	p.see("邀请链接")
	p.keep("invite-elder")
	if over := ask[int](p, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
		t.Errorf("in large type the screen is %d px too wide", over)
	}
}

func TestTheFirstLinkStandsAndAnOldPhoneCopiesToo(t *testing.T) {
	address := openFriends(t)
	anna := newPhone(t, 360, 740)
	anna.named(address, "平安青松12")
	link := anna.invite(address)
	ask[any](anna, `Object.defineProperty(navigator, "clipboard", {value: undefined})`)
	anna.tap("复制邀请链接")
	anna.see("链接已复制")

	ben := newPhone(t, 360, 740)
	call(ben, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		new MutationObserver((_, seen) => {
			if (!document.body || !document.body.innerText.includes("马上开始")) return;
			seen.disconnect();
			window.kept = !!localStorage.getItem("aqd.friends.came");
		}).observe(document, {childList: true, subtree: true});`})
	ben.goTo(link)
	ben.see("马上开始")
	ben.until(`"kept" in window`)
	if !ask[bool](ben, `window.kept`) {
		t.Error("who leaves as soon as the page is there takes no link along")
	}
	ben.goTo("about:blank")
	ben.named(address, "机灵白鹭34") // comes back without the link
	ben.until(`JSON.parse(localStorage.getItem("aqd.friends.came")).told === true`)
	in, err := friends.app.Catalog.Current("friends")
	if err != nil {
		t.Fatal(err)
	}
	var waiting int
	err = friends.app.DB.Get(t.Context(), &waiting,
		"SELECT COUNT(*) FROM arrivals a JOIN enrolments e ON e.contest_id = a.contest_id AND e.player_id = a.player_id WHERE a.contest_id = ? AND e.nickname = '机灵白鹭34' AND a.state = 'waiting'", in.ContestID)
	if err != nil || waiting == 0 {
		t.Errorf("%d invitations wait, %v", waiting, err)
	}
}

// keepImage saves a picture of the page's as it is.
func (p *phone) keepImage(name, css string) {
	p.t.Helper()
	ask[any](p, fmt.Sprintf(`(() => {
		const i = new Image();
		i.src = document.querySelector(%q).src;
		i.style.width = "100%%";
		document.body.innerHTML = "";
		document.body.appendChild(i);
	})()`, css))
	p.keep(name)
}
