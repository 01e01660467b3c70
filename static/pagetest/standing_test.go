package pagetest

import (
	"fmt"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/contest"
)

// standingContest has a board that points alone fill, so that a test can put a crowd on it.
const standingContest = `
contest: standing
title: 安全知识竞答
organizer: 青禾县应急管理局
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: safety
levels: [{key: one, title: 第一课, questions: [{count: 1, kinds: [truefalse]}], pass: 1, attempts: {max: 0}}]
earnings: [{key: played, for: attempt, give: {points: 10}, max: 1, per: contest}]
boards: [{key: points, title: 积分榜, subject: player, measure: points}]
`

func TestAResultTellsThePlaceAndWhomItExceedsAndOffersThePoster(t *testing.T) {
	browser(t) // or skip
	a, address, done, err := openContest("standing.yaml", standingContest)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(done)
	in, err := a.Catalog.Current("standing")
	if err != nil {
		t.Fatal(err)
	}
	p := newPhone(t, 360, 740)
	p.begins(address+"/c/standing", "第五名的人")
	p.playsOne()
	p.until(`document.querySelector(".hand-on")`)
	// Alone on the board, no place is told; the board has been asked by then.
	p.until(`performance.getEntriesByType("resource").some((e) => e.name.includes("/boards/points"))`)
	if ask[int](p, `document.querySelectorAll(".standing").length`) > 0 {
		t.Error("a place among one is told")
	}

	// Four stand above the 10 points of the player and twenty below.
	for i := range 24 {
		e, err := a.Players.Enrol(t.Context(), in.ContestID, 0, fmt.Sprintf("平安青松%02d", i), 0)
		if err != nil {
			t.Fatal(err)
		}
		points, now := 5, time.Now().UnixMilli()
		if i < 4 {
			points = 20
		}
		if _, err := a.Play.Give(t.Context(), in, e.PlayerID, contest.Deed{Kind: contest.DeedCheckin, Ref: "1", At: now},
			[]contest.Grant{{Kind: contest.GrantPoints, Source: "test", Rule: "test", Amount: points, At: now}}); err != nil {
			t.Fatal(err)
		}
	}
	untilBoardsKnow(t, a)
	p.tap("再答一次")
	p.playsOne()
	p.until(`/积分榜第 5 名\s*超过 83% 的参赛者/.test(document.querySelector(".standing").innerText)`)
	p.suits("result-standing")
	p.tap("做一张海报")
	p.until(`document.querySelector(".invite-poster").naturalWidth > 700`)
	p.suits("result-poster")
}

// begins opens a contest and its first level.
func (p *phone) begins(address, name string) {
	p.t.Helper()
	p.goTo(address)
	p.tap("马上开始")
	p.write("#nickname", name)
	p.tap("同意并开始")
}

// playsOne answers a level of one question.
func (p *phone) playsOne() {
	p.t.Helper()
	p.at()
	p.tapOn(`document.querySelector(".option")`)
	p.tap("确定")
	p.until(`document.querySelector(".verdict")`)
	p.tap("看结果")
	p.until(`document.querySelector(".result-card")`)
}

func untilBoardsKnow(t *testing.T, a *app.App) {
	t.Helper()
	for looks := 0; !a.Boards.Settled() || a.Boards.Late(); looks++ {
		if looks > patience {
			t.Fatal("the totals never reach the board")
		}
		time.Sleep(10 * time.Millisecond)
	}
}
