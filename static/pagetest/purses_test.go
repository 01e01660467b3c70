package pagetest

import (
	"fmt"
	"testing"
)

// flowersContest earns flowers by playing and pays with them; nothing in it costs points.
const flowersContest = `
contest: flowers
title: 安全小红花
organizer: 测试
contact: "12345"
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: safety
retention: 90d
purses: [{key: flowers, title: 小红花}]
players:
  fields:
    - {key: role, label: 身份, kind: choice, options: [职工, 学生], ask: required, when: start, why: 分类统计}
    - {key: name, label: 姓名, kind: name, ask: required, when: start, why: 写明发给谁}
    - {key: phone, label: 手机号, kind: phone, ask: required, when: claim, why: 通知领奖}
levels:
  - key: one
    title: 第一关
    questions: [{count: 1}]
    pass: 1
    material: {title: 一起车间火灾, text: [班长发现配电箱冒烟，先切断总电源，再用干粉灭火器。], least: 2s}
earnings:
  - {key: play, for: attempt, give: {purse: flowers, amount: 4}, max: 1}
  - {key: come, for: checkin, days: 3, give: {points: 5}}
boards: [{key: total, title: 总榜, subject: player, measure: best}]
prizes:
  - {key: cup, title: 水杯, kind: goods, value: 2000, stock: 10, collect: 到局里领取, price: 4, purse: flowers}
certificates:
  - {key: done, title: 学习证书, text: 学完第一关，特发此证。, name: real, who: {passed: [one]}}
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
`

func TestWhoReadsTheMaterialAndPlaysEarnsFlowersThatBuyAPrize(t *testing.T) {
	server(t) // knows the right answers of the shipped bank
	_, address, stop, err := openContest("flowers.yaml", flowersContest)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	address += "/c/flowers"
	for _, size := range sizes {
		t.Run(fmt.Sprintf("elder=%v", size.elder), func(t *testing.T) {
			p := newPhone(t, size.width, size.height)
			p.goTo(address)
			if size.elder {
				p.tap("大字版")
			}
			p.tap("马上开始")
			p.write("#nickname", "爱花的人")
			p.set("select", "职工")
			p.write("input[autocomplete=name]", "张三丰")
			p.tap("同意并开始")
			p.see("先切断总电源")
			p.suits("material")
			p.tap("看完了，开始答题")
			p.until(`document.querySelector(".stem")`)
			p.tap("再看材料")
			p.until(`document.querySelector("dialog, .sheet")`)
			p.tapOn(`document.querySelector("dialog [aria-label=关闭], .sheet [aria-label=关闭]")`)
			p.answer(true)
			p.tap("看结果")

			p.until(`/\+4\s*小红花/.test(document.body.innerText)`)
			p.until(`!document.querySelector(".material-again")`)
			p.see("看我的电子证书")
			p.suits("flowers-result")

			p.correctsTheName(address)
			p.goTo(address + "#/prizes")
			p.until(`/还没有奖品。攒够了可以去兑换。/.test(document.body.innerText)`)
			p.goTo(address + "#/me")
			p.until(`/兑换\s*4 小红花/.test(document.body.innerText)`)
			p.goTo(address + "#/gains")
			p.until(`document.querySelectorAll(".figures a").length === 1`)
			p.see("学习证书")
			p.suits("flowers-gains")
			p.tap("去兑换")
			p.until(`/我有 4 个小红花/.test(document.body.innerText)`)
			p.until(`document.querySelector("h1").innerText === "兑换" && !/抽奖/.test(document.body.innerText)`)
			p.suits("flowers-shop")
			p.tapOn(`document.querySelector(".shop li button")`)
			p.tap("确认兑换")
			p.see("水杯，还剩 0 个小红花。")
			p.goTo(address + "#/prizes")
			p.until(`document.querySelector(".award-due button")`)
			p.until(`!/1970|过期/.test(document.querySelector(".award").innerText)`) // what was bought does not lapse
			p.suits("flowers-prizes")
		})
	}
}

// correctsTheName has the certificate printed with the right name, which can be done once.
func (p *phone) correctsTheName(address string) {
	p.t.Helper()
	p.goTo(address + "#/gains")
	p.tapOn(`document.querySelector(".certificate-row")`)
	p.tap("姓名印错了")
	p.suits("correct-name")
	p.tap("二、重新印上姓名")
	p.see("请先把资料里的姓名改对")
	p.tap("一、改资料里的姓名")
	p.write("input[autocomplete=name]", "张三峰")
	p.tapOn(`[...document.querySelectorAll("form button.main")].find((b) => b.innerText === "保存")`)
	p.until(`!document.querySelector("input[autocomplete=name]")`)
	p.tapOn(`document.querySelector(".certificate-row")`)
	p.tap("姓名印错了")
	p.tap("二、重新印上姓名")
	p.until(`document.querySelector(".certificate img").alt.includes("张三峰") && !document.querySelector(".correct-name")`)
	p.see("看查验的网页")
}
