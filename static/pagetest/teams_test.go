package pagetest

import (
	"testing"
)

const families = `
contest: kin
title: 家庭赛
organizer: 青禾社区
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
teams: {title: 家庭, size: {least: 1, most: 3}}
boards: [{key: kin, title: 家庭榜, subject: team, measure: best}]
levels: [{key: only, title: 一题, questions: [{count: 1, kinds: [single]}]}]
`

func TestACaptainGivesAnotherNameWhereStaffHidTheTeams(t *testing.T) {
	d := openDesk(t)
	if _, err := d.app.Catalog.Apply(t.Context(), "kin.yaml", []byte(families), "测试"); err != nil {
		t.Fatal(err)
	}
	captain := newPhone(t, 360, 740)
	captain.visit(d.url + "/c/kin#/team")
	captain.rewrite(".team-name input", "青禾村霸一家")
	captain.tap("新建")
	captain.rewrite("#nickname", "青禾小李")
	captain.tap("同意并开始")
	captain.until(`!document.querySelector("#nickname")`)
	captain.visit(d.url + "/c/kin#/team")
	captain.reload()
	captain.rewrite(".team-name input", "青禾村霸一家")
	captain.tap("新建")
	captain.see("复制邀请链接")
	captain.suits("team-open")

	desk := d.at(1280, 800, "wang")
	desk.pick("kin")
	desk.tap("名字")
	desk.tap("队名")
	desk.see("青禾村霸一家")
	desk.tap("隐藏")
	desk.see("不再显示")
	captain.reload()
	captain.see("换一个队名")
	captain.suits("team-hidden")
	captain.rewrite(".team-name input", "青禾新家")
	captain.tap("换名")
	captain.until(`document.querySelector(".team-title").innerText === "青禾新家"`)
	captain.see("换好了，等工作人员看过以后公开显示")
	captain.suits("team-renamed")

	desk.reload()
	desk.tap("队名")
	desk.see("以前叫：青禾村霸一家")
	desk.see("新换的，等您查看")
	desk.fits("team-names")
	desk.narrow("team-names-narrow", "以前叫")
	desk.tapOn(`document.querySelector(".names-do .btn")`)
	desk.see("照常显示")
	captain.reload()
	captain.until(`document.querySelector(".team-title") && !/没有公开显示|换一个队名/.test(document.body.innerText)`)
}
