package pagetest

import (
	"fmt"
	"strings"
	"testing"
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
	if _, err := h.app.Catalog.Apply(t.Context(), "next.yaml", []byte(strings.NewReplacer("fire119", "next", "2027", "2031").Replace(fire119)), ""); err != nil {
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
