package pagetest

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/app"
)

// pupilsContest asks children for their names, and their guardians for consent.
const pupilsContest = `
contest: pupils
title: 小学生安全知识竞赛
organizer: 青禾县教育局
window: {opens: 2020-01-01, closes: 2040-01-01}
retention: 30d
bank: safety
players:
  ages: {minors: true}
  fields:
    - {key: name, label: 姓名, kind: name, when: start, why: 写在奖状上}
    - {key: phone, label: 家长手机号, kind: phone, ask: optional, when: earn, why: 通知领奖}
accept: [{finding: minors, by: 青禾县教育局, why: 监护人在页面上同意}]
levels: [{key: one, title: 第一课, questions: [{count: 2}], pass: 1}]
`

var pupils struct {
	sync.Once
	app     *app.App
	address string
	close   func()
	err     error
}

func openPupils(t *testing.T) string {
	t.Helper()
	browser(t) // or skip
	pupils.Do(func() {
		pupils.app, pupils.address, pupils.close, pupils.err = openContest("pupils.yaml", pupilsContest)
	})
	if pupils.err != nil {
		t.Fatal(pupils.err)
	}
	return pupils.address + "/c/pupils"
}

func TestAGuardianAgreesBeforeAChildTellsItsName(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("elder=%v", size.elder), func(t *testing.T) {
			p := newPhone(t, size.width, size.height)
			p.goTo(openPupils(t))
			if size.elder {
				p.tap("大字版")
			}
			p.tap("马上开始")
			p.write("#nickname", "小明")
			p.write("#field-name", "张小明")
			p.tap("同意并开始")
			p.see("请先选参赛者的年龄。")
			p.tap("未满 14 周岁")
			p.see("请把手机交给爸爸妈妈")
			p.tap("同意并开始")
			p.see("请填写监护人姓名。")
			p.write("#guardian-name", "张大明")
			p.tap("同意并开始")
			p.see("请监护人看一看说明")
			p.suits("guardian")
			p.tap("我是参赛者的父母")
			p.until(`document.querySelector(".agree[aria-checked=true]")`)
			p.tap("同意并开始")
			p.until(`document.querySelector(".stem")`)
			p.goTo(openPupils(t) + "#/me")
			p.see("监护人姓名")
			p.see("张**")
			p.suits("me-child")
			p.tap("修改昵称和资料")
			p.until(`/已经填好/.test(document.querySelector("#field-name").placeholder)`)
			if ask[bool](p, `document.body.innerText.includes("参赛者的年龄")`) {
				t.Error("a guardian who agreed is asked again")
			}
		})
	}
}

func TestAPlayerTakesEverythingAlongAndSomebodyAtTheSameTabletDoesNot(t *testing.T) {
	p := newPhone(t, 360, 740)
	p.goTo(openPupils(t))
	p.tap("马上开始")
	p.write("#nickname", "带走的人")
	p.write("#field-name", "李带走")
	p.tap("满 14 周岁")
	p.tap("同意并开始")
	p.until(`document.querySelector(".stem")`)
	p.goTo(openPupils(t) + "#/me")
	p.tap("看全部内容")
	p.see("李带走") // nothing is kept by which the person could be told
	p.tapOn(`document.querySelector(".sheet-head button")`)
	p.tap("修改昵称和资料")
	p.tap("满 14 周岁")
	p.write("#field-phone", "13812345678")
	p.tap("保存")
	p.until(`!document.querySelector(".sheet")`)
	p.tap("看全部内容")
	p.see("138****5678 中间的 4 位")
	p.suits("take-digits")
	p.write("#take-digits", "5678")
	p.tap("确定")
	p.see("填的不对")
	ask[any](p, `document.querySelector("#take-digits").select(), undefined`)
	p.write("#take-digits", "1234")
	p.tap("确定")
	p.see("13812345678")
	p.suits("take")
	ask[any](p, `(() => {
		const make = URL.createObjectURL.bind(URL);
		URL.createObjectURL = (file) => (file.text().then((text) => { window.saved = text; }), make(file));
	})()`)
	p.tap("保存成文件")
	p.see("文件已经交给浏览器保存")
	p.until("window.saved")
	text := ask[string](p, "window.saved")
	for _, want := range []string{"李带走", "13812345678", "带走的人", "小学生安全知识竞赛", "第一课"} {
		if !strings.Contains(text, want) {
			t.Errorf("the file lacks %s:\n%s", want, text)
		}
	}
}
