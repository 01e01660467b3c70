package pagetest

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

func TestWhereCookiesAreBlockedNobodyIsEnrolledAndTheWayOutIsTold(t *testing.T) {
	p := visit(t, "gains", 360, 740, false)
	call(p, emulation.SetDocumentCookieDisabled, emulation.SetDocumentCookieDisabledParams{Disabled: true})
	p.tap("马上开始")
	p.write("#nickname", "没有饼干")
	p.see("居民")
	p.tap("居民")
	for range 3 {
		p.tap("同意并开始")
		p.see("请允许 Cookie，或用微信、系统浏览器打开")
	}
	p.suits("no-cookies")
	calls := ask[int](p, `performance.getEntriesByType("resource").filter((e) => /enrolment/.test(e.name)).length`)
	if calls != 0 {
		t.Errorf("%d players are made", calls)
	}
	call(p, emulation.SetDocumentCookieDisabled, emulation.SetDocumentCookieDisabledParams{})
	p.tap("同意并开始")
	p.judged("对的做法")
}

func TestTheHomeEndsWithWhoAnswersForItAndOtherScreensDoNot(t *testing.T) {
	p := visit(t, "gains", 360, 740, false)
	p.until(`!document.getElementById("records").hidden`)
	p.suits("home-records")
	p.tap("排行榜")
	p.until(`document.getElementById("records").hidden`)
	p.tap("闯关")
	p.tap("个人信息保护说明")
	p.see("负责处理")
	p.suits("privacy")
	p.tap("回到活动")
	p.see("马上开始")
}

func TestTriesUnitAndTimeAreToldBeforeTheyMatter(t *testing.T) {
	p := visit(t, "places", 360, 740, false)
	p.see("还能答1次") // before a name is asked: the only try is not spent unawares
	p.tap("马上开始")
	p.write("#nickname", "没选地区")
	p.tap("同意并开始")
	p.see("请选择所在地区。")
	p.tapOn(`document.querySelector(".picker")`)
	p.see("西区")
	if ask[bool](p, `document.body.innerText.includes("先不选")`) {
		t.Error("a unit that must be chosen may be left out")
	}
	p.tap("西区")
	p.until(`!document.querySelector(".form-wrong")`)
	p.tap("同意并开始")
	p.until(`/^(20:00|19:5[0-9])$/.test(document.querySelector(".clock [role=timer]").innerText)`)
	p.suits("places-question")
}

func TestAnUnregisteredPlayerIsToldWhyTheBoardLacksThem(t *testing.T) {
	p := visit(t, "gains", 360, 740, false)
	p.tap("马上开始")
	p.write("#nickname", "没有登记")
	p.see("居民")
	p.tap("居民")
	p.tap("同意并开始")
	for n := range 3 {
		p.judged("对的做法")
		p.tap([]string{"下一题", "下一题", "看结果"}[n])
	}
	p.see("分享成绩")
	p.tap("回到地图")
	p.tap("排行榜")
	p.see("您还没有填登记信息，所以榜上没有您")
	p.suits("rank-unregistered")
	p.tap("去填写")
	p.write("#field-phone", "13800001234")
	p.tap("保存")
	p.until(`!document.querySelector(".sheet") && !document.body.innerText.includes("您还没有填登记信息")`)
}

func TestAResultIsHandedOnFromItsScreen(t *testing.T) {
	p := visit(t, "gains", 360, 740, false)
	ask[any](p, `navigator.share = undefined, delete Navigator.prototype.share, undefined`)
	p.tap("马上开始")
	p.write("#nickname", "分享成绩的")
	p.see("居民")
	p.tap("居民")
	p.tap("同意并开始")
	for n := range 3 {
		p.judged("对的做法")
		p.tap([]string{"下一题", "下一题", "看结果"}[n])
	}
	p.tap("去填写")
	p.write("#field-phone", "13800001234")
	p.tap("保存")
	p.see("有奖励")
	p.suits("result-hand-on")
	p.tap("分享成绩")
	p.see("得到1次答题机会")
	p.tap("分享成绩") // a second one gives nothing, and says nothing of it
	p.until(`document.querySelector(".toast") && document.querySelector(".toast").innerText === "链接已复制，发给好友吧。"`)
	p.tap("回到地图")
	p.tap("抽奖")
	p.see("现在没有抽奖机会")
	p.tap("怎么得抽奖机会")
	p.see("我的收获")
}

func TestTheBackButtonClosesTheSheetAndNotThePage(t *testing.T) {
	p := visit(t, "later", 360, 740, false)
	p.tap("马上开始")
	p.write("#nickname", "按了返回")
	ask[any](p, `setTimeout(() => history.back()), undefined`)
	p.until(`!document.querySelector(".sheet") && document.querySelector(".hero .main")`)
	p.tap("马上开始")
	p.tapOn(`document.querySelector(".sheet-head button")`)
	p.until(`!document.querySelector(".sheet")`)
	p.tap("马上开始")
	p.write("#nickname", "按了返回")
	p.tap("同意并开始")
	p.until(`document.querySelector(".stem")`)
	ask[any](p, `setTimeout(() => history.back()), undefined`)
	p.until(`document.querySelector(".hero .main")`) // the map, at once
	p.see("接着答")
}
