package pagetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// offeringContest has a prize for every way of having one.
const offeringContest = `
contest: offering
title: 安全生产月有奖竞答
subtitle: 人人讲安全 个个会应急
organizer: 青禾县应急管理局
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: safety
players: {unit: {ask: optional, label: 参赛单位}}
levels:
  - {key: one, title: 平安到家, place: 家庭, summary: 厨房、电器和燃气, questions: [{count: 2}], pass: 1}
  - {key: two, title: 邻里守望, place: 社区, questions: [{count: 2}], pass: 1}
pledge: {title: 接力传安全——我为安全生产倡议, lines: [牢记生命至上、安全第一。]}
earnings:
  - {key: signed, for: pledge, give: {points: 120, chances: 1}, max: 1, per: contest}
  - {key: check-in, for: checkin, give: {points: 1}, max: 1, per: day}
prizes:
  - {key: kettle, title: 家庭应急包, kind: goods, value: 9900, stock: 20, collect: 到社区服务站领取}
  - {key: bag, title: 环保购物袋, kind: goods, value: 550, stock: 5, price: 100, collect: 到社区服务站领取}
  - {key: kit, title: 灭火器套装, kind: goods, value: 30000, stock: 2, collect: 到县应急管理局领取}
pools: [{key: wheel, title: 幸运转盘, prizes: [{prize: kettle, odds: 1000000}]}]
drawings: [{key: grand, title: 大奖, at: 2039-12-04 10:00, who: {finished: 1}, prizes: [{prize: kit, count: 2}], source: 双色球}]
boards: [{key: total, title: 个人榜, subject: player, measure: best}]
`

func openOffering(t *testing.T) string {
	t.Helper()
	browser(t) // or skip
	_, address, done, err := openContest("offering.yaml", offeringContest)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(done)
	return address + "/c/offering"
}

func TestTheHomeShowsPrizesDrawingsAndTheFirstLevelWithoutScrolling(t *testing.T) {
	address := openOffering(t)
	inSight := `document.querySelector(".place-title").getBoundingClientRect().bottom <
		document.querySelector(".ways").getBoundingClientRect().top`
	p := newPhone(t, 360, 740)
	p.goTo(address)
	p.see("家庭应急包")
	p.see("价值 99 元，还剩 20 份")
	p.see("价值 5.50 元，还剩 5 份")
	p.see("100 积分换")
	p.until(`/^2039年12月4日\s*摇灭火器套装 2 份$/.test(document.querySelector(".offer-drawing").innerText)`)
	p.until(inSight)
	p.suits("offers-stranger")

	p.sign(address, "看得见奖", false)
	p.goTo(address + "#/")
	p.until(`document.querySelector(".offer")`)
	p.suits("offers-player")
	p.until(inSight)
	p.goTo(address + "#/draw")
	p.tap("抽一次")
	p.tap("直接看结果")
	p.see("抽中了")
	p.goTo(address + "#/")
	p.see("1 份奖品等您领取")
	p.see("价值 99 元，还剩")
	p.suits("offers-won")
	p.tapOn(`document.querySelectorAll(".offer")[1]`)
	p.see("积分兑换")
	p.do(chromedp.EmulateViewport(1280, 800))
	p.goTo(address + "#/")
	p.until(`document.querySelector(".offer")`)
	p.suits("offers-wide")
}

func TestWhatIsMineStandsInOnePlace(t *testing.T) {
	address := openOffering(t)
	for _, size := range sizes {
		t.Run(fmt.Sprintf("elder=%v", size.elder), func(t *testing.T) {
			p := newPhone(t, size.width, size.height)
			p.sign(address, "都在这里", false)
			p.goTo(address + "#/draw")
			p.tap("抽一次")
			p.tap("直接看结果")
			p.see("抽中了")
			p.goTo(address + "#/")
			p.until(`document.querySelector(".way-waits")`) // a prize waits
			p.tapOn(`[...document.querySelectorAll(".way")].find((e) => e.innerText.includes("我的"))`)
			p.see("1 份待领取")
			if size.elder {
				p.tap("打开大字版")
				p.until(`document.documentElement.classList.contains("elder")`)
			}
			p.suits("mine")
			text := ask[string](p, `document.querySelector("main").innerText`)
			for _, name := range []string{"我的奖品", "抽奖和兑换", "成绩和名次", "我的收获", "错题本", "邀请好友", "昵称和资料",
				"大字版", "我的信息", "退出登录"} {
				if !strings.Contains(text, name) {
					t.Errorf("%s is not there:\n%s", name, text)
				}
			}
			p.tap("我的奖品")
			p.see("出示领奖码")
		})
	}
}
