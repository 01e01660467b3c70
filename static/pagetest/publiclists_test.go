package pagetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"anquanda/internal/app"
	"anquanda/internal/testkit"
)

// going is a contest with public lists; when they are made is to be filled in.
const going = `
contest: going
title: 青山县安全知识竞赛
organizer: 青山县应急管理局
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
players: {unit: {ask: required, label: 镇}}
units:
  - {code: a, name: 青禾镇}
  - {code: b, name: 青山县经济技术开发区管理委员会}
boards:
  - {key: total, title: 个人榜, subject: player, measure: best}
  - {key: towns, title: 各镇榜, subject: unit, measure: players}
lists:
  - {key: first, title: 决赛名单, board: total, count: 60, at: %s, public: true}
  - {key: towns, title: 晋级的镇, board: towns, count: 2, at: %s, public: true}
  - {key: guests, title: 特邀选手, public: true}
levels:
  - {key: only, title: 一题, questions: [{count: 1, kinds: [single]}], pass: 1, attempts: {max: 9}}
  - {key: final, title: 决赛, questions: [{count: 1, kinds: [single]}], after: [{list: first}]}
`

func TestPlayersSeeWhoGoesOnAndWhetherTheyDo(t *testing.T) {
	d := openDesk(t)
	apply := func(at string) {
		t.Helper()
		if _, err := d.app.Catalog.Apply(t.Context(), "going.yaml", fmt.Appendf(nil, going, at, at), "测试"); err != nil {
			t.Fatal(err)
		}
		if err := d.app.MakeLists(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	apply("2029-06-20 20:00")
	in, err := d.app.Catalog.Current("going")
	if err != nil {
		t.Fatal(err)
	}
	questions, err := app.ShippedQuestions()
	if err != nil {
		t.Fatal(err)
	}
	units := in.Units.Units()
	enrols := func(name string, unit int) *testkit.Player {
		t.Helper()
		p := testkit.NewPlayer(d.url, "going", questions)
		if err := p.Enrol(name, units[unit].ID.String()); err != nil {
			t.Fatal(err)
		}
		return p
	}
	plays := func(name string, unit int) {
		t.Helper()
		if _, err := enrols(name, unit).Play("only", 1); err != nil {
			t.Fatal(err)
		}
	}
	phone := newPhone(t, 360, 740)
	phone.goTo(d.url + "/c/going")
	phone.see("公开名单")
	phone.suits("lists-home")
	phone.tap("公开名单")
	phone.see("2029年6月20日 20:00 确定")
	phone.suits("lists-before")
	for i := range 52 {
		plays([]string{"平安青松", "守护者老王家的小儿子呀", "安全员"}[i%3], i%2)
	}
	untilBoardsKnow(t, d.app)
	apply("2026-06-20 20:00")
	until := func(of string) { // a list is kept for seconds
		t.Helper()
		phone.until(`(fetch("/api/v1/contests/going/lists").then((r) => r.json()).then((told) => { window.got = told; }),
			window.got && (` + of + `))`)
	}
	until("got.lists[0].open && got.lists[1].open")
	phone.reload()
	phone.see("再看50人")
	phone.see("共52人")
	phone.suits("lists-made")
	phone.tap("再看50人")
	phone.until(`document.querySelectorAll(".board .line").length === 52`)
	phone.tap("晋级的镇")
	phone.see("入选的镇")
	phone.suits("lists-towns")
	phone.tap("特邀选手")
	phone.see("名单还没有确定")
	phone.tap("排行榜")
	phone.tap("看公开名单")
	phone.see("决赛名单")

	// Who plays sees at once whether they are on it.
	ask[any](phone, fmt.Sprintf(`fetch("/api/v1/contests/going/enrolment", {method: "POST",
		body: JSON.stringify({nickname: "李大妈", unit: %q}), headers: {"Content-Type": "application/json"}})
		.then((r) => { window.joined = r.status; }), undefined`, units[0].ID.String()))
	phone.until("window.joined === 201")
	phone.goTo(d.url + "/c/going")
	phone.tap("公开名单")
	phone.see("您不在这个名单里")
	phone.suits("lists-not-on-it")

	desk := d.at(1280, 800, "wang")
	desk.pick("going")
	desk.tap("名单")
	desk.see("决赛名单")
	desk.fits("lists-desk")
	var codes []string
	for _, u := range units {
		codes = append(codes, u.Code)
	}
	desk.tapOn(`[...document.querySelectorAll("tr")].find((r) => r.innerText.includes("特邀选手")).querySelector("button")`)
	desk.see("先写原因")
	desk.fits("lists-desk-open")
	desk.narrow("lists-desk-open-narrow", "先写原因")
	desk.do(chromedp.EmulateViewport(1280, 800))
	desk.write("input[name=reason]", "整镇特邀")
	desk.chooseFile("input[type=file]", "wrong.csv", "单位编码,单位\na,青禾镇\nx,外镇\n")
	desk.see("没有这个单位")
	desk.fits("lists-desk-wrong")
	desk.tap("关闭")
	desk.chooseFile("input[type=file]", "units.csv", "单位编码\n"+strings.Join(codes, "\n")+"\n")
	desk.see("只加现在属于这些单位")
	desk.fits("lists-desk-units")
	desk.tap("写入")
	desk.see("加进 53 人")
	desk.fits("lists-desk-done")

	until("got.lists[2].mine")
	phone.reload()
	phone.tap("特邀选手")
	phone.see("您在名单里")
	phone.suits("lists-on-it")
}
