package pagetest

import (
	"context"
	"encoding/base64"
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"anquanda/internal/app"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/accounts"
	"anquanda/internal/testkit/installation"
)

// password is everybody's on the desks of tests.
const password = "an-quan-616-mima"

// desk is an installation of a test's own, with an owner `wang`.
type desk struct {
	t   *testing.T
	app *app.App
	url string
}

// startedFolder is the data of a program that was started there once before.
func startedFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if err := installation.Furnish(folder, nil); err != nil {
		t.Fatal(err)
	}
	return folder
}

func openDesk(t *testing.T) *desk {
	t.Helper()
	browser(t) // skips first
	ctx, cancel := context.WithCancel(context.Background())
	a, err := app.New(ctx, app.Config{Data: startedFolder(t), AtOnce: true})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- a.Serve(ctx, listener) }()
	t.Cleanup(func() {
		cancel()
		<-served
		a.Close()
	})
	d := &desk{t, a, "http://" + listener.Addr().String()}
	d.staff("wang", "王主任", staff.Owner)
	return d
}

func (d *desk) staff(login, name string, role staff.Role) *staff.Member {
	d.t.Helper()
	return accounts.Hire(d.t, d.app.DB, login, name, role, password)
}

// player is a phone that plays on this desk's server.
func (d *desk) player(nickname string) *testkit.Player {
	d.t.Helper()
	questions, err := app.ShippedQuestions()
	if err != nil {
		d.t.Fatal(err)
	}
	p := testkit.NewPlayer(d.url, "current", questions)
	if err := p.Enrol(nickname, ""); err != nil {
		d.t.Fatal(err)
	}
	return p
}

// at opens the console in a window of that size, signed in.
func (d *desk) at(width, height int64, login string) *phone {
	d.t.Helper()
	p := newPhone(d.t, width, height)
	p.visit(d.url + "/console")
	p.signInAs(login)
	p.until(`document.querySelector(".side") && location.hash.startsWith("#/c/")`) // the contest stands in the address
	return p
}

// pick makes the console be of a contest.
func (p *phone) pick(slug string) {
	p.t.Helper()
	// The list is read anew as it opens, so the line that was found may be another one by now.
	p.until(fmt.Sprintf(`(() => {
		if (location.hash === "#/c/%[1]s") return true;
		const line = document.querySelector(".picker-list a[href='#/c/%[1]s']");
		(line || document.querySelector(".picker-now")).click();
		return false;
	})()`, slug))
	p.until(fmt.Sprintf(`location.hash === "#/c/%[1]s" && document.querySelector(".side a[href='#/c/%[1]s']")`, slug))
}

// visit opens an address of another server than the shared one.
func (p *phone) visit(address string) {
	p.t.Helper()
	p.do(chromedp.Navigate(address))
}

func (p *phone) signInAs(login string) {
	p.t.Helper()
	p.rewrite(".signin [name=login]", login)
	p.rewrite(".signin [name=password]", password)
	p.tap("登录")
}

// rewrite puts text where something else stood.
func (p *phone) rewrite(css, text string) {
	p.t.Helper()
	p.until(fmt.Sprintf("document.querySelector(%q)", css))
	ask[any](p, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.scrollIntoView({block: "center"}); e.focus(); e.select(); })()`, css))
	p.do(chromedp.KeyEvent(text))
	p.until(fmt.Sprintf("document.querySelector(%q).value === %q", css, text))
}

// set chooses an entry of a list.
func (p *phone) set(css, value string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`[...document.querySelectorAll(%q + " option")].some((o) => o.value === %q)`, css, value))
	ask[any](p, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.value = %q; e.dispatchEvent(new Event("change", {bubbles: true})); })()`, css, value))
}

// drop lets go of a file over the page.
func (p *phone) drop(name, content string) {
	p.t.Helper()
	p.until(`document.querySelector(".drop")`)
	ask[any](p, fmt.Sprintf(`(() => {
		const carried = new DataTransfer();
		carried.items.add(new File([Uint8Array.from(atob(%q), (c) => c.charCodeAt(0))], %q));
		const drop = document.querySelector(".drop");
		for (const kind of ["dragover", "drop"]) drop.dispatchEvent(new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true}));
	})()`, base64.StdEncoding.EncodeToString([]byte(content)), name))
}

// fits fails when the page is wider than the window.
func (p *phone) fits(name string) {
	p.t.Helper()
	if over := ask[int](p, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
		p.t.Errorf("%s is %d px too wide", name, over)
	}
	if out := ask[string](p, sticksOut); out != "" {
		p.t.Errorf("%s: what stands in a frame sticks out of it: %s", name, out)
	}
	p.keep("console-" + name)
}

// sticksOut names what reaches beyond the right edge of the frame around it, but for what can
// be scrolled there.
const sticksOut = `[...document.querySelectorAll(
	"section:not(.dialog), input, textarea, select, button, p, small")].filter((e) => {
	const frame = e.parentElement.closest(".panel, .card, .q-card, .dialog, section");
	return frame && e.getClientRects().length && !e.closest(".scroll, .tabs, .live-small, .offers-list, ol, table, nav") &&
		e.getBoundingClientRect().right > frame.getBoundingClientRect().right + 1;
}).map((e) => e.tagName + " " + (e.name || e.innerText)).slice(0, 5).join(", ")`

// narrow is the same page on a phone held upright, where it must fit too.
func (p *phone) narrow(name, text string) {
	p.t.Helper()
	p.do(chromedp.EmulateViewport(360, 740))
	p.until(`innerWidth === 360`)
	p.see(text)
	p.fits(name)
}

// bad is a sheet as organizers send it: a wrong letter, no options, a contradiction,
// one question twice.
const bad = `题型,题干,选项A,选项B,选项C,答案,解析,依据,知识点,难度
单选题,闻到很浓的燃气味时先做什么？,开灯看一看,关阀门并开窗,在屋里打电话,B,电火花会引爆燃气,城镇燃气管理条例,燃气,1
单选题,电动自行车应当在哪里充电？,楼道里,集中充电点,卧室里,E,楼道是逃生的路,消防法,消防,1
判断题,湿手可以拔插头。,,,,错误,水会导电,用电安全,用电,1
单选题,灭火器的压力表指针在哪里说明能用？,,,,B,绿区是正常压力,消防法,消防,2
多选题,火灾逃生时哪些做法正确？,弯腰前行,用湿毛巾捂口鼻,乘电梯下楼,A,浓烟在上方,消防法,消防,2
单选题,闻到很浓的燃气味时先做什么？,开灯看一看,关阀门并开窗,在屋里打电话,B,电火花会引爆燃气,城镇燃气管理条例,燃气,1
`

func TestAFileWithProblemsIsMendedImportedAndTakenBack(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.see("王主任")
	p.see("负责人")
	p.see("正常，可以答题")
	p.fits("overview")
	p.tap("导入")
	p.see("把题库文件拖到这里")
	p.fits("import")
	p.drop("社区题目.csv", bad)
	p.see("答案不在选项之中")
	p.until(`document.querySelector(".count.rejected b").textContent === "4"`)
	p.fits("draft")

	// The wrong letter, mended in place.
	p.tapOn(`[...document.querySelectorAll(".draft-row.rejected")].find((r) => r.innerText.includes("电动自行车")).querySelector(".btn")`)
	p.see("改第 2 道")
	p.tap("保存并检查")
	p.see("请标出正确的选项")
	p.fits("mend")
	p.tapOn(`document.querySelectorAll("button.letter")[1]`)
	p.tapOn(`[...document.querySelectorAll(".mend-view .option")].find((o) => o.innerText.includes("集中充电点"))`)
	p.tapOn(`[...document.querySelectorAll(".mend-view .btn")].find((b) => b.innerText.includes("确定"))`)
	p.see("答对了")
	p.fits("mend-verdict")
	p.tap("保存，改下一道")
	p.see("改第 4 道")
	// A wrong try is said at once, and the text stays.
	p.rewrite("[name=stem]", "灭火器的压力表指针指到哪里说明能用？")
	p.tap("＋ 加一个选项")
	p.tapOn(`document.querySelectorAll(".mend button.letter")[0]`)
	p.tap("保存并检查")
	p.see("有空的选项")
	p.until(`document.querySelector("[name=stem]").value.includes("指到哪里")`)
	p.fits("mend-again")
	p.tap("关闭")
	p.until(`document.querySelector(".count.rejected b").textContent === "3"`)

	// Only what passed goes in, into a new bank, after a look at the difference.
	p.tap("导入通过的题目")
	p.set("[name=bank]", "+")
	p.rewrite("[name=fresh]", "社区题库")
	p.tap("看看会改什么")
	p.see("新增 3")
	p.fits("plan")
	p.tap("确认导入")
	p.see("题库“社区题库”现在是第 1 版")

	p.until(`[...document.querySelectorAll("a.btn")].some((a) => a.innerText === "用它新建活动")`)
	p.fits("imported")

	// A second file replaces it: one question changed, two removed; then undo.
	p.tap("再导入一个文件")
	p.drop("改.csv", strings.Join(strings.SplitN(strings.Replace(bad, "先做什么？,开灯看一看", "应当先做什么？,开灯看一看", 1), "\n", 3)[:2],
		"\n")+"\n")
	p.see("全部 1 道通过")
	p.tap("导入题库")
	p.set("[name=bank]", "bank-2")
	p.tapOn(`[...document.querySelectorAll(".check")].find((c) => c.innerText.includes("整个替换"))`)
	p.tap("看看会改什么")
	p.see("移除 3")
	p.tap("确认导入")
	p.see("第 2 版")
	p.tap("看差异，可以撤销")
	p.until(`document.querySelector(".compare .q-card")`)
	p.fits("versions")
	p.tap("撤销最近一次修改")
	p.see("恢复 3 道")
	p.fits("undo")
	p.tapOn(`document.querySelector(".dialog .btn.danger")`)
	p.see("已撤销，现在是第 3 版")
	p.see("3 道题")
}

// inDigits is a sheet whose answers in digits have two readings; the second row decides.
const inDigits = `题干,选项1,选项2,选项3,答案
一个灭火器箱里一般放几具？,2,3,1,2
火警打哪个电话？,110,119,120,2
`

func TestAnotherReadingOfAFileIsOnePressAway(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.tap("导入")
	p.drop("数字.csv", inDigits)
	p.see("这个文件是这样读的")
	p.see("是第几个选项")
	p.see("E3 格")
	p.until(`document.querySelector(".count.rejected b").textContent === "1"`)
	p.fits("conventions")
	p.tap("改读作：是选项的原文")
	p.see("按您选的")
	p.until(`document.querySelector(".count.rejected b").textContent === "1"`)
	p.until(`[...document.querySelectorAll(".draft-row.rejected")].some((r) => r.innerText.includes("火警"))`)
	p.tap("改读作：是第几个选项")
	p.until(`document.querySelector(".count.accepted b").textContent === "2"`)
	p.narrow("conventions-narrow", "按您选的")
	p.tap("由文件自己看出")
	p.until(`document.querySelector(".count.rejected b").textContent === "1"`)
}

func TestAnUnreadableFileSaysWhy(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.tap("导入")
	p.drop("旧.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing")
	p.see("没有读成")
	p.see("另存为")
	p.fits("unreadable")
}
