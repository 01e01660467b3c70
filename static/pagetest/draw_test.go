package pagetest

import (
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"anquanda/internal/app"
	"anquanda/internal/staff"
)

// lotteryContest gives three chances for signing the pledge; what its pools give
// is sure, so that a test can wait for it.
const lotteryContest = `
contest: lottery
title: 安全生产月有奖竞答
organizer: 青禾县安全生产委员会办公室
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: safety
levels: [{key: one, title: 第一课, questions: [{count: 2}], pass: 1}]
pledge: {title: 我为安全生产倡议, lines: [牢记生命至上、安全第一。]}
earnings: [{key: signed, for: pledge, give: {points: 120, chances: 6}, max: 1, per: contest}]
prizes:
  - {key: mower, title: 家用灭火器, kind: goods, value: 12000, stock: 1, collect: 到县应急管理局一楼大厅领取}
  - {key: kettle, title: 电水壶, kind: goods, value: 9900, stock: 200, collect: 到社区服务站领取}
  - {key: film, title: 县影剧院电影票, kind: voucher, value: 4000, stock: 100, collect: 凭兑换码到影剧院前台兑换}
  - {key: coins, title: 20积分, kind: points, value: 20, stock: 1000}
  - {key: bag, title: 环保购物袋, kind: goods, value: 500, stock: 5, price: 100, collect: 到社区服务站领取}
  - {key: thanks, title: 谢谢参与, kind: thanks}
pools:
  - {key: wheel, title: 幸运转盘, face: wheel, prizes: [{prize: kettle, odds: 1000000}, {prize: mower, odds: 0, guaranteed: 5}, {prize: coins}, {prize: film}]}
  - {key: scratch, title: 刮刮卡, face: scratch, prizes: [{prize: film, odds: 1000000}]}
  - {key: envelope, title: 红包, face: envelope, prizes: [{prize: coins, odds: 1000000}]}
  - {key: unlucky, title: 试手气, face: wheel, prizes: [{prize: mower, odds: 1}, {prize: kettle, odds: 20000}, {prize: thanks, odds: 979999}]}
`

var lottery struct {
	sync.Once
	app     *app.App
	address string
	close   func()
	err     error
}

func openLottery(t *testing.T) string {
	t.Helper()
	browser(t) // or skip
	lottery.Do(func() {
		lottery.app, lottery.address, lottery.close, lottery.err = openContest("lottery.yaml", lotteryContest)
	})
	if lottery.err != nil {
		t.Fatal(lottery.err)
	}
	return lottery.address + "/c/lottery"
}

// entrant is a phone whose owner has signed the pledge and stands at the draw.
func entrant(t *testing.T, width, height int64, name string) *phone {
	t.Helper()
	address := openLottery(t)
	p := newPhone(t, width, height)
	p.sign(address, name, false)
	p.goTo(address + "#/draw")
	p.see("我有 6 次抽奖机会")
	return p
}

func TestTheWheelTellsWhatWasDecidedBeforeItTurned(t *testing.T) {
	p := entrant(t, 360, 740, "张建国")
	p.see("每次都中")
	p.see("第 5 次必得")
	p.keep("draw-wheel-idle")
	p.tap("抽一次")
	p.until(`document.querySelector(".wheel-disc.turning")`)
	p.until(`/电水壶/.test(document.querySelector(".draw-record").textContent)`) // the record has it while the wheel turns
	p.keep("draw-wheel-turning")
	p.tap("直接看结果")
	p.see("抽中了")
	p.see("到社区服务站领取")
	p.see("查看我的奖品")
	p.keep("draw-wheel-won")
	p.see("我有 5 次抽奖机会")
}

func TestAScratchCardIsScratchedAndShowsItsCode(t *testing.T) {
	openLottery(t)
	in, err := lottery.app.Catalog.Current("lottery")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lottery.app.Prizes.ImportCodes(t.Context(), staff.CommandLine, in, "film",
		[]string{"QHYY-0616-A7K2", "QHYY-0616-B8M3"}); err != nil {
		t.Fatal(err)
	}
	p := entrant(t, 360, 740, "李秀英")
	p.tap("刮刮卡")
	p.keep("draw-scratch-idle")
	p.tap("抽一次")
	p.until(`document.querySelector("canvas.scratch-cover")`)
	p.keep("draw-scratch-covered")
	// A finger goes over the card line by line.
	ask[any](p, `(() => {
		const on = document.querySelector("canvas.scratch-cover"), box = on.getBoundingClientRect();
		for (let y = 10; y < box.height && on.isConnected; y += 25)
			for (let x = 10; x < box.width && on.isConnected; x += 12)
				on.dispatchEvent(new MouseEvent("mousemove", { buttons: 1, clientX: box.left + x, clientY: box.top + y, bubbles: true }));
	})()`)
	p.see("QHYY-0616-")
	p.see("凭兑换码到影剧院前台兑换")
	p.keep("draw-scratch-won")
	p.tap("把兑换码存成图片")
	p.until(`document.querySelector(".voucher-picture img").naturalWidth > 700`)
	p.see("长按图片可以保存")
	p.keep("voucher-picture")
}

func TestARedEnvelopeOpensAndItsPointsBuyABag(t *testing.T) {
	p := entrant(t, 360, 740, "王芳")
	p.tap("红包")
	p.keep("draw-envelope-idle")
	p.tap("抽一次")
	p.see("20 积分已经加到您的积分里")
	p.keep("draw-envelope-won")
	p.see("我有 140 积分")
	p.tap("兑换")
	p.see("兑换后还剩 40 积分")
	p.keep("draw-shop-confirm")
	p.tap("确认兑换")
	p.see("兑换好了")
	p.keep("draw-shop-done")
}

func TestWithoutMotionTheResultIsThereAtOnceAndALostReplyLosesNothing(t *testing.T) {
	p := entrant(t, 360, 740, "赵大妈")
	call(p, emulation.SetEmulatedMedia,
		emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion",
			Value: "reduce"}}})
	p.online(false)
	p.tap("抽一次")
	p.see("这次机会还在")
	p.keep("draw-offline")
	p.online(true)
	p.tap("抽一次")
	p.see("抽中了")
	p.see("我有 5 次抽奖机会")
	if turning := ask[bool](p, `!!document.querySelector(".wheel-disc.turning")`); turning {
		t.Error("the wheel turns for who wants no motion")
	}
}

func TestTheDrawFitsANarrowPhoneInLargeType(t *testing.T) {
	p := entrant(t, 320, 640, "大字王大妈")
	p.tap("大字版")
	for _, name := range []string{"幸运转盘", "刮刮卡", "红包", "试手气"} {
		p.tap(name)
		p.keep("draw-elder-" + name)
		if wide := ask[int](p, `document.documentElement.scrollWidth`); wide > 320 {
			t.Errorf("%s is %d px wide", name, wide)
		}
		if list := ask[[]string](p, small); len(list) > 0 {
			t.Errorf("%s: too small for a finger: %s", name, strings.Join(list, "; "))
		}
	}
	ask[any](p, `scrollTo(0, 9999)`)
	p.keep("draw-elder-below")
}

func TestAStrangerSeesWhatCanBeWon(t *testing.T) {
	p := newPhone(t, 1280, 800)
	p.goTo(openLottery(t) + "#/draw")
	p.see("登记昵称后抽奖")
	p.tap("试手气")
	p.see("约 50 次中 1 次")
	p.see("约 100 万次中 1 次")
	p.keep("draw-stranger-wide")
}

// claimedContest asks winners for a phone number within a week.
const claimedContest = `
contest: claimed
title: 有奖竞答
organizer: 青禾县应急管理局
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
window: {opens: 2020-01-01, closes: 2040-01-01}
retention: 30d
bank: safety
players: {fields: [{key: phone, label: 手机号, kind: phone, when: claim, ask: required, why: 中奖后联系}]}
levels: [{key: one, title: 第一课, questions: [{count: 2}], pass: 1}]
pledge: {title: 我为安全生产倡议, lines: [牢记生命至上、安全第一。]}
earnings: [{key: signed, for: pledge, give: {chances: 2}, max: 1, per: contest}]
prizes: [{key: bag, title: 家庭应急包, kind: goods, value: 9900, stock: 20, collect: 凭领奖码到县文化广场领取}]
pools: [{key: wheel, title: 幸运转盘, prizes: [{prize: bag, odds: 1000000}]}]
claims: {fields: [phone], within: 7d}
`

func TestWhoWinsIsToldAtOnceWhatToFillInAndRemindedUntilItIsDone(t *testing.T) {
	browser(t) // or skip
	_, address, done, err := openContest("claimed.yaml", claimedContest)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(done)
	p := newPhone(t, 360, 740)
	p.sign(address+"/c/claimed", "赢了的人", false)
	p.goTo(address + "/c/claimed#/draw")
	p.see("我有 2 次抽奖机会")
	p.tap("抽一次")
	p.tap("直接看结果")
	p.see("前填写领奖信息，填好才能领取")
	p.suits("draw-won-claim")

	p.goTo(address + "/c/claimed#/")
	p.see("恭喜，1 份奖品等您填领奖信息")
	p.see("还有 6 天")
	p.keep("home-claim-waits")
	p.goTo(address + "/c/claimed#/draw")
	p.tap("抽一次")
	p.tap("直接看结果")
	p.tapOn(`document.querySelector(".draw-out .amber")`)
	p.write("#claim-phone", "13812345678")
	p.keep("draw-claim-sheet")
	p.tap("同意并提交")
	p.see("出示领奖码")
	if again := ask[string](p, `location.hash`); again != "#/prizes" {
		t.Errorf("a reload at %s would ask again", again)
	}
	p.goTo(address + "/c/claimed#/")
	p.see("恭喜，1 份奖品等您填领奖信息") // the first one
}
