package pagetest

import (
	"strings"
	"testing"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// onBoards is a phone that has played to the end: the hall sees the name.
func (d *desk) onBoards(nickname string) *testkit.Player {
	d.t.Helper()
	p := d.player(nickname)
	if _, err := p.Play("home", 0); err != nil {
		d.t.Fatal(err)
	}
	return p
}

func TestANicknameThatNobodyShouldReadIsRefusedKindly(t *testing.T) {
	d := openDesk(t)
	p := newPhone(t, 360, 740)
	p.visit(d.url + "/")
	p.tap("马上开始")
	for _, name := range []string{"操你妈", "应急管理局客服", "加微信123", "13900001234"} {
		p.rewrite("#nickname", name)
		p.tap("同意并开始")
		p.until(`document.querySelector("#form-wrong")`)
		if told := ask[string](p, `document.querySelector("#form-wrong").innerText`); strings.Contains(told, name) {
			t.Errorf("%s is repeated: %s", name, told)
		}
	}
	p.keep("nickname-refused")
}

func TestStaffHideANameEverywhereAndShowItAgain(t *testing.T) {
	d := openDesk(t)
	d.onBoards("青山村霸")
	d.onBoards("青禾小李")
	d.staff("hall", "会场值班", staff.Host)
	screen := newPhone(t, 1920, 1080)
	screen.visit(d.url + "/screen#board")
	screen.see("青山村霸")

	console := d.at(1280, 800, "hall")
	console.tap("名字")
	console.see("没人看过")
	console.fits("names")
	console.rewrite(".names-find input", "村霸")
	console.until(`document.querySelectorAll("table.names tbody tr").length === 1`)
	console.tapOn(`document.querySelector(".names-do .btn:last-child")`)
	console.see("到处都不再显示")
	console.keep("console-names-hidden")
	screen.until(`/网友\d{4}/.test(document.body.innerText) && !document.body.innerText.includes("青山村霸")`)
	screen.keep("screen-names-hidden")

	console.tap("没有显示")
	console.see("已隐藏")
	console.narrow("names-narrow", "青山村霸")
	console.tapOn(`document.querySelector(".names-do .btn")`)
	console.see("没有不显示的名字")
	screen.see("青山村霸")
}

func TestTheFormAsksHowNamesAreShown(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.visit(d.url + "/console#/contests/workmonth")
	p.tapOn(`[...document.querySelectorAll(".part > summary")].find((s) => s.innerText.includes("参赛者"))`)
	p.set(`[name="players.names.mask"]`, "rest")
	p.textHolds("mask: rest")
	p.tapOn(`document.querySelector('[name="players.names.review"]')`)
	p.textHolds("review: true")
	p.tab("规则预览")
	p.see("大屏幕上只显示第一个字。工作人员看过以后，名字才在大屏幕上显示。")
	p.fits("names-form")
}

func TestStaffLookThroughManyNamesAtOnce(t *testing.T) {
	d := openDesk(t)
	d.onBoards("青山小李")
	d.onBoards("青禾小王")
	d.staff("hall", "会场值班", staff.Host)
	console := d.at(1280, 800, "hall")
	console.tap("名字")
	console.tapOn(`document.querySelector(".names-many input")`)
	console.tap("通过 2 个")
	console.see("没有等着查看的名字")
	console.tap("全部")
	console.see("已通过")
	console.fits("names-all")
}

func TestWhoseNameIsHiddenIsToldKindlyAndChoosesAnother(t *testing.T) {
	d := openDesk(t)
	d.staff("hall", "会场值班", staff.Host)
	p := newPhone(t, 360, 740)
	p.visit(d.url + "/")
	p.tap("马上开始")
	p.rewrite("#nickname", "青山村霸")
	p.tap("同意并开始")
	p.until(`document.querySelector(".option")`)
	console := d.at(1280, 800, "hall")
	console.tap("名字")
	console.tapOn(`document.querySelector(".names-do .btn:last-child")`)
	console.see("到处都不再显示")
	p.visit(d.url + "/")
	p.see("您的昵称不适合公开显示")
	p.keep("home-name-hidden")
	p.tap("换一个昵称")
	p.rewrite("#nickname", "青山小李")
	p.tap("保存")
	p.see("新昵称正在等工作人员查看")
	p.keep("home-name-waiting")
}

func TestTheOrganizerAddsWordsThatNoNameMayHold(t *testing.T) {
	d := openDesk(t)
	d.onBoards("青山村霸")
	console := d.at(1280, 800, "wang")
	console.tap("名字")
	console.tap("词语")
	console.rewrite("[name=try]", "傻 逼")
	console.tap("试试")
	console.see("不能用：这个名字可能让别人不舒服")
	console.rewrite("[name=word]", "村霸")
	console.tap("不能用")
	console.see("王主任")
	console.fits("names-words")
	console.tap("没有显示")
	console.see("含有不能用的词")
	console.tap("词语")
	console.tap("删去")
	console.see("还没有自己加的词")
	console.narrow("names-words-narrow", "试一个名字")
}
