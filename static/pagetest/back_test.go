package pagetest

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"anquanda/internal/app"
	"anquanda/internal/testkit"
	"anquanda/internal/wechat/standin"
)

// doorsContest gives draws to proven persons; its pool is sure to give.
const doorsContest = `
contest: doors
title: 一人只算一次的竞赛
organizer: 青禾县安全生产委员会办公室
window: {opens: 2020-01-01, closes: 2040-01-01}
retention: 30d
bank: safety
players: {proof: [%s]}
levels: [{key: one, title: 第一课, questions: [{count: 2}], pass: 1}]
earnings: [{key: came, for: checkin, give: {points: 50, chances: 2}, max: 1, per: day}]
prizes: [{key: kettle, title: 电水壶, kind: goods, value: 9900, stock: 200, collect: 到社区服务站领取}]
pools: [{key: wheel, title: 幸运转盘, face: wheel, prizes: [{prize: kettle, odds: 1000000}]}]
`

// doors is a program of one test, with the doors that config opens.
type doors struct {
	t       *testing.T
	app     *app.App
	address string
}

func openDoors(t *testing.T, proof string, config app.Config) *doors {
	t.Helper()
	browser(t) // or skip
	config.Data = startedFolder(t)
	ctx, cancel := context.WithCancel(context.Background())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.New(ctx, config)
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
	if _, err := a.Catalog.Apply(t.Context(), "doors.yaml", fmt.Appendf(nil, doorsContest, proof), ""); err != nil {
		t.Fatal(err)
	}
	return &doors{t, a, "http://" + listener.Addr().String() + "/c/doors"}
}

// byWeChat is a program whose WeChat is a stand-in: it sends everybody back at once as
// the person that who holds.
func byWeChat(t *testing.T, who *atomic.Pointer[standin.Person]) *doors {
	t.Helper()
	stand := testkit.StartWeChat(t)
	open := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		to, err := stand.Authorize("https://"+r.Host+r.URL.RequestURI()+"#wechat_redirect", *who.Load())
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		http.Redirect(w, r, to, http.StatusFound)
	}))
	t.Cleanup(open.Close)
	account := stand.Account()
	account.Open = open.URL
	return openDoors(t, "wechat", app.Config{WeChat: account})
}

func TestWhoComesBackFromWeChatIsToldHowItWent(t *testing.T) {
	var who atomic.Pointer[standin.Person]
	d := byWeChat(t, &who)
	door := d.address[:len(d.address)-len("/c/doors")] + "/api/v1/contests/doors/signin/wechat?back=/c/doors"
	p := newPhone(t, 360, 740)
	p.join(d.address, "微信里的", false)
	who.Store(&standin.Person{OpenID: "made-up", Snapshot: true})
	p.goTo(door)
	p.see("没有登录成功")
	p.see("使用完整服务")
	p.suits("back-snapshot")
	if at := ask[string](p, "location.hash"); at != "#/" {
		t.Errorf("after coming back the page is at %s", at)
	}
	p.tap("先继续答题")
	p.until(`!document.querySelector(".sheet")`)
	who.Store(&standin.Person{OpenID: "o1"})
	p.goTo(door)
	p.see("登录好了")
	p.suits("back-good")
	p.tapOn(`document.querySelector(".sheet .main")`)
	p.see("微信里的") // and all that was played
	p.reload()
	p.see("微信里的")
	if ask[bool](p, `!!document.querySelector(".sheet")`) {
		t.Error("the sheet comes again with a reload")
	}
	// The same person on another phone, who played there as a guest before.
	other := newPhone(t, 320, 640)
	other.join(d.address, "换了手机", true)
	ask[any](other, `localStorage.setItem("aqd.back", JSON.stringify({hash: "#/rank", name: "换了手机"})), undefined`)
	other.goTo(door)
	other.see("您之前已经用另一部手机参加过，现在接着用那一份")
	other.suits("back-switched")
	if at := ask[string](other, "location.hash"); at != "#/rank" {
		t.Errorf("after coming back the page is at %s", at)
	}
	other.tapOn(`document.querySelector(".sheet .main")`)
	other.goTo(d.address + "#/")
	other.see("微信里的")
}

func TestEveryAnswerOfADoorHasASentenceAndAnUnknownOneToo(t *testing.T) {
	var who atomic.Pointer[standin.Person]
	d := byWeChat(t, &who)
	p := newPhone(t, 320, 640)
	for code, want := range map[string]string{"signin_old": "登录用的时间太长了", "proof_taken": "已经是另一位参赛者",
		"nobody_knows": "这次没有登录成功", "toString": "这次没有登录成功"} {
		p.goTo("about:blank")
		p.goTo(d.address + "#signin=" + code)
		p.see(want)
	}
}
