package pagetest

import (
	"fmt"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/testkit"
)

// cup is a contest of units that meet; when its round closes is to be filled in.
const cup = `
contest: cup
title: 各镇对抗赛
organizer: 青山县应急管理局
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
periods: [{title: 半决赛, opens: 2026-01-02 00:00, closes: %s}]
bank: safety
players: {unit: {ask: required, label: 镇}}
units:
  - {code: a, name: 青禾镇}
  - {code: b, name: 青山县经济技术开发区管理委员会}
  - {code: c, name: 南镇}
  - {code: d, name: 北镇}
levels: [{key: only, title: 一题, questions: [{count: 1, kinds: [single]}], pass: 1, attempts: {max: 9}}]
boards: [{key: rounds, title: 每期各镇榜, subject: unit, measure: players, period: own}]
pairings:
  - {key: semi, title: 半决赛对阵, board: rounds, round: 1, pairs: [{first: a, second: b}, {first: c, second: d}]}
`

func TestPlayersAndStaffSeeWhichUnitsMeetAndWhoGoesOn(t *testing.T) {
	d := openDesk(t)
	apply := func(closes string) {
		if _, err := d.app.Catalog.Apply(t.Context(), "cup.yaml", fmt.Appendf(nil, cup, closes), "测试"); err != nil {
			t.Fatal(err)
		}
		if err := d.app.MakeLists(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	apply("2029-01-01 00:00")
	in, err := d.app.Catalog.Current("cup")
	if err != nil {
		t.Fatal(err)
	}
	questions, err := app.ShippedQuestions()
	if err != nil {
		t.Fatal(err)
	}
	for i, u := range in.Units.Units()[:2] {
		for range i + 1 {
			p := testkit.NewPlayer(d.url, "cup", questions)
			if err := p.Enrol("镇上的人", u.ID.String()); err != nil {
				t.Fatal(err)
			}
			if _, err := p.Play("only", 1); err != nil {
				t.Fatal(err)
			}
		}
	}
	untilBoardsKnow(t, d.app)
	phone := newPhone(t, 360, 740)
	phone.goTo(d.url + "/c/cup")
	phone.tap("排行榜")
	phone.see("半决赛对阵")
	phone.until(`[...document.querySelectorAll(".pairing .side")].some((s) => /开发区.*2人/s.test(s.innerText))`)
	phone.suits("pairings-open")

	ends := time.Now().Add(-2 * time.Minute).In(time.FixedZone("", 8*3600)).Format("2006-01-02 15:04")
	apply(ends)
	apply(ends) // who meets is fixed before it is decided who won
	phone.reload()
	phone.until(`document.querySelectorAll(".pairing .goes").length === 1`)
	phone.suits("pairings-decided")

	wall := newPhone(t, 1280, 800)
	wall.goTo(d.url + "/screen/cup#pairs")
	wall.until(`document.querySelectorAll(".meets li").length === 2 && document.querySelectorAll(".meets .won").length === 1`)
	wall.keep("screen-pairs")

	desk := d.at(1280, 800, "wang")
	desk.pick("cup")
	desk.tap("名单")
	desk.see("单位对阵")
	desk.fits("pairings")
	desk.narrow("pairings-narrow", "单位对阵")
	desk.tap("更正")
	desk.see("都不晋级")
	desk.fits("pairings-correction")
	desk.narrow("pairings-correction-narrow", "都不晋级")
	desk.reload()
	desk.tap("总结")
	desk.narrow("pairings-closing-narrow", "二、活动开展情况")
}
