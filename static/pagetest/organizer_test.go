package pagetest

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"anquanda/internal/catalog"
)

// sixty is an Excel file of 60 questions as an office has it: no place, no difficulty.
func sixty(t *testing.T) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	rows := [][]any{{"题型", "题干", "选项A", "选项B", "选项C", "答案", "解析"}}
	for i := range 60 {
		rows = append(rows, []any{"单选题", fmt.Sprintf("车间第 %d 号灭火器多少天检查一次？", i+1), fmt.Sprint(i + 30),
			fmt.Sprint(i + 60), fmt.Sprint(i + 90), "A", "按单位的规定检查"})
	}
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = book.SetSheetRow("Sheet1", cell, &row)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// organizer counts what a person does with the console.
type organizer struct {
	*phone
	clicks, entries int
}

func (o *organizer) click(text string) {
	o.t.Helper()
	o.clicks++
	o.tap(text)
}

// step follows the guide.
func (o *organizer) step(key string) {
	o.t.Helper()
	o.clicks++
	o.tapOn(fmt.Sprintf(`document.querySelector(".guide [data-step=%s]")`, key))
}

// add presses the button that adds a row below the list of that path.
func (o *organizer) add(path string) {
	o.t.Helper()
	o.clicks++
	o.tapOn(fmt.Sprintf(`((b) => {
		for (let d = b; d && (d = d.parentElement); ) if (d.tagName === "DETAILS") d.open = true;
		return b;
	})(document.querySelector('.rows-edit[data-path=%q] > .btn'))`, path))
}

func (o *organizer) enter(name, value string) {
	o.t.Helper()
	o.entries++
	o.change(name, value)
}

// done waits until the guide counts a step as done.
func (o *organizer) done(key string) {
	o.t.Helper()
	o.until(fmt.Sprintf(`document.querySelector(".guide .done [data-step=%s]")`, key))
}

// From an Excel file to an open contest, in the form alone.
func TestAnOrganizerGetsFromAFileToAnOpenContestInTheFormAlone(t *testing.T) {
	d := openDesk(t)
	began := time.Now()
	o := &organizer{phone: d.at(1280, 800, "wang")}
	o.click("导入")
	o.clicks++ // the file
	o.drop("青山县题库.xlsx", sixty(t))
	o.see("全部 60 道通过")
	o.click("导入题库")
	o.entries += 2
	o.set("[name=bank]", "+")
	o.rewrite("[name=fresh]", "青山县题库")
	o.click("看看会改什么")
	o.see("新增 60")
	o.click("确认导入")
	o.see("已导入")

	o.click("用它新建活动")
	o.until(`(document.querySelector(".dialog [name=bank]") || {}).value === "bank-2"`)
	o.entries += 2
	o.rewrite("[name=title]", "青山县安全答题")
	ask[any](o.phone, `(() => {
		const e = document.querySelector("[name=opens]");
		e.value = "2026-01-01";
		e.dispatchEvent(new Event("input", {bubbles: true}));
	})()`)
	o.clicks++
	o.confirm()
	o.until(`document.querySelector(".guide")`)
	o.fits("organizer-guide")
	o.narrow("organizer-guide-narrow", "名称和日期")
	o.wide()

	o.step("basics")
	o.enter("organizer", "青山县应急管理局")
	o.enter("contact", "0310-1234567，工作日 9:00-17:00")
	o.done("basics")
	o.done("bank")
	o.done("levels") // they take what the bank holds
	o.step("prizes")
	o.add("prizes")
	n := ask[int](o.phone, `document.querySelectorAll('.rows-edit[data-path="prizes"] > .row-edit').length`) - 1
	prize := fmt.Sprintf("prizes[%d]", n)
	o.enter(prize+".title", "家庭应急包")
	o.enter(prize+".collect", "凭领奖码到县文化广场领奖点领取")
	o.add("drawings")
	o.until(`document.querySelector('[name="drawings[0].source"]')`)
	o.enter("drawings[0].source", "活动结束次日的福彩 3D 开奖号")
	kit := `[...document.querySelectorAll('[name="drawings[0].prizes[0].prize"] option')]
		.find((e) => e.textContent.trim() === "家庭应急包")`
	o.until(kit)
	o.enter("drawings[0].prizes[0].prize", ask[string](o.phone, kit+".value"))
	o.step("units")
	o.enter("players.unit.ask", "required")
	o.until(`document.querySelector("[name=unit-lines]")`)
	ask[any](o.phone, `(() => {
		const e = document.querySelector("[name=unit-lines]");
		e.value = "青山县应急管理局\n城关镇\n  东街社区\n  西街社区";
		e.dispatchEvent(new Event("input", {bubbles: true}));
	})()`)
	o.entries++
	o.click("加进名单")
	o.done("units")
	o.enter("pledge.title", "安全从我做起")
	o.enter("pledge.lines", "遵守安全规定\n发现隐患及时报告")
	o.see("已保存")

	// What the check still finds is answered in the form.
	o.step("check")
	for range 8 {
		if ask[int](o.phone, `document.querySelectorAll(".concern.serious").length`) == 0 {
			break
		}
		answered := ask[int](o.phone, `document.querySelectorAll(".concern.answered").length`)
		o.clicks++
		o.entries++
		o.tapOn(`document.querySelector(".concern.serious .btn")`)
		o.rewrite("[name=why]", "县局办公会同意，现场有工作人员")
		o.clicks++
		o.confirm()
		o.until(fmt.Sprintf(`document.querySelectorAll(".concern.answered").length > %d`, answered))
	}
	o.done("check")
	o.fits("organizer-check")
	o.step("look")
	o.done("look")
	o.fits("organizer-preview")

	// A link for the boss, opened on a phone without an account.
	o.click("给领导看")
	o.click("生成链接")
	o.until(`document.querySelector(".look-made a")`)
	boss := newPhone(t, 360, 740)
	boss.visit(ask[string](o.phone, `document.querySelector(".look-made a").href`))
	boss.see("这是还没有发布的草稿")
	boss.see("家庭应急包")
	boss.see("样题")
	boss.fits("organizer-look")
	o.fits("organizer-link")

	// Rehearsed before anything of it is public.
	o.step("rehearse")
	o.click("开始演练")
	o.see("正在演练")
	played := newPhone(t, 360, 740)
	played.visit(ask[string](o.phone, `document.querySelector(".rehearsal-ways a").href`))
	played.see("演练：成绩和奖品都不算数")
	stranger := newPhone(t, 360, 740)
	stranger.visit(d.url + "/")
	stranger.see("安全知识闯关")
	if ask[bool](stranger, `document.body.innerText.includes("青山县")`) {
		t.Error("the public sees a draft")
	}
	o.click("结束演练")
	o.clicks++
	o.confirm()
	o.until(`[...document.querySelectorAll("button")].some((b) => b.innerText.includes("开始演练"))`)

	o.step("publish")
	o.see("/c/qingshanxiananquandati")
	o.clicks++
	o.confirm()
	o.see("第 1 版")
	in, err := d.app.Catalog.Current("qingshanxiananquandati")
	if err != nil || in.Definition.Pledge == nil || len(in.Drawings) != 1 || len(in.Definition.Units) < 2 ||
		in.Definition.Bank != "bank-2" {
		t.Fatalf("published is %+v, %v", in, err)
	}
	open := catalog.Meant([]*catalog.Contest{in}, time.Now().UnixMilli())
	if open == nil || open.Phase(time.Now().UnixMilli()) != "open" {
		t.Errorf("it is %v", open)
	}
	t.Logf("from a file of 60 rows to an open contest: %d clicks, %d entries, %s of the script", o.clicks, o.entries,
		time.Since(began).Round(time.Second))
}

// wide is the desk's window again, after a look at the page on a phone.
func (p *phone) wide() {
	p.t.Helper()
	p.do(chromedp.EmulateViewport(1280, 800))
	p.until(`innerWidth === 1280`)
}
