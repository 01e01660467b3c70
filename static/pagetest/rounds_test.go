package pagetest

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// roundsContest has one board, of the weeks of one level; it began two weeks ago.
const roundsContest = `
contest: weeks
title: 周周练
organizer: 青禾县应急管理局
window: {opens: OPENS, closes: 2040-01-01}
bank: safety
levels: [{key: one, title: 第一课, questions: [{count: 1, kinds: [truefalse]}], pass: 1, attempts: {max: 0}}]
boards: [{key: weekly, title: 第一课周榜, subject: player, measure: best, level: one, ties: time, period: week}]
`

func TestABoardOfWeeksLeadsFromThisWeekToThoseBeforeIt(t *testing.T) {
	browser(t) // or skip
	opens := time.Now().AddDate(0, 0, -14).Format(time.DateOnly)
	a, address, done, err := openContest("weeks.yaml", strings.Replace(roundsContest, "OPENS", opens, 1))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(done)
	in, err := a.Catalog.Current("weeks")
	if err != nil {
		t.Fatal(err)
	}
	p := newPhone(t, 360, 740)
	p.begins(address+"/c/weeks", "本周答题的人")
	p.at()
	p.until(`performance.now() - (window.seen ||= performance.now()) > 300`) // a time that a board can tell from none
	p.playsOne()
	untilBoardsKnow(t, a)
	p.tap("回到地图")
	p.tap("排行榜")
	p.until(`document.querySelector(".rounds")`)
	weekly, _ := in.Board("weekly")
	weeks := in.RoundsOf(&weekly, time.Now().UnixMilli())
	shows := func(title string) {
		t.Helper()
		p.until(fmt.Sprintf(`[...document.querySelectorAll(".rounds b")].some((b) => b.innerText === %q)`, title))
	}
	step := func(name string) {
		t.Helper()
		p.tapOn(fmt.Sprintf(`document.querySelector(".rounds button[aria-label=%s]:not(:disabled)")`, name))
	}
	shows(weeks[0].Title)
	step("前一段")
	shows(weeks[1].Title)
	p.see("还没有人上榜")
	step("后一段")
	shows(weeks[0].Title)
	p.until(`document.querySelector(".my-place")`)
	p.suits("ranking-weeks")

	wall := newPhone(t, 1280, 800)
	wall.goTo(address + "/screen/weeks#board")
	wall.see("本周答题的人")
	wall.until(fmt.Sprintf(`document.querySelector(".panel-head h2 small").innerText === %q`, weeks[0].Title))
	wall.until(`/秒$/.test(document.querySelector(".big-used").innerText)`)
	wall.keep("screen-weeks")
}
