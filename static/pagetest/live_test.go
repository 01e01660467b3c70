package pagetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"anquanda/internal/app"
	"anquanda/internal/httpapi/roomview"
	"anquanda/internal/live"
	"anquanda/internal/live/room"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// quizDay has rooms whose questions stay open until the host closes them, so that a
// busy machine loses no game.
const quizDay = `contest: quizday
title: 安全生产月直播日
organizer: 青禾县应急管理局
window: {opens: 2026-01-01 00:00, closes: 2029-12-31 00:00}
bank: safety
players: {unit: {ask: optional}}
levels:
  - {key: only, title: 第一关, questions: [{count: 3, kinds: [single]}], pass: 1}
units: [{code: "01", name: 青禾镇}]
prizes: [{key: bonus, title: 积分, kind: points, value: 1, stock: 1000}]
live:
  - key: ask
    title: 我问你答
    draw: [{count: 3, kinds: [single]}]
    time: {question: 300s, countdown: 1s}
    change: true
    score: {right: 100}
  - key: last
    title: 百万英雄
    draw: [{count: 3, kinds: [single]}]
    mode: elimination
    time: {question: 300s, countdown: 1s}
    change: false
    audience: true
    pot: {prize: bonus, total: 90}
`

var quiz struct {
	sync.Once
	app     *app.App
	address string
	close   func()
	err     error
}

// liveRoom is a room with a host who does as the test says.
type liveRoom struct {
	t    *testing.T
	id   sqldb.ID
	url  string
	host staff.Actor
}

// openRoom makes a room of a plan of quizDay. Rooms do not disturb each other, and their
// tests mostly wait: so two are played at once.
func openRoom(t *testing.T, plan string) *liveRoom {
	t.Helper()
	t.Parallel()
	browser(t) // skips first
	quiz.Do(func() {
		quiz.app, quiz.address, quiz.close, quiz.err = openContest("quizday.yaml", quizDay)
	})
	if quiz.err != nil {
		t.Fatal(quiz.err)
	}
	in, err := quiz.app.Catalog.Current("quizday")
	if err != nil {
		t.Fatal(err)
	}
	host := staff.Actor{ID: 1, Name: "张三"}
	seen, err := quiz.app.Live.Make(t.Context(), host, in, plan, false)
	if err != nil {
		t.Fatal(err)
	}
	return &liveRoom{t, seen.RoomID, quiz.address, host}
}

func (r *liveRoom) seen() *live.Seen {
	r.t.Helper()
	seen, err := quiz.app.Live.See(r.t.Context(), r.id)
	if err != nil {
		r.t.Fatal(err)
	}
	return seen
}

// step takes steps of the host, one after another.
func (r *liveRoom) step(steps ...room.Do) {
	r.t.Helper()
	for _, do := range steps {
		r.take(room.Event{Do: do})
	}
}

func (r *liveRoom) take(e room.Event) {
	r.t.Helper()
	_, err := quiz.app.Live.Step(r.t.Context(), r.host, r.id, 0, e, "")
	for n := 0; errors.Is(err, room.ErrStep) && n < patience; n++ { // the answers are being counted
		time.Sleep(betweenMS * time.Millisecond)
		_, err = quiz.app.Live.Step(r.t.Context(), r.host, r.id, 0, e, "")
	}
	if err != nil {
		r.t.Fatalf("%s: %v", e.Do, err)
	}
}

// join brings a new player into the room.
func (r *liveRoom) join(p *phone, name string) {
	p.t.Helper()
	p.visit(r.url + "/live/" + r.seen().Code)
	p.write("#nickname", name)
	p.tap("同意并开始")
	p.until(`document.querySelector(".strip-me b").textContent === ` + quoted(name))
}

// text is an option of the question that is asked: the right one, or another.
func (r *liveRoom) text(right bool) string {
	r.t.Helper()
	seen := r.seen()
	asked, good := roomview.QuestionOf(seen, seen.State.Round()), roomview.RightOf(seen, seen.State.Round()).Right[0]
	for _, o := range asked.Options {
		if (o.ID == good) == right {
			return o.Text
		}
	}
	r.t.Fatalf("no option of %v is right=%v", asked.Options, right)
	return ""
}

// stem waits for the question that is asked to be there to be answered.
func (r *liveRoom) stem(p *phone) {
	p.t.Helper()
	seen := r.seen()
	p.see(roomview.QuestionOf(seen, seen.State.Round()).Stem)
	p.until(`document.querySelector(".asked .option")`)
}

// pick taps an option of the open question.
func (r *liveRoom) pick(p *phone, right bool) {
	p.t.Helper()
	p.tapOn(fmt.Sprintf(`[...document.querySelectorAll(".asked .option")].find((o) =>
		o.querySelector(".option-text").textContent === %q)`, r.text(right)))
}

func TestAWholeLiveQuizIsPlayedOnTwoPhones(t *testing.T) {
	r := openRoom(t, "ask")
	li, wang := newPhone(t, 360, 740), newPhone(t, 320, 640)
	li.visit(r.url + "/live")
	li.see("输入大屏上的六位数字")
	li.write("#code", "12")
	li.tap("进入")
	li.see("一共六位")
	ask[any](li, `document.querySelector("#code").value = "", undefined`)
	li.rewrite("#code", r.seen().Code)
	li.tap("进入")
	li.write("#nickname", "李秀英")
	li.tap("同意并开始")
	li.see("李秀英，您好")
	li.see("等主持人开始")
	li.until(`location.pathname === "/live/` + r.id.String() + `"`)
	wang.visit(r.url + "/live/" + r.id.String())
	wang.write("#nickname", "王建国")
	wang.tap("同意并开始")
	wang.see("王建国，您好")

	points := [2]int{}
	for n := range 3 {
		r.step(room.DoReady)
		for _, p := range []*phone{li, wang} {
			p.see("题目已收到")
			if body := ask[string](p, "document.body.innerText"); strings.Contains(body, r.text(true)) {
				t.Fatalf("the sealed question can be read: %s", body)
			}
		}
		r.step(room.DoOpen)
		for i, p := range []*phone{li, wang} {
			r.stem(p)
			right := i == 0 || n == 1
			r.pick(p, !right) // changed at once
			p.see("已交")
			r.pick(p, right)
			p.until(`document.querySelector(".option.on .option-text").textContent === ` + quoted(r.text(right)))
			p.see("已交")
			if right {
				points[i] += 100
			}
			p.keep(fmt.Sprintf("live-open-%d", i))
		}
		r.step(room.DoClose, room.DoReveal)
		li.see("答对了")
		li.see("+100分")
		if n == 1 {
			wang.see("答对了")
		} else {
			wang.see("答错了")
			wang.see("正确答案")
		}
		li.see("大家的选择")
		r.step(room.DoStandings)
		li.see("题之后")
		li.until(`document.querySelector(".my-rank-main b").textContent === "1"`)
		for i, p := range []*phone{li, wang} {
			p.until(fmt.Sprintf(`document.querySelector(".my-rank-more b").textContent === "%d"`, points[i]))
			p.until(`document.querySelectorAll(".places .line").length === 2`)
		}
	}
	r.step(room.DoPodium)
	li.see("恭喜，您是第1名")
	wang.see("恭喜，您是第2名")
	r.step(room.DoConfirm)
	li.see("答题结束")
	wang.see("答题结束")
	wang.tap("回到活动首页")
	wang.see("安全生产月直播日")
}

func quoted(text string) string { return fmt.Sprintf("%q", text) }

// The host waits for viewers of a broadcast that comes half a minute late.
func TestNobodyReadsTheQuestionWhileItIsCountedDown(t *testing.T) {
	r := openRoom(t, "ask")
	p := newPhone(t, 320, 640)
	r.join(p, "数着秒等")
	r.take(room.Event{Do: room.DoDelay, Seconds: 30})
	r.step(room.DoReady)
	p.see("题目已收到")
	r.step(room.DoOpen)
	p.see("马上开题")
	p.until(`Number(document.querySelector(".count-number").textContent) > 0`)
	p.keep("live-countdown")
	if body := ask[string](p, "document.body.innerText"); strings.Contains(body, r.text(true)) {
		t.Errorf("the question can be read: %s", body)
	}
	p.reload()
	p.see("马上开题")
	r.step(room.DoSkip)
	p.until(`!document.body.innerText.includes("马上开题")`)
}

// Whatever the phase, a page that is loaded anew stands where it stood.
func TestAReloadInAnyPhaseOfALiveQuizLosesNothing(t *testing.T) {
	r := openRoom(t, "ask")
	p := newPhone(t, 360, 740)
	r.join(p, "反复刷新")
	again := func(texts ...string) {
		t.Helper()
		for _, text := range texts {
			p.see(text)
		}
		p.reload()
		for _, text := range texts {
			p.see(text)
		}
	}
	again("反复刷新，您好")
	r.step(room.DoReady)
	again("题目已收到")
	r.step(room.DoOpen)
	r.stem(p)
	p.reload()
	r.stem(p)
	r.pick(p, true)
	again("已交")
	p.until(`document.querySelector(".option.on .option-text").textContent === ` + quoted(r.text(true)))
	r.step(room.DoPause)
	again("主持人按了暂停")
	r.step(room.DoResume)
	r.stem(p)
	p.see("已交")
	r.step(room.DoClose)
	again("正在统计", "已交")
	r.step(room.DoReveal)
	again("答对了", "+100分")
	r.step(room.DoStandings)
	again("第1题之后")
	r.step(room.DoPodium)
	again("恭喜，您是第1名")
	r.step(room.DoConfirm)
	again("答题结束")
}

// game plays a question from its arrival to the reveal.
func (r *liveRoom) game(p *phone) {
	p.t.Helper()
	r.step(room.DoReady)
	p.until(`document.body.innerText.includes("等主持人开始")`)
	r.step(room.DoOpen)
	r.stem(p)
	r.pick(p, true)
	p.see("已交")
	r.step(room.DoClose)
	p.see("正在统计")
	r.step(room.DoReveal)
	p.see("答对了")
	r.step(room.DoStandings)
	p.see("题之后")
}

// withoutStreams breaks every stream that pages open from now on, as some proxies do.
func (p *phone) withoutStreams() {
	p.t.Helper()
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `window.EventSource = function () {
			this.addEventListener = this.close = () => {};
			setTimeout(() => this.onerror());
		}`})
}

func TestALiveQuizIsPlayedWhereNoStreamComesThrough(t *testing.T) {
	r := openRoom(t, "ask")
	p := newPhone(t, 360, 740)
	p.withoutStreams()
	r.join(p, "只能轮询")
	p.see("定时更新")
	for range 3 {
		r.game(p)
	}
	r.step(room.DoPodium)
	p.see("恭喜，您是第1名")
	r.step(room.DoConfirm)
	p.see("答题结束")
}

// On plain http browsers have no WebCrypto: the question comes whole at the opening.
func TestALiveQuizIsPlayedWithoutWebCrypto(t *testing.T) {
	r := openRoom(t, "ask")
	p := newPhone(t, 360, 740)
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `Object.defineProperty(Crypto.prototype, "subtle", {get: () => undefined})`})
	r.join(p, "没有加密")
	r.game(p)
	p.withoutStreams()
	p.reload()
	p.see("定时更新")
	r.game(p)
}

// losesAnswers lets loses(true) keep answers from the server, on every page that is
// opened from now on; all other calls go through.
func (p *phone) losesAnswers() {
	p.t.Helper()
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `const whole = fetch;
			window.fetch = (address, init) => localStorage.loses && /answers$/.test(address) ?
				Promise.reject(new TypeError("lost")) : whole(address, init)`})
}

func (p *phone) loses(yes bool) {
	p.t.Helper()
	ask[any](p, fmt.Sprintf(`%t ? localStorage.setItem("loses", 1) : localStorage.removeItem("loses")`, yes))
}

// An answer given without a network is kept, and sent when it is back; a page that is
// loaded anew meanwhile knows it still.
func TestAnAnswerWithoutANetworkIsSentWhenItIsBack(t *testing.T) {
	r := openRoom(t, "ask")
	p := newPhone(t, 360, 740)
	p.losesAnswers()
	r.join(p, "网络不好")
	r.step(room.DoReady)
	p.see("题目已收到")
	r.step(room.DoOpen)
	r.stem(p)
	p.online(false)
	r.pick(p, true)
	p.see("正在重新送出")
	p.see("网络断了，正在重连")
	p.online(true)
	p.see("已交")

	r.step(room.DoClose, room.DoReveal, room.DoStandings, room.DoReady)
	p.see("题目已收到")
	r.step(room.DoOpen)
	r.stem(p)
	p.loses(true)
	r.pick(p, true)
	p.see("正在重新送出")
	p.reload()
	r.stem(p)
	p.see("正在重新送出")
	p.loses(false)
	p.see("已交")
	r.step(room.DoClose, room.DoReveal)
	p.see("答对了")
}

func TestALateAnswerIsToldByHowMuch(t *testing.T) {
	r := openRoom(t, "ask")
	p := newPhone(t, 360, 740)
	p.losesAnswers()
	r.join(p, "慢了一步")
	r.step(room.DoReady)
	p.see("题目已收到")
	r.step(room.DoOpen)
	r.stem(p)
	p.loses(true)
	r.pick(p, true)
	p.see("正在重新送出")
	r.step(room.DoClose)
	p.see("正在统计")
	r.step(room.DoReveal) // until then a late answer may be within the grace
	p.see("没有作答")
	p.loses(false)
	p.until(`/您的答案晚了 \d+\.\d秒，没有计入/.test(document.body.innerText)`)
}

func TestWhoIsOutWatchesAndAnswersAlong(t *testing.T) {
	r := openRoom(t, "last")
	li, wang := newPhone(t, 360, 740), newPhone(t, 320, 640)
	r.join(li, "坚持到底")
	r.join(wang, "一题出局")
	r.step(room.DoReady, room.DoOpen)
	for i, p := range []*phone{li, wang} {
		r.stem(p)
		r.pick(p, i == 0)
		p.tap("交答案")
		p.see("已交")
		p.until(`!document.querySelector(".asked button.main") && document.querySelector(".option.fixed")`)
	}
	r.step(room.DoClose, room.DoReveal)
	wang.see("您在第1题出局")
	r.step(room.DoStandings)
	li.see("场上还有1人")
	late := newPhone(t, 360, 740)
	r.join(late, "来晚的人")
	r.step(room.DoReady, room.DoOpen)
	r.stem(wang)
	wang.see("不计成绩")
	r.pick(wang, true)
	r.stem(late)
	late.see("不计成绩")
	r.stem(li)
	r.pick(li, true)
	li.tap("交答案")
	li.see("已交")
	r.step(room.DoClose, room.DoReveal, room.DoStandings)
	late.see("您来的时候已经开赛")
	r.step(room.DoPodium)
	li.see("恭喜，您坚持到了最后")
	r.step(room.DoConfirm)
	li.see("您分到")
	li.see("90积分")
}

// The budget of the live page: 40 KB compressed and 6 requests, headers and calls to the
// server included; the stream, which never ends, is one of them, counted up to the state it opens with:
// whoever comes or goes while the page loads makes the room speak again.
func TestTheFirstVisitOfALiveQuizStaysInsideItsBudget(t *testing.T) {
	r := openRoom(t, "ask")
	p := newPhone(t, 360, 740)
	r.join(p, "认识的人")
	for name, path := range map[string]string{
		"a stranger with the code":      "/live/" + r.seen().Code,
		"somebody who is known already": "/live/" + r.seen().Code,
	} {
		visitor := p
		if strings.HasPrefix(name, "a stranger") {
			visitor = newPhone(t, 360, 740)
		}
		call(visitor, network.ClearBrowserCache, cdp.Empty{})
		var lock sync.Mutex
		var requests []string
		asked := map[network.RequestID]string{} // by this visit; the page before it may still be ending its own
		bytes, opened := 0.0, false
		ctx, stop := context.WithCancel(visitor.ctx)
		visitor.must(chromedp.Listen(ctx, func(event any) {
			lock.Lock()
			defer lock.Unlock()
			switch e := event.(type) {
			case *network.EventRequestWillBeSent:
				if !strings.HasPrefix(e.Request.URL, "data:") {
					requests = append(requests, e.Request.URL)
					asked[e.RequestID] = e.Request.URL
				}
			case *network.EventLoadingFinished:
				if asked[e.RequestID] != "" {
					bytes += e.EncodedDataLength
				}
			case *network.EventDataReceived:
				if strings.Contains(asked[e.RequestID], "/stream") && !opened {
					opened = true
					bytes += float64(e.DataLength)
				}
			}
		}))
		visitor.visit(r.url + path)
		if visitor == p {
			visitor.see("认识的人，您好")
			visitor.see("已连接")
		} else {
			visitor.see("怎么称呼您")
		}
		time.Sleep(time.Second) // whatever else the page may ask for
		stop()
		lock.Lock()
		t.Logf("%s: %d requests, %.0f bytes with headers: %v", name, len(requests), bytes, requests)
		if len(requests) > 6 {
			t.Errorf("%s: %d requests, want at most 6", name, len(requests))
		}
		if bytes > 40_000 || bytes < 10_000 {
			t.Errorf("%s: %.0f bytes, want at most 40,000", name, bytes)
		}
		lock.Unlock()
	}
}

func TestEveryFaceOfALiveQuizFitsANarrowPhoneAndAFinger(t *testing.T) {
	for _, elder := range []bool{false, true} {
		t.Run(fmt.Sprintf("elder=%v", elder), func(t *testing.T) {
			r := openRoom(t, "ask")
			p := newPhone(t, 320, 640)
			look := func(name string) {
				t.Helper()
				if wide := ask[int](p, `document.documentElement.scrollWidth`); wide > 320 {
					t.Errorf("%s is %d px wide", name, wide)
				}
				if list := ask[[]string](p, small); len(list) > 0 {
					t.Errorf("%s: too small for a finger: %s", name, strings.Join(list, "; "))
				}
				p.keep(fmt.Sprintf("live-%s-elder-%v", name, elder))
			}
			p.visit(r.url + "/live")
			p.see("六位数字")
			if elder {
				p.tap("大字版")
				p.until(`document.documentElement.classList.contains("elder")`)
			}
			look("code")
			p.visit(r.url + "/live/" + r.seen().Code)
			p.write("#nickname", "一个很长的名字也要放得下")
			look("name")
			p.tap("同意并开始")
			p.see("您好")
			look("lobby")
			r.step(room.DoReady)
			p.see("题目已收到")
			look("ready")
			r.step(room.DoOpen)
			r.stem(p)
			p.until(`document.activeElement.id === "stem"`)
			look("open")
			r.pick(p, true)
			p.see("已交")
			look("answered")
			r.step(room.DoPause)
			p.see("主持人按了暂停")
			look("paused")
			r.step(room.DoResume, room.DoClose)
			p.see("正在统计")
			look("closed")
			r.step(room.DoReveal)
			p.see("大家的选择")
			p.see("答对了")
			look("revealed")
			r.step(room.DoStandings)
			p.see("第1题之后")
			look("standings")
			r.step(room.DoPodium)
			p.see("恭喜")
			look("podium")
			r.step(room.DoConfirm)
			p.see("答题结束")
			look("over")
		})
	}
}

func TestTheMapShowsTheLiveQuizThatIsOn(t *testing.T) {
	r := openRoom(t, "ask")
	p := newPhone(t, 360, 740)
	p.visit(r.url + "/c/quizday")
	p.until(fmt.Sprintf(`document.querySelector('.live-card[href="/live/%s"]')`, r.id))
	p.keep("live-card")
	p.tapOn(fmt.Sprintf(`document.querySelector('.live-card[href="/live/%s"]')`, r.id))
	p.see("怎么称呼您")
	p.visit(r.url + "/c/quizday#/rules")
	p.until(`document.querySelector(".rule a[href='/live']")`) // what is read meanwhile moves it from under a finger
	p.visit(r.url + "/live")
	p.see("输入大屏上的六位数字")
}

func TestWhoIsRemovedAndWhatIsVoidedIsSaidKindly(t *testing.T) {
	r := openRoom(t, "ask")
	li, wang := newPhone(t, 360, 740), newPhone(t, 360, 740)
	r.join(li, "留下的人")
	r.join(wang, "被请走的人")
	r.step(room.DoReady, room.DoOpen)
	r.stem(li)
	r.pick(li, true)
	li.see("已交")
	r.step(room.DoClose, room.DoReveal)
	li.see("+100分")
	r.take(room.Event{Do: room.DoVoid, Round: 1})
	li.see("这一题作废，不计分")
	r.step(room.DoStandings)
	li.see("第1题之后")
	li.until(`document.querySelector(".my-rank-more b").textContent === "0"`)

	if err := quiz.app.Live.Treat(t.Context(), r.host, r.id, 2, live.Remove); err != nil {
		t.Fatal(err)
	}
	wang.see("主持人请您离开了这个房间")
	wang.reload()
	wang.see("主持人请您离开了这个房间")
	if err := quiz.app.Live.Treat(t.Context(), r.host, r.id, 2, live.Readmit); err != nil {
		t.Fatal(err)
	}
	wang.see("第1题之后")

	r.step(room.DoLock)
	stranger := newPhone(t, 360, 740)
	stranger.visit(r.url + "/live/" + r.seen().Code)
	stranger.write("#nickname", "门外的人")
	stranger.tap("同意并开始")
	stranger.see("房间已经锁上")
	r.step(room.DoUnlock)
	stranger.tap("再试一次")
	stranger.until(`document.querySelector(".strip-me")`)
}
