package pagetest

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"anquanda/internal/staff"
)

// a3 finds a page of 297 × 420 mm, in points.
var a3 = regexp.MustCompile(`/MediaBox \[0 0 84[12]\S* 119[01]`)

func TestChannelsAreMadeWatchedAndPrinted(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.tap("渠道")
	p.see("参赛者的邀请")
	for _, name := range []string{"政务大厅二楼", "6月16日短信", "汽车站海报"} {
		p.tap("添加渠道")
		p.rewrite("[name=channel]", name)
		p.set("[name=kind]", map[string]string{"政务大厅二楼": "office", "6月16日短信": "sms", "汽车站海报": "poster"}[name])
		p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
		p.see("已添加 " + name)
	}
	code := ask[string](p, `document.querySelector(".channel-link a").href.split("c=")[1]`)
	player := d.player("路人甲")
	if err := player.Call(http.MethodPost, player.InContest("/visits"), map[string]string{"channel": code},
		nil); err != nil {
		t.Fatal(err)
	}
	p.until(`document.querySelectorAll(".channels tbody tr").length === 4`)
	p.fits("channels")

	p.tapOn(`[...document.querySelectorAll(".channels .link")].find((b) => b.innerText === "改名")`)
	p.rewrite("[name=channel]", "政务大厅一楼")
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.see("链接不变")
	p.see("政务大厅一楼")

	// Somebody came by it, so it stays.
	p.tapOn(`[...document.querySelectorAll(".channels .link")].find((b) => b.innerText === "删除")`)
	p.tapOn(`document.querySelector(".dialog .btn.danger")`)
	p.see("不能删除")
	p.tap("先不")

	p.tapOn(`document.querySelector(".channels .link")`)
	p.until(`document.querySelectorAll(".sheets .poster").length === 1`)
	p.fits("channels-poster")
	// What goes to the printer is the poster alone, on a page of its size.
	ask[any](p, `window.print = () => {}`)
	p.tap("打印 A3")
	ofCSS := true
	printed := string(call(p, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &ofCSS}).Data)
	if strings.Count(printed, "/MediaBox") != 1 || !a3.MatchString(printed) ||
		strings.Contains(printed, "/Subtype /Image") {
		t.Error("the poster is not one page of A3 in lines that a printer can enlarge")
	}
	ask[any](p, `dispatchEvent(new Event("afterprint"))`)
	p.set("[name=each]", "1")
	p.until(`document.querySelectorAll(".sheets img").length === 1 && document.querySelector(".sheets img").naturalWidth === 620`)
	p.fits("channels-one")
	p.set("[name=each]", "6")
	p.until(`document.querySelectorAll(".sheets img").length === 1`)
	p.fits("channels-six")
	p.set("[name=each]", "2")
	p.fits("channels-two")
	// What is downloaded is an A4 sheet of 300 dots an inch.
	ask[any](p, `(() => { const make = URL.createObjectURL; URL.createObjectURL = (blob) => { blob.arrayBuffer().then((b) => { window.saved = new DataView(b); }); return make.call(URL, blob); }; })()`)
	p.tap("下载图片")
	p.until(`window.saved && saved.getUint32(16) === 2480 && saved.getUint32(20) === 3508 && saved.getUint32(41) === 11811`)
	p.tapOn(`document.querySelector(".dialog .round")`)
	p.tap("一次做好所有二维码")
	p.until(`document.querySelectorAll(".sheets .poster").length === 3`)
	p.set("[name=each]", "1")
	p.until(`document.querySelectorAll(".sheets img").length === 3`)
	p.set("[name=each]", "2")
	p.until(`document.querySelectorAll(".sheets img").length === 2`)
	p.fits("channels-all")

	d.staff("zhao", "赵看看", staff.Viewer)
	viewer := d.at(360, 740, "zhao")
	viewer.tap("渠道")
	viewer.see("政务大厅一楼")
	viewer.fits("channels-phone")
	if ask[bool](viewer, `document.body.innerText.includes("添加渠道") || document.body.innerText.includes("改名")`) {
		t.Error("a viewer is offered to change channels")
	}
}

func TestATextMessageIsWrittenCountedAndOpened(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.tap("渠道")
	p.tap("添加渠道")
	p.rewrite("[name=channel]", "六月短信")
	p.set("[name=kind]", "sms")
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.tap("写短信")
	p.see("每人 ")
	p.see("没有发现会被退回的写法")
	p.rewrite("[name=sms]", "恭喜您中奖，点击领取红包")
	p.see("开头要有签名")
	p.see("写了中奖")
	p.fits("sms-refused")
	p.tap("文案 2")
	p.see("没有发现会被退回的写法")
	p.rewrite("[name=sent]", "2000")
	p.fits("sms")
	short := ask[string](p, `document.querySelector(".sms-link").innerText`)
	p.tap("记下条数")
	p.see("发出 2,000 条")
	p.narrow("channels-sms", "发出 2,000 条")
	p.goTo(short)
	p.until(`location.pathname.startsWith("/c/") && location.search.startsWith("?c=")`)
}

func TestATabletAtAStallIsForOnePersonAfterAnother(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.tap("渠道")
	p.tap("展位平板")
	p.see("给没有手机的人用")
	p.until(`document.querySelector(".dialog .qr").naturalWidth > 0`)
	p.fits("tablet")
	address := ask[string](p, `document.querySelector(".tablet-link").href`)
	p.goTo(address)
	p.do(chromedp.EmulateViewport(768, 1024))
	p.keep("tablet-first")
	p.tap("马上开始")
	for _, name := range []string{"王大爷", "李大妈"} { // the sheet waits for the next one by itself
		p.write("#nickname", name)
		p.tap("同意并开始")
		p.until(`(document.querySelector(".shared b") || {}).innerText === "` + name + `"`)
		p.keep("tablet-" + name)
		p.tap("换人")
		p.until(`!document.querySelector(".shared")`)
		p.keep("tablet-next")
	}
}
