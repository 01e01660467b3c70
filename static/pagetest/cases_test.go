package pagetest

import (
	"testing"

	"github.com/chromedp/chromedp"

	"anquanda/internal/conduct"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// caught is a hall in which two players are worth a look.
func caught(t *testing.T) *hall {
	t.Helper()
	h := openHall(t)
	h.crowd(3)
	ctx, in := t.Context(), h.contest.ContestID
	look, err := h.app.Conduct.BeginScan(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	signal := func(nickname string, kind conduct.SignalKind, weight int, evidence string) conduct.Signal {
		return conduct.Signal{PlayerID: h.named(nickname), Kind: kind, Weight: weight, Evidence: []byte(evidence)}
	}
	others := `"others":["` + h.named("平安青松01").String() + `"]`
	err = h.app.Conduct.Found(ctx, in, look, 9, []conduct.Signal{
		signal("平安青松00", conduct.SignalSpeed, 98, `{"answers":60,"fast":59,"right":100,"crowd_right":71,"time":5}`),
		signal("平安青松00", conduct.SignalSure, 95, `{"answers":60,"fast":59,"right":100,"crowd_right":71,"time":5}`),
		signal("平安青松00", conduct.SignalRing, 80, `{"invited":6,"idle":6,"device":5,`+others+`}`),
		signal("平安青松00", conduct.SignalRules, 100,
			`{"attempts":1,"grants":1,"results":[{"attempt":"1","level":"only","at":1781575200000,"stored":30,"counted":10,"foreign":0,"wrongly":2}],"odd":[{"kind":"points","source":"pass/20260616/3","amount":500,"at":1781575200000}]}`),
		signal("平安青松01", conduct.SignalSame, 60,
			`{"attempts":2,"wrong":7,"bits":41,"seconds":95,"level":"only","at":1781575200000,`+others+`}`),
		signal("平安青松01", conduct.SignalDevice, 50, `{"players":6,"from":1,"to":2,`+others+`}`),
	})
	if err == nil {
		err = h.app.Conduct.EndScan(ctx, in, look, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestTwoPersonsDisqualifyThePlayerAppealsAndIsRestored(t *testing.T) {
	h := caught(t)
	mine := newPhone(t, 360, 740)
	mine.visit(h.url + "/c/drawn#/prizes")
	mine.tap("登记昵称")
	mine.rewrite("#nickname", "细心山茶")
	mine.tap("同意并开始")
	mine.see("还没有奖品")

	p := h.desk.at(1280, 800, "gifts")
	p.visit(h.url + "/console#/cases/drawn")
	p.see("答了 60 题")
	p.see("错得一样")
	p.fits("cases")
	p.narrow("cases-narrow", "答了 60 题")
	p.do(chromedp.EmulateViewport(1280, 800))

	// By hand, by nickname: the player whose phone this is.
	p.tap("按昵称核查")
	p.rewrite("[name=nickname]", "细心")
	p.tap("查找")
	p.tapOn(`document.querySelector(".found .link")`)
	p.rewrite("[name=note]", "有人反映代人答题")
	p.fits("case-open")
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.see("人工发起")
	p.fits("case")
	p.tap("提议取消资格")
	p.rewrite("[name=reason]", "多次由他人代答")
	p.fits("case-propose")
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.see("您自己不能同意")
	p.fits("case-proposed")

	other := h.desk.at(1280, 800, "wang")
	other.visit(h.url + ask[string](p, "location.pathname + location.hash"))
	other.tap("同意取消资格")
	other.see("马上生效")
	other.fits("case-agree")
	other.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	other.see("已取消资格")

	mine.visit(h.url + "/c/drawn")
	mine.reload()
	mine.see("现在答题不上榜")
	if amber := ask[int](mine, `document.querySelectorAll(".hero .amber").length`); amber > 0 {
		t.Error("a disqualified player is urged to go on as if nothing had happened")
	}
	mine.fits("disqualified-home")
	mine.tap("看原因，申诉")
	mine.see("多次由他人代答")
	mine.fits("appeal")
	mine.rewrite("textarea", "是我本人答的，家人只帮忙读题")
	mine.tap("提交申诉")
	mine.see("正在核实")
	mine.fits("appealed")

	other.reload()
	other.see("是我本人答的")
	other.see("申诉要由没有参与决定的工作人员答复")
	h.desk.staff("zheng", "郑主任", staff.Organizer)
	third := h.desk.at(1280, 800, "zheng")
	third.visit(h.url + ask[string](p, "location.pathname + location.hash"))
	third.tap("答复申诉")
	third.rewrite("[name=answer]", "经核实，帮忙读题不算代答")
	third.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	third.see("帮忙读题不算代答")
	third.fits("case-answered")
	third.tap("提议恢复资格")
	third.rewrite("[name=reason]", "帮忙读题不算代答")
	third.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	third.see("等另一人同意")
	other.reload()
	other.tap("同意恢复资格")
	other.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	other.see("曾取消资格，已恢复")
	mine.reload()
	mine.see("您的资格已经恢复")
	mine.fits("restored")

	// A case that a signal leads to shows what the rules do not give.
	p.visit(h.url + "/console#/cases/drawn")
	p.see("已恢复资格")
	p.fits("cases-some")
	p.tap("平安青松00")
	p.see("与规则不一致")
	p.fits("case-player")
	p.tapOn(`document.querySelector(".head .btn")`)
	p.rewrite("[name=note]", "成绩与作答对不上")
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.see("与规则不一致")
	p.fits("case-rules")
	p.narrow("case-narrow", "与规则不一致")
}

const creditContest = `contest: credit
title: 话费活动
organizer: 青禾县应急管理局
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
window: {opens: 2026-06-01 00:00, closes: 2026-06-30 00:00}
bank: safety
players: {unit: {ask: optional}}
levels: [{key: only, title: 第一关, questions: [{count: 3, kinds: [single]}], pass: 1}]
prizes: [{key: credit, title: 十元话费, kind: credit, value: 1000, stock: 9, price: 1}]
`

func TestPaymentsArePlannedMarkedAndMadeAgainInTheConsole(t *testing.T) {
	h := openHall(t)
	in, err := h.app.Catalog.Apply(t.Context(), "credit.yaml", []byte(creditContest), "")
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"细心山茶", "平安青松"} {
		e, err := h.app.Players.Enrol(t.Context(), in.ContestID, 0, name, 0)
		if err != nil {
			t.Fatal(err)
		}
		err = h.app.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(),
				`INSERT INTO awards (id, contest_id, player_id, prize_key, kind, tier, unit_no, stock, source_kind,
					source_key, status, won_at, changed_at, title, worth, claim_until)
				VALUES (?, ?, ?, 'credit', 'credit', '', ?, 9, 'shop', '', 'won', 1, 1, '十元话费', 1000, 0)`,
				71+i, in.ContestID, e.PlayerID, 1+i)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	h.staff("paying", "发放员", staff.Payouts)
	h.staff("second", "孙主任", staff.Organizer)
	p := h.desk.at(1280, 800, "paying")
	confirm := func(what string) { // by the other person, who sees what the first has proposed
		t.Helper()
		two := h.desk.at(1280, 800, "second")
		two.visit(h.url + "/console#/payouts/credit")
		two.see(what)
		two.tap("核对并同意")
		two.see("总额")
		two.fits("payouts-approve")
		two.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
		two.see("已经同意")
		p.tap("刷新")
	}
	p.visit(h.url + "/console#/payouts/credit")
	p.see("2 份奖品可以发放")
	p.tap("安排发放")
	p.see("人工发放")
	p.fits("payouts-plan")
	p.tapOn(`[...document.querySelectorAll(".dialog .check")].find((c) => c.textContent.includes("人工发放")).querySelector("input")`)
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.see("提交了 2 笔，共 20.00 元")
	p.see("撤回")
	confirm("20.00 元")
	p.see("等待发放")
	p.fits("payouts")
	p.tap("标记结果")
	p.tapOn(`document.querySelectorAll(".dialog .check input")[1]`)
	p.rewrite("[name=detail]", "空号")
	p.fits("payouts-mark")
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.see("等另一位同事确认")
	confirm("空号")
	p.see("没有成功")
	p.tap("重发")
	p.rewrite("[name=reason]", "改为当面发放")
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.see("已经提交")
	confirm("改为当面发放")
	p.see("1 份奖品有过不止一笔发放")
	p.narrow("payouts-narrow", "等待发放")
}

func TestWhoOnlyLooksOnSeesNoCases(t *testing.T) {
	h := caught(t)
	h.staff("looks", "只看的人", staff.Viewer)
	p := h.desk.at(1280, 800, "looks")
	p.visit(h.url + "/console#/cases/drawn")
	p.see("没有这一页，或您的角色不能看")
}
