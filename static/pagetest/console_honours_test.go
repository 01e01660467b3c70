package pagetest

import (
	"fmt"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/testkit"
)

// honouring is a contest of units; its close is to be filled in.
const honouring = `
contest: towns
title: 各镇比一比
organizer: 青山县应急管理局
window: {opens: 2026-01-01 00:00, closes: %s}
bank: safety
players: {unit: {ask: required, label: 镇}}
units: [{code: a, name: 青禾镇}, {code: b, name: 青山县经济技术开发区管理委员会}]
levels: [{key: only, title: 一题, questions: [{count: 1, kinds: [single]}], pass: 1, attempts: {max: 9}}]
boards: [{key: towns, title: 参加人数, subject: unit, measure: players}]
honours:
  - key: organized
    title: 优秀组织奖
    board: towns
    text: 在安全生产月知识竞赛中组织得力、参与广泛，被评为先进单位，特发此证，以资鼓励。
    places: [{title: 一等奖, count: 1}, {title: 二等奖, count: 3}]
certificates: [{key: done, title: 安全员证书, text: 通过安全知识考核，特发此证。, who: {finished: 1}}]
`

func TestStaffAwardUnitsPrintTheirCertificatesAndPublishThem(t *testing.T) {
	d := openDesk(t)
	apply := func(closes string) {
		if _, err := d.app.Catalog.Apply(t.Context(), "towns.yaml", fmt.Appendf(nil, honouring, closes), "测试"); err != nil {
			t.Fatal(err)
		}
	}
	apply("2030-01-01 00:00")
	in, err := d.app.Catalog.Current("towns")
	if err != nil {
		t.Fatal(err)
	}
	questions, err := app.ShippedQuestions()
	if err != nil {
		t.Fatal(err)
	}
	for i, u := range in.Units.Units() {
		for range 2 - i {
			p := testkit.NewPlayer(d.url, "towns", questions)
			if err := p.Enrol("镇上的人", u.ID.String()); err != nil {
				t.Fatal(err)
			}
			if _, err := p.Play("only", 1); err != nil {
				t.Fatal(err)
			}
		}
	}
	p := d.at(1280, 800, "wang")
	p.pick("towns")
	p.tap("总结")
	p.see("活动结束以后在这里评定")
	apply(time.Now().In(time.FixedZone("", 8*3600)).Format("2006-01-02 15:04"))
	p.reload()
	p.see("还没有评定，现在评定会是这样")
	p.fits("honours-preview")
	p.tap("评定")
	p.see("只评一次")
	p.tapOn(`document.querySelector(".dialog-foot .btn:last-child")`)
	p.until(`document.querySelectorAll(".cl-units tbody a").length === 2`)
	p.see("评优表彰")
	p.tap("单位证书")
	p.until(`document.querySelectorAll(".certificate-sheet .poster-code").length === 2`)
	p.fits("honours")
	p.narrow("honours-narrow", "单位评优")
	p.until(`document.querySelectorAll("select[name=certified] option").length === 2`)
	p.tap("看证书")
	p.until(`document.querySelectorAll(".certificate-sheet .poster-code").length === 4`)
	p.tapOn(`[...document.querySelectorAll(".cl-honours")].pop().querySelector("h2")`)
	p.fits("certificates")
	p.tap("公布")
	p.see("不能收回")
	p.tapOn(`document.querySelector(".dialog-foot .btn:last-child")`)
	p.see("公布。")

	u := newPhone(t, 360, 740)
	u.visit(ask[string](p, `document.querySelector(".cl-units a").href`))
	u.see("这份证书是真的")
	u.see("这份证书是发给单位的")
	u.suits("cert-unit")
	u.visit(d.url + "/c/towns#/rank")
	u.see("一等奖")
	u.suits("honours-public")
}
