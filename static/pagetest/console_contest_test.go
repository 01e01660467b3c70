package pagetest

import (
	"fmt"
	"strings"
	"testing"

	"anquanda/internal/staff"
)

// change puts a value into a control of a form and leaves it, as a person does.
func (p *phone) change(name, value string) {
	p.t.Helper()
	p.until(fmt.Sprintf("document.querySelector('[name=%q]')", name))
	ask[any](p, fmt.Sprintf(`(() => { const e = document.querySelector('[name=%q]'); for (let d = e; (d = d.parentElement); ) if (d.tagName === "DETAILS") d.open = true; e.value = %q; e.dispatchEvent(new Event("change", {bubbles: true})); })()`, name, value))
}

// textHolds waits until the text of the contest holds something.
func (p *phone) textHolds(text string) {
	p.t.Helper()
	if !ask[bool](p, `!!document.querySelector(".yaml-text")`) {
		p.until(`document.querySelector(".contest-right .tabs")`)
		p.tab("文本")
	}
	p.until(fmt.Sprintf(`document.querySelector(".yaml-text") && document.querySelector(".yaml-text").value.includes(%q)`,
		text))
}

// tab shows one of the views beside the form.
func (p *phone) tab(name string) {
	p.t.Helper()
	p.tapOn(fmt.Sprintf(`[...document.querySelectorAll(".contest-right .tabs button")].find((b) => b.innerText.startsWith(%q))`, name))
}

func (p *phone) confirm() {
	p.t.Helper()
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
}

// openContest opens the editor of a contest in the list, not that of a draft.
func (p *phone) openContest(title string) {
	p.t.Helper()
	p.tapOn(fmt.Sprintf(`[...document.querySelectorAll(".rows a")].find((a) => a.textContent === %q && !decodeURIComponent(a.hash).includes("+"))`, title))
}

func TestAnOrganizerMakesChangesAndRehearsesAContest(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.tap("活动")
	p.see("安全知识闯关")
	p.fits("contests")
	p.tap("新建活动")
	p.rewrite("[name=title]", "青禾县安全答题")
	ask[any](p, `(() => { const e = document.querySelector("[name=opens]"); e.value = "2026-11-01"; e.dispatchEvent(new Event("input", {bubbles: true})); })()`)
	p.fits("contests-begin")
	p.confirm()
	p.textHolds("contest: qinghexiananquandati")
	p.textHolds("2026-11-01 00:00")

	// The form and the text are one.
	p.change("levels[0].pass", "99")
	p.textHolds("pass: 99")
	p.see("过关要答对的题数是 0 到 10")
	p.fits("contests-wrong")
	p.change("levels[0].pass", "5")
	p.textHolds("pass: 5")
	// Nobody publishes in the name of the office that an example names, and no address is given twice.
	p.tap("发布")
	p.see("请先写上主办单位和咨询方式")
	p.change("organizer", "青禾县应急管理局")
	p.textHolds("青禾县应急管理局")
	p.change("contact", "0310-1234567")
	p.textHolds("0310-1234567")
	ask[any](p, `(() => {
		const e = document.querySelector(".yaml-text");
		e.value = e.value.replace("contest: qinghexiananquandati", "contest: workmonth");
		e.dispatchEvent(new Event("input", {bubbles: true}));
	})()`)
	p.see("已经有一个活动在用")
	p.fits("contests-taken")
	p.rewrite("[name=slug]", "qinghexiananquandati")
	p.tap("换成这个网址")
	p.textHolds("contest: qinghexiananquandati")
	// the last part that is open
	p.tapOn(`[...document.querySelectorAll(".part > summary")].find((s) => s.innerText.includes("排行榜"))`)
	p.tap("加一个榜")
	p.textHolds("key: board-5")
	p.change("boards[4].subject", "unit")
	p.until(`document.querySelector("[name='boards[4].average']")`)
	p.change("boards[4].average", "5")
	p.textHolds("average: 5")
	p.fits("contests-average")
	p.tapOn(`[...document.querySelectorAll(".part[open] .row-drop")].pop()`)
	p.until(`!document.querySelector(".yaml-text").value.includes("board-5")`)
	// A live room keeps what the form does not ask.
	p.change("live[0].time.question", "25s")
	p.textHolds("time: {question: 25s}")
	p.textHolds("- {key: ask, least: 6, give: {points: 10}}")
	ask[any](p, `document.querySelector("[name='live[0].title']").scrollIntoView(), undefined`)
	p.fits("contests-live")
	p.tab("规则预览")
	p.see("答对 5 题过关")
	p.see("每题限时 25 秒")
	p.fits("contests-rules")
	p.tab("手机预览")
	p.until(`document.querySelector(".mini h3").innerText === "青禾县安全答题"`)
	p.fits("contests-phone")
	p.tab("文本")
	ask[any](p, `(() => { const e = document.querySelector(".yaml-text"); e.value = e.value.replace("title: 青禾县安全答题", "title: 青禾安全答题"); e.dispatchEvent(new Event("input", {bubbles: true})); })()`)
	p.until(`document.querySelector(".work h1").innerText === "青禾安全答题" && document.querySelector("[name=title]").value === "青禾安全答题"`)
	p.see("已保存")
	p.tap("发布")
	p.see("/c/qinghexiananquandati")
	p.fits("contests-publish")
	p.confirm()
	p.see("第 1 版")

	// A change of a contest that is open: what it means, why, for everybody to read.
	p.change("levels[0].pass", "8")
	p.change("levels[0].attempts.max", "1")
	p.textHolds("pass: 8")
	p.tap("发布修改")
	p.see("会怎么样")
	p.see("次数变少")
	p.write("[name=reason]", "第一关太容易")
	p.fits("contests-change")
	p.confirm()
	p.see("第 2 版")
	p.tab("修改记录")
	p.see("第一关太容易")
	p.fits("contests-history")
	reader := newPhone(t, 360, 740)
	reader.visit(d.url + "/c/qinghexiananquandati#/rules")
	reader.see("修改记录")
	reader.tapOn(`document.querySelector(".rule-change summary")`)
	reader.see("答对 8 题过关")
	reader.fits("contests-changes-phone")

	// A rehearsal: played on a phone, marked, ended.
	p.tab("演练")
	p.tap("开始演练")
	p.see("正在演练")
	p.until(`document.querySelectorAll(".rehearsal-ways img").length === 2`)
	p.fits("contests-rehearsal")
	reader.visit(d.url + "/c/qinghexiananquandati-rehearsal")
	reader.see("没有") // without the pass
	links := strings.Fields(ask[string](p, `[...document.querySelectorAll(".rehearsal-ways a")].map(a => a.href).join(" ")`))
	reader.visit(links[0])
	reader.see("演练：成绩和奖品都不算数")
	reader.tap("马上开始")
	reader.write("#nickname", "试一试")
	reader.tap("同意并开始")
	reader.until(`document.querySelector(".stem")`)
	reader.fits("contests-rehearsed")
	hall := newPhone(t, 1280, 800)
	hall.visit(links[1])
	hall.until(`document.querySelector(".rehearsal")`)
	hall.keep("contests-hall")
	p.tap("刷新人数")
	p.see("1 人参加")
	p.tap("结束演练")
	p.see("正式活动不受影响")
	p.fits("contests-end")
	p.confirm()
	p.see("开始演练")
	reader.visit(d.url + "/c/qinghexiananquandati-rehearsal")
	reader.see("没有")
}

func TestWhatIsHalfWrittenOutlivesTheSessionAndOtherOrganizers(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.tap("活动")
	p.openContest("安全知识闯关")
	p.change("subtitle", "改到一半")
	p.textHolds("改到一半")
	wang, err := d.app.Staff.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.app.Staff.Revoke(t.Context(), staff.CommandLine, wang[0].ID); err != nil {
		t.Fatal(err)
	}
	p.change("levels[0].pass", "7")
	p.see("您写好的内容还在")
	p.rewrite(".signin [name=password]", password)
	p.tap("登录")
	p.until(`!document.querySelector(".signin")`)
	p.textHolds("改到一半")
	p.textHolds("pass: 7")
	p.change("levels[0].pass", "6")
	p.textHolds("pass: 6")

	d.staff("li", "李组织", staff.Organizer)
	other := d.at(1280, 800, "li")
	other.tap("活动")
	other.openContest("安全知识闯关")
	other.change("organizer", "县应急管理局")
	other.textHolds("organizer: 县应急管理局")
	other.tap("发布修改")
	other.write("[name=reason]", "写上单位")
	other.confirm()
	other.see("第 2 版")

	p.tap("发布修改")
	p.write("[name=reason]", "换副标题")
	p.confirm()
	p.see("刚刚被别人修改")
	p.tap("和最新一版比较")
	p.see("写上单位")
	p.fits("contests-overtaken")
	p.tap("再改改")
	p.change("organizer", "县应急管理局")
	p.textHolds("organizer: 县应急管理局")
	p.tap("发布修改")
	p.write("[name=reason]", "换副标题")
	p.confirm()
	p.see("第 3 版")

	d.staff("zhao", "赵看看", staff.Viewer)
	viewer := d.at(360, 740, "zhao")
	viewer.tap("活动")
	viewer.see("安全知识闯关")
	viewer.fits("contests-narrow")
	viewer.openContest("安全知识闯关")
	viewer.tab("规则预览")
	viewer.see("起一个昵称就能参加")
	viewer.fits("contests-narrow-rules")
	viewer.tab("表单")
	viewer.until(`document.querySelector("[name=title]").disabled`)
	viewer.fits("contests-narrow-form")
	if ask[bool](viewer, `/新建活动|发布|做副本/.test(document.body.innerText)`) {
		t.Error("who looks on is offered to change contests")
	}
}

func TestAnOrganizerAnswersForAConcernByName(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.tap("活动")
	p.openContest("安全知识闯关")
	p.textHolds("workmonth")
	ask[any](p, `(() => { const e = document.querySelector(".yaml-text"); e.value = e.value.replace("\nearnings:\n", "\npublish: [wechat]\nearnings:\n  - {key: told, for: share, give: {points: 1}}\n"); e.dispatchEvent(new Event("input", {bubbles: true})); })()`)
	p.see("检查 1")
	p.tap("发布修改")
	p.see("微信里的分享不能给奖励")
	p.fits("contests-check")
	p.tapOn(`document.querySelector(".concern.serious .btn")`)
	p.write("[name=why]", "只发在单位内部群")
	p.confirm()
	p.see("已有人负责")
	p.see("王主任：只发在单位内部群")
	p.tab("文本")
	p.textHolds("finding: share-reward")
}

// trail opens a level by a spot or another level, and the first from the start.
const trail = `
contest: trail
title: 健步走
organizer: 青禾县应急管理局
contact: 0310-1234567
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: safety
spots: [{key: east, title: 东门展位}]
levels:
  - {key: one, title: 第一关, questions: [{count: 1}], pass: 1, after: []}
  - {key: two, title: 第二关, questions: [{count: 1}], pass: 1, after: [{spot: east}, {level: one}], unlock: any}
`

func TestWhatOpensALevelIsSaidInOnePlaceOfTheForm(t *testing.T) {
	d := openDesk(t)
	if _, err := d.app.Catalog.Apply(t.Context(), "trail.yaml", []byte(trail), "测试"); err != nil {
		t.Fatal(err)
	}
	p := d.at(1280, 800, "wang")
	p.visit(d.url + "/console#/contests")
	p.openContest("健步走")
	chosen := func(name string) string {
		p.until(fmt.Sprintf(`document.querySelector("[name='%s']")`, name))
		return ask[string](p, fmt.Sprintf(`(() => {
			const e = document.querySelector("[name='%s']");
			return e.selectedIndex < 0 ? "" : e.options[e.selectedIndex].text;
		})()`, name))
	}
	for name, want := range map[string]string{"levels[0].after": "一开始就能", "levels[1].unlock": "下面列的有一样就行"} {
		if got := chosen(name); got != want {
			t.Errorf("%s shows %q, want %q", name, got, want)
		}
	}
	if !ask[bool](p, `(() => {
		const order = [...document.querySelectorAll("[name^='levels[1].after'], [name='levels[1].unlock']")];
		return order[0].name.endsWith(".after") && order[1].name.endsWith(".unlock") && order.length > 3;
	})()`) {
		t.Error("how much is needed does not stand between the choice and its list")
	}
	ask[any](p, `(() => {
		const field = document.querySelector("[name='levels[1].after']");
		document.querySelectorAll("details").forEach((e) => { e.open = e.contains(field); });
		field.scrollIntoView({block: "center"});
	})()`)
	p.fits("contests-after")
}
