package pagetest

import (
	"fmt"
	"testing"
	"time"

	"anquanda/internal/contest"
)

// averageContest has one board, of units by their points a head.
const averageContest = `
contest: average
title: 单位人均赛
organizer: 青禾县应急管理局
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: safety
players: {unit: {ask: optional}}
units: [{code: a, name: 人多的单位}, {code: b, name: 人少的单位}, {code: c, name: 一个人的单位}]
levels: [{key: one, title: 第一课, questions: [{count: 1, kinds: [truefalse]}], pass: 1, attempts: {max: 0}}]
earnings: [{key: played, for: attempt, give: {points: 10}, max: 1, per: contest}]
boards: [{key: mean, title: 人均榜, subject: unit, measure: points, average: 2}]
`

func TestABoardOfAveragesTellsPointsAHead(t *testing.T) {
	browser(t) // or skip
	a, address, done, err := openContest("average.yaml", averageContest)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(done)
	in, err := a.Catalog.Current("average")
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct {
		unit   string
		points int
	}{{"人多的单位", 10}, {"人多的单位", 12}, {"人多的单位", 14}, {"人少的单位", 10}, {"人少的单位", 15}, {"一个人的单位", 90}} {
		u, ok := in.Units.Named(c.unit)
		if !ok {
			t.Fatalf("no unit %s", c.unit)
		}
		e, err := a.Players.Enrol(t.Context(), in.ContestID, 0, fmt.Sprintf("平安青松%02d", i), u.ID)
		if err != nil {
			t.Fatal(err)
		}
		now := time.Now().UnixMilli()
		if _, err := a.Play.Give(t.Context(), in, e.PlayerID, contest.Deed{Kind: contest.DeedCheckin, Ref: "1", At: now},
			[]contest.Grant{{Kind: contest.GrantPoints, Source: "test", Rule: "test", Amount: c.points, At: now}}); err != nil {
			t.Fatal(err)
		}
	}
	untilBoardsKnow(t, a)
	if err := a.Boards.RefreshUnits(t.Context(), in.ContestID); err != nil {
		t.Fatal(err)
	}
	p := newPhone(t, 360, 740)
	p.begins(address+"/c/average", "看榜的人")
	p.playsOne()
	p.tap("回到地图")
	p.tap("排行榜")
	p.until(`/人少的单位\s*12\.5\s*积分\/人[^]*人多的单位\s*12\.0\s*积分\/人/.test(document.querySelector(".board")?.innerText)`)
	p.suits("ranking-average")
	if ask[bool](p, `document.querySelector(".board").innerText.includes("一个人的单位")`) {
		t.Error("a unit of one is ranked")
	}

	wall := newPhone(t, 1280, 800)
	wall.goTo(address + "/screen/average#board")
	wall.until(`/12\.5\s*积分\/人/.test(document.querySelector(".big-row .big-score")?.innerText)`)
	wall.keep("screen-average")
}
