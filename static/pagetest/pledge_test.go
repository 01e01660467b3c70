package pagetest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/app"
	"anquanda/internal/pledge"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// relayContest is played with the shipped bank.
const relayContest = `
contest: relay
title: 2026年安全生产月线上活动
subtitle: 人人讲安全 个个会应急
organizer: 青禾县安全生产委员会办公室
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: safety
levels: [{key: one, title: 第一课, questions: [{count: 2}], pass: 1}]
boards: [{key: total, title: 个人榜, subject: player, measure: best}]
pledge:
  title: 我为安全生产倡议
  lines:
    - 牢记“生命至上、安全第一”，不违章指挥，不违章作业，不违反劳动纪律。
    - 发现隐患立即报告，能整改的马上整改。
    - 学会使用灭火器，记住119、120，熟悉身边的安全出口和疏散路线。
    - 电动自行车不进楼、不入户充电，不占用消防通道。
    - 把安全知识讲给家人听，把这份倡议传给下一位。
earnings: [{key: signed, for: pledge, give: {points: 20}, max: 1, per: contest}]
`

var relay struct {
	sync.Once
	app     *app.App
	address string
	close   func()
	err     error
}

func openRelay(t *testing.T) string {
	t.Helper()
	browser(t) // or skip
	relay.Do(func() {
		relay.app, relay.address, relay.close, relay.err = openContest("relay.yaml", relayContest)
	})
	if relay.err != nil {
		t.Fatal(relay.err)
	}
	return relay.address + "/c/relay"
}

// sign takes a citizen from an address to the certificate.
func (p *phone) sign(address, name string, masked bool) {
	p.t.Helper()
	p.goTo(address)
	if !strings.Contains(address, "pledge=") {
		p.tap("签名接力")
	}
	p.tap("我要签名")
	p.write("#nickname", name)
	p.tap("同意并开始")
	p.until(`document.querySelector("#sign-name")`)
	if masked {
		p.tap("只显示第一个字")
	}
	p.keep("pledge-form-" + name)
	p.tap("郑重签名")
	p.until(`document.querySelector(".certificate img")`)
	p.until(`document.querySelector(".certificate img").naturalWidth >= 1080`)
}

func TestThePledgeGoesFromHandToHand(t *testing.T) {
	address := openRelay(t)
	first := newPhone(t, 360, 740)
	first.goTo(address)
	first.see("签名接力")
	first.keep("pledge-home")
	first.tap("签名接力")
	first.see("电动自行车不进楼")
	first.keep("pledge-read")
	first.sign(address, "张建国", true)
	first.see("位签名人")
	first.see("签名获得20积分")
	first.see("还没有人从您这里接棒")
	first.keep("pledge-signed")
	link := "http://" + ask[string](first, `document.querySelector(".hand-link").textContent`)
	if here := ask[string](first, `location.href.split("#")[0]`); here != link {
		t.Errorf("the page stands at %s, and hands on %s", here, link)
	}
	if title := ask[string](first, `document.title`); !strings.Contains(title, "请您接力") || strings.Contains(title, "张建国") {
		t.Errorf("what is shared is called %q", title)
	}

	second := newPhone(t, 360, 740)
	second.goTo(link)
	second.see("张**把接力棒交给您")
	second.keep("pledge-handed")
	second.sign(link, "李秀英", false)
	second.see("从张**手里接过，这是第2棒")
	second.tap("排行榜") // there the address hands on nobody's pledge
	second.until(`document.querySelector(".board, .empty") && location.search === ""`)
	ask[any](second, `history.back(), undefined`)
	second.see("这是第2棒")
	if here := ask[string](second, `location.href`); here == link || !strings.Contains(here, "?pledge=") {
		t.Errorf("back on the certificate the page stands at %s", here)
	}

	first.reload() // the link is one's own now: nothing changes hands
	first.until(`document.querySelector(".chain-facts")`)
	first.see("在我之后签名")
	if facts := ask[string](first, `document.querySelector(".chain-facts").innerText`); strings.Count(facts, "1") != 3 {
		t.Errorf("the relay is told as %q", facts)
	}
	first.tapOn(`document.querySelector(".chain-facts")`)
	first.keep("pledge-chain")
	first.tap("复制接力链接")
	first.until(`/复制/.test(document.querySelector(".toast").textContent)`)
}

func TestANameThatNobodyShouldReadIsRefusedKindly(t *testing.T) {
	p := newPhone(t, 360, 740)
	p.goTo(openRelay(t))
	p.tap("签名接力")
	p.tap("我要签名")
	p.write("#nickname", "普通人")
	p.tap("同意并开始")
	p.until(`document.querySelector("#sign-name")`)
	ask[any](p, `document.querySelector("#sign-name").select()`)
	p.write("#sign-name", "13812345678")
	p.tap("郑重签名")
	p.see("请不要写电话或其他号码")
	p.keep("pledge-refused")
}

func TestThePledgeFitsANarrowPhoneInLargeType(t *testing.T) {
	p := newPhone(t, 320, 640)
	p.goTo(openRelay(t))
	p.tap("大字版")
	p.sign(relay.address+"/c/relay", "大字王大妈", false)
	for _, name := range []string{"pledge-elder", "pledge-elder-below"} {
		if wide := ask[int](p, `document.documentElement.scrollWidth`); wide > 320 {
			t.Errorf("%s is %d px wide", name, wide)
		}
		if list := ask[[]string](p, small); len(list) > 0 {
			t.Errorf("%s: too small for a finger: %s", name, strings.Join(list, "; "))
		}
		p.keep(name)
		ask[any](p, `scrollTo(0, 9999)`)
	}
}

func TestStaffTakeANameFromTheWall(t *testing.T) {
	openRelay(t)
	signMany(t, 3)
	d := &desk{t, relay.app, relay.address}
	d.staff("hall", "会场值班", staff.Host)
	console := d.at(1280, 800, "hall")
	console.pick("relay")
	console.tap("接力墙")
	console.see("人签名")
	console.tap("撤下")
	console.see("请写明原因")
	console.rewrite("[name=reason]", "会场要求")
	console.keep("console-pledge-hide")
	console.tapOn(`document.querySelector(".dialog-foot .danger")`)
	console.see("已撤下")
	console.fits("console-pledge")
	console.tap("重新显示")
	console.until(`!document.querySelector("tr.off")`)
	console.narrow("console-pledge-narrow", "人签名")
}

// signMany fills the wall with people who hand the pledge on.
func signMany(t *testing.T, many int) {
	t.Helper()
	ctx := context.Background()
	in, err := relay.app.Catalog.Current("relay")
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"王芳", "刘伟", "陈静", "欧阳明月", "柳湾村党支部", "赵大妈", "阿卜杜拉·买买提", "青禾化工三车间全体", "孙丽", "Li Lei"}
	for i := range many {
		e, err := relay.app.Players.Enrol(ctx, in.ContestID, 0, names[i%len(names)], sqldb.ID(0))
		if err != nil {
			t.Fatal(err)
		}
		by := pledge.Signing{PlayerID: e.PlayerID, Name: names[i%len(names)], Masked: i%3 == 0,
			From: relay.app.Pledges.Code(in.ContestID, int64(i*2/3))}
		if _, err := relay.app.Pledges.Sign(ctx, in, by); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheHallSeesWhoSigned(t *testing.T) {
	openRelay(t)
	signMany(t, 40)
	for _, size := range [][2]int64{{1280, 800}, {1920, 1080}} {
		screen := newPhone(t, size[0], size[1])
		screen.goTo(relay.address + "/screen/relay#pledge")
		screen.see("Li Lei")
		screen.until(`document.querySelectorAll(".tile").length === 18`)
		screen.until(`document.querySelector(".code img").naturalWidth > 0`)
		if ask[bool](screen, `document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth`) {
			t.Errorf("the wall does not fit %v", size)
		}
		// A name on the wall is at least a fortieth of the screen high: 2.5 cm on a screen of one metre.
		if share := ask[float64](screen,
			`parseFloat(getComputedStyle(document.querySelector(".tile b")).fontSize) / innerHeight`); share < 1.0/40 {
			t.Errorf("names are %.4f of the screen high", share)
		}
		if cut := ask[[]string](screen,
			`[...document.querySelectorAll(".tile")].filter((t) => t.firstElementChild.offsetHeight + t.lastElementChild.offsetHeight > t.clientHeight).map((t) => t.innerText)`); len(cut) > 0 {
			t.Errorf("names are cut at %v: %q", size, cut)
		}
		screen.keep(fmt.Sprintf("wall-%d", size[0]))
		before := ask[int](screen, `Number(document.querySelector(".wall-count b").textContent.replace(/\D/g, ""))`)
		signMany(t, 1)
		screen.until(fmt.Sprintf(`Number(document.querySelector(".wall-count b").textContent.replace(/\D/g, "")) === %d`,
			before+1))
		screen.goTo(relay.address + "/screen/relay#board")
		screen.see("扫码答题")
		screen.keep(fmt.Sprintf("wall-board-%d", size[0]))
	}
}
