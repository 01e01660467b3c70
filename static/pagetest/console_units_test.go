package pagetest

import (
	"fmt"
	"strings"
	"testing"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// typing is a contest without units in which players type the names of theirs.
const typing = `contest: typing
title: 单位自己填
organizer: 县应急管理局
contact: 0531-12345678
bank: safety
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
players: {unit: {ask: optional, label: 参赛单位, typed: true}}
levels:
  - {key: first, title: 第一关, questions: [{count: 3, kinds: [single]}], pass: 2}
boards:
  - {key: total, title: 个人榜, subject: player, measure: best}
`

func (d *desk) applyTyping() {
	d.t.Helper()
	if _, err := d.app.Catalog.Apply(d.t.Context(), "typing.yaml", []byte(typing), "测试"); err != nil {
		d.t.Fatal(err)
	}
}

// typist enrols somebody in that contest who types the name of the unit.
func (d *desk) typist(nickname, name string) {
	d.t.Helper()
	p := testkit.NewPlayer(d.url, "typing", nil)
	if err := p.Call("POST", p.InContest("/enrolment"), map[string]string{"nickname": nickname, "unit_name": name},
		nil); err != nil {
		d.t.Fatal(err)
	}
}

const unitTable = `编码,名称,上级,别名,人数
1,青禾镇,,,
11,柳湾村,1,柳湾,860
12,东村,青禾镇,,很多
13,西村,9,,20
2,河东街道,,,
`

func TestATableOfUnitsIsMendedAppliedAndTypedNamesAreMerged(t *testing.T) {
	d := openDesk(t)
	d.applyTyping()
	p := d.at(1280, 800, "wang")
	p.visit(d.url + "/console#/units/typing")
	p.see("这个活动还没有单位")
	p.fits("units-none")
	p.tap("上传单位表")
	p.see("把单位表拖到这里")
	p.fits("units-import")
	p.drop("单位.csv", unitTable)
	p.see("人数不是 0 或正整数")
	p.see("E4 格")
	p.see("C5 格")
	p.see("还有没通过的行")
	p.fits("units-report")

	// Mended, it passes whole; it wants a reason.
	p.drop("单位.csv", strings.NewReplacer("很多", "46", ",9,,20", ",1,,20").Replace(unitTable))
	p.see("新增")
	p.until(`!document.body.innerText.includes("人数不是 0")`)
	p.until(`[...document.querySelectorAll(".btn")].find((b) => b.innerText === "确认，改单位").disabled`)
	p.rewrite("[name=reason]", "县里核对过的名单")
	p.fits("units-plan")
	p.tap("确认，改单位")
	p.see("单位已经改好")
	p.tap("看单位树")
	p.see("合计 926")
	p.rewrite("[name=q]", "柳湾")
	p.see("找到 1 个")
	p.tapOn(`document.querySelector("[name=q]")`)
	p.rewrite("[name=q]", "村")
	p.see("找到 3 个")
	p.reload()
	p.see("合计 926")
	p.fits("units-tree")

	// Names that players typed.
	for i, name := range []string{"柳湾村村民委员会", "柳湾村村民委员会", "河东纺织厂"} {
		d.typist(fmt.Sprint("参赛者", i), name)
	}
	p.reload()
	p.see("自填名称")
	p.tap("自填名称")
	p.see("同一单位的另一种叫法")
	p.fits("units-names")
	p.tap("并入 柳湾村")
	p.see("“柳湾村村民委员会”已并入 柳湾村，2 人跟着过去")
	p.tap("作为新单位")
	p.rewrite("[name=find]", "河东")
	p.tapOn(`document.querySelector(".ut-hit")`)
	p.fits("units-new")
	p.tap("建单位并入")
	p.see("没有等着并入的名称")
	p.tap("已并入")
	p.see("河东街道 / 河东纺织厂")
	p.fits("units-merged")
	p.tapOn(`[...document.querySelectorAll(".ut-names li")].find((l) => l.innerText.includes("河东纺织厂")).querySelector(".link")`)
	p.tapOn(`document.querySelector(".dialog .btn:not(.quiet)")`)
	p.see("又回到待并入")

	p.tapOn(`[...document.querySelectorAll("button, a")].find((e) => e.innerText.trim() === "统计")`) // beside 统计表
	p.see("少于 5 人")
	p.fits("units-stats")
	p.set("[name=level]", "1")
	p.tap("参与率")
	p.until(`document.querySelectorAll(".ut-stats tbody tr").length === 2`)

	// A table that leaves a unit out says so in red; it stays for its results.
	p.visit(d.url + "/console#/units/typing/import")
	p.drop("少.csv", "编码,名称,上级\n1,青禾新镇,\n11,柳湾村,1\n")
	p.see("不再使用")
	p.see("不再让人选")
	p.fits("units-gone")
	// Saved once in Excel, codes have lost their zeros.
	p.drop("有零.csv", "编码,名称\n021,东郊乡\n022,西郊乡\n")
	p.until(`!document.body.innerText.includes("青禾新镇")`)
	p.rewrite("[name=reason]", "换编码")
	p.tap("确认，改单位")
	p.see("单位已经改好")
	p.tap("再传一张表")
	p.drop("无零.csv", "编码,名称\n21,东郊乡\n22,西郊新乡\n")
	p.see("已按原来的编码读取")
	p.see("22 西郊新乡")
	p.fits("units-zeros")
	p.tap("按原来的编码读取")
	p.until(`document.querySelector(".ut-changes summary").innerText.includes("改名")`)
	p.until(`!document.body.innerText.includes("不再使用")`)
	p.tap("不补 0，按表里写的")
	p.until(`document.querySelector(".ut-changes").innerText.includes("新增")`)
	p.see("不再使用")
	p.visit(d.url + "/console#/audit")
	p.see("上传单位表")
	p.see("撤销并入")
}

func TestUnitsFitAPhoneAndALookerOnSeesNoUpload(t *testing.T) {
	d := openDesk(t)
	d.applyTyping()
	d.staff("zhao", "赵看看", staff.Viewer)
	p := d.at(360, 740, "wang")
	p.visit(d.url + "/console#/units/workmonth/stats")
	p.see("青禾镇")
	p.fits("phone-units-stats")
	p.visit(d.url + "/console#/units/typing/import")
	p.see("把单位表拖到这里")
	p.drop("单位.csv", unitTable)
	p.see("人数不是 0 或正整数")
	p.fits("phone-units-report")
	p.tapOn(`document.querySelector("[name=valid]")`)
	p.rewrite("[name=reason]", "先收一部分")
	p.tap("确认，改单位")
	p.see("单位已经改好")
	d.typist("小李", "柳湾村委会")
	p.tap("看单位树")
	p.see("柳湾村")
	p.fits("phone-units-tree")
	p.reload()
	p.tap("自填名称")
	p.see("并入 柳湾村")
	p.fits("phone-units-names")

	viewer := d.at(1280, 800, "zhao")
	viewer.visit(d.url + "/console#/units/typing")
	viewer.see("柳湾村")
	if got := ask[string](viewer,
		`[...document.querySelectorAll(".tabs a")].map((a) => a.innerText).join()`); got != "单位树,统计" {
		t.Errorf("a viewer is led to %s", got)
	}
}

func TestAPlayerTypesAUnitThatIsNotInTheList(t *testing.T) {
	d := openDesk(t)
	d.applyTyping()
	p := newPhone(t, 360, 740)
	p.visit(d.url + "/c/typing")
	p.tap("马上开始")
	p.rewrite("#nickname", "青禾小李")
	p.tapOn(`document.querySelector(".picker")`)
	p.rewrite("[type=search]", "河东纺织厂")
	p.tap("列表里没有，就填“河东纺织厂”")
	p.see("组织者核对后计入单位")
	p.fits("phone-unit-typed")
	p.tap("同意并开始")
	p.until(`!document.querySelector(".form")`)
	var waiting string
	if err := d.app.DB.Get(t.Context(), &waiting, "SELECT name FROM unit_names"); err != nil || waiting != "河东纺织厂" {
		t.Errorf("%q waits, %v", waiting, err)
	}
}
