package pagetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"anquanda/internal/staff"
)

// fire119 opens in the year after the contests of a hall: the newest, and not yet open.
const fire119 = `contest: fire119
title: 119消防宣传月竞赛
organizer: 青山县消防救援大队
window: {opens: 2027-11-01 00:00, closes: 2027-11-30 00:00}
bank: safety
levels:
  - {key: only, title: 第一关, questions: [{count: 3, kinds: [single]}], pass: 1}
`

// openSeveral is a hall at a time when the shipped contest and its own are open, and fire119 is to come.
func openSeveral(t *testing.T) *hall {
	t.Helper()
	h := openHall(t)
	if _, err := h.app.Catalog.Apply(t.Context(), "fire119.yaml", []byte(fire119), ""); err != nil {
		t.Fatal(err)
	}
	return h
}

// seen is what stands on the page, in one line.
func (p *phone) seen() string {
	return strings.Join(strings.Fields(ask[string](p, "document.body.innerText")), " ")
}

// inOrder fails unless the texts stand on the page one after another.
func (p *phone) inOrder(texts ...string) {
	p.t.Helper()
	p.see(texts[0])
	page, from := p.seen(), 0
	for _, text := range texts {
		at := strings.Index(page[from:], text)
		if at < 0 {
			p.t.Fatalf("after %q the page lacks %q: %s", page[:from], text, page)
		}
		from += at + len(text)
	}
}

func TestACitizenFindsTheOpenContestsAndWhatComesNext(t *testing.T) {
	h := openSeveral(t)
	p := newPhone(t, 360, 740)
	p.visit(h.url + "/")
	p.inOrder("选一个活动", "正在进行", "安全生产月答题", "进行中，今天截止", "安全知识闯关", "2029年12月31日截止", "接下来", "119消防宣传月竞赛", "2027年11月1日开始")
	p.fits("several-citizen")
	p.until(`!document.getElementById("records").hidden`)
	told := ask[string](p, `document.querySelector('meta[property="og:description"]').content`)
	if !strings.Contains(told, "安全生产月答题、安全知识闯关") {
		t.Errorf("a forwarded link tells %q", told)
	}
	p.tap("大字版")
	p.fits("several-citizen-large")
	p.tap("标准版")
	p.tap("安全生产月答题")
	p.see("第一关")
	p.until(`location.pathname === "/c/drawn"`)

	h.at("2026-07-01 10:00") // one is open, nobody taps once more
	p.visit(h.url + "/")
	p.see("平安到家")
	p.until(`document.title === "安全知识闯关"`)

	h.at("2030-06-01 10:00") // none is open
	p.visit(h.url + "/")
	p.inOrder("现在没有进行中的活动", "已经结束", "安全知识闯关", "2029年12月31日结束", "119消防宣传月竞赛", "2027年11月29日结束", "安全生产月答题")
	p.fits("several-citizen-over")
	if _, err := h.app.Catalog.Apply(t.Context(), "next.yaml", []byte(strings.NewReplacer("fire119", "next", "2027",
		"2031").Replace(fire119)), ""); err != nil {
		t.Fatal(err)
	}
	p.reload()
	p.inOrder("现在没有进行中的活动", "接下来", "2031年11月1日开始", "已经结束", "安全知识闯关")
	p.visit(h.url + "/c/drawn") // the address stays what it was
	p.see("活动已结束")
}

func TestAPhoneStaysInTheContestThatItOpened(t *testing.T) {
	h := openHall(t)
	h.at("2026-05-01 10:00") // only the shipped one is open
	p := newPhone(t, 360, 740)
	p.visit(h.url + "/")
	p.see("平安到家")
	h.at("2026-06-16 10:00") // another has opened meanwhile
	p.tap("排行榜")
	p.see("个人榜")
	p.tap("闯关")
	p.see("平安到家")
}

func TestAScreenIsOfOneContestForGood(t *testing.T) {
	h := openSeveral(t)
	p := newPhone(t, 1920, 1080)
	p.visit(h.url + "/screen")
	p.inOrder("大屏放哪个活动", "安全生产月答题", "安全知识闯关", "119消防宣传月竞赛", "2027年11月1日开始")
	p.fits("several-screen-choice")
	p.tap("安全生产月答题")
	p.until(`location.pathname === "/screen/drawn"`)
	p.see("扫码答题")
	p.until(`document.querySelector(".code img").alt.endsWith("/c/drawn")`)
	p.see("手机打不开这个地址")
	p.fits("several-screen")
	h.at("2026-07-01 10:00") // it is over, and another is the only open one
	p.reload()
	p.see("活动已结束")
	p.see("安全生产月答题")

	only := newPhone(t, 1920, 1080)
	only.visit(h.url + "/screen")
	only.see("安全知识闯关")
	only.until(`location.pathname === "/screen/workmonth"`)
	only.until(fmt.Sprintf(`document.querySelector(".code img").alt.endsWith(%q)`, h.url+"/c/workmonth"))
}

// Each page of a contest, each role, for the contest that was chosen.
func TestEveryConsolePageIsOfTheChosenContest(t *testing.T) {
	h := openSeveral(t)
	p := h.desk.at(1280, 800, "wang")
	p.until(`location.hash === "#/c/drawn"`) // the open one that opened last, though a newer one is to come
	p.until(`document.querySelector("h1").textContent === "安全生产月答题"`)
	p.see("手机打不开 127.0.0.1")
	p.fits("several-overview")
	p.tapOn(`document.querySelector(".picker-now")`)
	p.inOrder("安全生产月答题", "进行中", "6月1日至6月16日", "安全知识闯关", "进行中", "2026年1月1日至2029年12月31日", "119消防宣传月竞赛", "未开始",
		"2027年11月1日至11月29日")
	p.fits("several-picker")
	p.narrow("several-picker-narrow", "2027年11月1日至11月29日")
	p.do(chromedp.EmulateViewport(1280, 800))
	p.tapOn(`[...document.querySelectorAll(".picker-list a")].find((a) => a.innerText.includes("安全知识闯关"))`)
	p.until(`location.hash === "#/c/workmonth" && document.querySelector("h1").textContent === "安全知识闯关"`)

	// The contests that calls since the last look were about.
	ask[any](p, `window.asked = () => [...new Set(performance.getEntriesByType("resource").map((r) => r.name.split("/contests/")[1]).
		filter(Boolean).map((rest) => rest.split(/[/?]/)[0]))].join()`)
	for _, page := range []struct{ key, name, says string }{
		{"units", "单位", "个单位"}, {"pledge", "接力墙", "接力墙"}, {"channels", "渠道", "值得看一看的邀请"}, {"pools", "奖池", "奖池"},
		{"cases", "核查", "核查"}, {"drawings", "公开摇奖", "这个活动没有安排公开摇奖"}, {"claims", "中奖与发放", "安全知识闯关"},
		{"payouts", "话费与红包", "话费与红包"}, {"booth", "领奖点", "安全知识闯关"},
	} {
		ask[any](p, `performance.clearResourceTimings()`)
		p.tapOn(fmt.Sprintf(`[...document.querySelectorAll(".side a")].find((a) => a.textContent === %q)`, page.name))
		p.until(fmt.Sprintf(`location.hash === "#/c/workmonth/%s"`, page.key))
		p.see(page.says)
		p.until(`asked() && !document.querySelector(".loading")`)
		if seen := ask[string](p, `asked()`); seen != "workmonth" {
			t.Errorf("%s asks for %s", page.name, seen)
		}
		p.fits("several-" + page.key)
		p.narrow("several-"+page.key+"-narrow", page.says)
		p.do(chromedp.EmulateViewport(1280, 800))
	}
	// A page of everything keeps the choice, and choosing another leads to that one's page.
	p.tapOn(`[...document.querySelectorAll(".side a")].find((a) => a.textContent === "题库")`)
	p.see("导入题目")
	p.until(`document.querySelector(".picker-title").textContent === "安全知识闯关"`)
	p.visit(h.url + "/console") // the next visit
	p.until(`location.hash === "#/c/workmonth"`)
	// A colleague gets the link.
	colleague := h.desk.at(360, 740, "gifts")
	colleague.until(`location.hash === "#/c/drawn"`)
	colleague.visit(h.url + "/console#/c/fire119/channels")
	colleague.until(`document.querySelector(".picker-title").textContent === "119消防宣传月竞赛"`)
	colleague.see("值得看一看的邀请")
	colleague.fits("several-link")
	colleague.visit(h.url + "/console#/c/nowhere/channels")
	colleague.see("没有这个活动")
	colleague.fits("several-nowhere")
	colleague.visit(h.url + "/console#/booth/workmonth") // as it was printed once
	colleague.until(`location.hash === "#/c/workmonth/booth"`)
}

func TestARehearsalIsChosenLikeAContest(t *testing.T) {
	h := openSeveral(t)
	p := h.desk.at(1280, 800, "wang")
	p.visit(h.url + "/console#/contests/fire119")
	p.tap("演练")
	p.tap("开始演练")
	p.see("正在演练")
	p.see("手机打不开 127.0.0.1")
	p.tap("在控制台看演练")
	p.until(`location.hash === "#/c/fire119-rehearsal"`)
	p.until(`document.querySelector(".picker-state").textContent === "演练"`)
	p.fits("several-rehearsal")
}

func TestABoothLeadsToTheContestOfAGoodCode(t *testing.T) {
	h := openSeveral(t)
	mine := h.winner("细心山茶")
	h.held()
	code := mine.claim("李青禾", "13812345678")
	p := h.desk.at(360, 740, "gifts")
	p.visit(h.url + "/console#/c/fire119/booth")
	p.see("今天已发 0 份")
	p.rewrite("[name=code]", code)
	p.tap("查看")
	p.see("这是活动“安全生产月答题”的奖券")
	p.fits("several-booth-elsewhere")
	p.tap("去那个活动的领奖点")
	p.see("细**茶")
	p.until(`document.querySelector(".picker-title").textContent === "安全生产月答题"`)
	p.tap("确认发出")
	p.see("已登记发出")
	p.fits("several-booth-given")
}

func TestEveryRoleIsLedToThePagesOfTheChosenContest(t *testing.T) {
	h := openSeveral(t)
	for _, role := range staff.Roles() {
		h.staff("as-"+string(role), "值班"+role.Name(), role)
		p := h.desk.at(1280, 800, "as-"+string(role))
		if role == staff.Booth { // has no overview, and one page of a contest
			p.until(`(() => {
				if (location.hash.startsWith("#/c/workmonth")) return true;
				const lines = [...document.querySelectorAll(".picker-list a")];
				const line = lines.find((a) => a.hash.startsWith("#/c/workmonth"));
				(line || document.querySelector(".picker-now")).click();
				return false;
			})()`)
			p.see("扫码领奖")
			continue
		}
		p.pick("workmonth")
		p.until(`[...document.querySelectorAll(".side a")].every((a) => a.matches("hr ~ a") !== a.hash.startsWith("#/c/workmonth"))`)
		p.see("安全答示范活动") // the overview, which every role sees
	}
}
