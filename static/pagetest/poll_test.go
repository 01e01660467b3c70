package pagetest

import "testing"

// pollContest asks two questions once something is finished, and ranks by time and a purse.
const pollContest = `
contest: asking
title: 答完再聊两句
organizer: 青禾县应急管理局
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: safety
purses: [{key: flowers, title: 小红花}]
levels: [{key: one, title: 第一课, questions: [{count: 1, kinds: [truefalse]}], pass: 1, attempts: {max: 0}}]
earnings: [{key: bloom, for: attempt, give: {purse: flowers, amount: 3}, per: contest}]
boards:
  - {key: quick, title: 用时榜, subject: player, measure: time}
  - {key: blooms, title: 小红花榜, subject: player, measure: points, purse: flowers}
poll:
  - {key: hard, title: 您觉得这些题难不难, options: [太难, 正好, 太容易]}
  - {key: where, title: 这些知识您从哪里学过, kind: multiple, options: [单位培训, 社区宣传, 电视和网络, 没有学过]}
`

func TestWhoHasFinishedMayAnswerAndLeaveQuestions(t *testing.T) {
	browser(t) // or skip
	a, address, done, err := openContest("asking.yaml", pollContest)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(done)
	p := newPhone(t, 360, 740)
	p.begins(address+"/c/asking", "爱说的人")
	p.answer(true) // only who has passed stands on a board of time
	p.tap("看结果")
	p.see("您觉得这些题难不难")
	p.suits("poll-single")
	p.tap("正好")
	p.tap("提交")
	p.see("这些知识您从哪里学过")
	p.tap("社区宣传")
	p.tap("电视和网络")
	p.until(`document.querySelectorAll(".poll [aria-checked=true]").length === 2`)
	p.suits("poll-multiple")
	p.tap("提交")
	p.see("谢谢您的回答。")
	p.tap("回到地图")
	untilBoardsKnow(t, a)
	p.tap("排行榜")
	p.until(`/\d\.\d\s*秒/.test(document.querySelector(".board")?.innerText)`)
	p.suits("ranking-time")
	p.tap("小红花榜")
	p.until(`/3\s*小红花/.test(document.querySelector(".board")?.innerText)`)
	p.suits("ranking-purse")
}
