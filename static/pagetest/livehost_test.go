package pagetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"anquanda/internal/app"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// stageContest is a live quiz of three questions, the first with the longest stem of the
// bank; the bank's shuffle of options is the room's.
const stageContest = `contest: stage
title: 台上问答
organizer: 青山县安全生产委员会办公室
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: safety
levels: [{key: one, title: 第一课, questions: [{count: 2}], pass: 1}]
live:
  - key: hall
    title: 6·16 我问你答
    list: [law-049, tra-011, tra-041]
    time: {question: 30s, countdown: 1s}
  - key: quick
    title: 快问快答
    list: [law-049, tra-011]
    time: {question: 5s, countdown: 1s}
  - key: million
    title: 安全百万英雄
    mode: elimination
    audience: true
    list: [tra-041, law-049]
    time: {question: 30s, countdown: 1s}
`

// stage is a desk with live rooms, and the players who come to them.
type stage struct{ *desk }

func openStage(t *testing.T) *stage {
	t.Helper()
	d := openDesk(t)
	d.staff("li", "李四", staff.Host)
	if _, err := d.app.Catalog.Apply(t.Context(), "stage.yaml", []byte(stageContest), ""); err != nil {
		t.Fatal(err)
	}
	return &stage{d}
}

// in is the same desk for one part of a test.
func (s *stage) in(t *testing.T) *stage {
	d := *s.desk
	d.t = t
	return &stage{&d}
}

// lead signs a host in and makes a room from a plan; it returns the room too.
func (s *stage) lead(width, height int64, plan string) (host *phone, room string) {
	s.t.Helper()
	host = s.at(width, height, "wang")
	host.visit(s.url + "/console#/c/stage/live")
	host.tapOn(fmt.Sprintf(`[...document.querySelectorAll(".live-plans li")].
		find((li) => li.innerText.includes(%q)).querySelector(".btn")`, plan))
	host.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	host.until(`document.querySelector(".live-desk")`)
	return host, ask[string](host, `location.hash.split("/")[4]`)
}

// big is the big screen of a room.
func (s *stage) big(room string) *phone {
	s.t.Helper()
	p := newPhone(s.t, 1920, 1080)
	p.visit(s.url + "/screen/live/" + room)
	return p
}

// guest is a player in a room.
type guest struct {
	*testkit.Player
	room string
}

func (s *stage) guest(name, room string) *guest {
	s.t.Helper()
	questions, err := app.ShippedQuestions()
	if err != nil {
		s.t.Fatal(err)
	}
	g := &guest{testkit.NewPlayer(s.url, "stage", questions), room}
	if err := g.Enrol(name, ""); err != nil {
		s.t.Fatal(err)
	}
	if err := g.Call("POST", "/api/v1/live/rooms/"+room+"/join", struct{}{}, nil); err != nil {
		s.t.Fatal(err)
	}
	return g
}

// choose answers the round.
func (g *guest) choose(t *testing.T, round int, options ...string) {
	t.Helper()
	var counted struct{ Counted bool }
	err := g.Call("POST", "/api/v1/live/rooms/"+g.room+"/answers",
		map[string]any{"round": round, "revision": 1, "options": options, "blanks": []string{}}, &counted)
	if err != nil || !counted.Counted {
		t.Fatalf("an answer in time: %+v, %v", counted, err)
	}
}

// next presses the big button, which must say what it will do.
func (p *phone) next(says string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`((b) => !b.disabled && b.innerText.includes(%q))(document.querySelector(".live-next"))`, says))
	p.tapOn(`document.querySelector(".live-next")`)
}

// small presses one of the other steps of the moment.
func (p *phone) small(says string) {
	p.t.Helper()
	button := fmt.Sprintf(`[...document.querySelectorAll(".live-small button")].find((b) => b.innerText === %q)`, says)
	p.until(`!` + button + `.disabled`)
	p.tapOn(button)
}

// yes answers what is asked.
func (p *phone) yes() {
	p.t.Helper()
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.until(`!document.querySelector(".dialog")`)
}

// letters are the right option and a wrong one, as the host's desk shows them.
func (p *phone) letters() (right, wrong string) {
	p.t.Helper()
	p.until(`document.querySelector(".live-options .right")`)
	list := ask[[]string](p, `[".right", ":not(.right)"].
		map((c) => document.querySelector(".live-options li" + c + " text").textContent)`)
	return list[0], list[1]
}

// shown fails where the big screen cuts text off or does not fill its window, and where
// the question is smaller than a twentieth of the height.
func (p *phone) shown(name string) {
	p.t.Helper()
	for _, size := range [][2]int64{{1920, 1080}, {1024, 768}, {3840, 2160}} {
		p.do(chromedp.EmulateViewport(size[0], size[1]))
		p.until(fmt.Sprintf("innerWidth === %d", size[0]))
		// What the page does about a new size it does a frame later.
		p.soon(`[".ask", "html"].every((css) => (
			(e) => e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight)(document.querySelector(css)))`)
		stem := ask[float64](p, `parseFloat(getComputedStyle(document.querySelector(".ask-stem")).fontSize) / innerHeight`)
		if stem < .05 {
			p.t.Errorf("%s at %d×%d: the question is %.1f %% of the height", name, size[0], size[1], 100*stem)
		}
		for _, of := range []string{`document.querySelector(".ask")`, `document.documentElement`} {
			over := ask[[]int](p, `((e) => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight])(`+of+`)`)
			if over[0] > 0 || over[1] > 0 {
				p.t.Errorf("%s at %d×%d: %s hides %v px", name, size[0], size[1], of, over)
			}
		}
		p.keep(fmt.Sprintf("livehost-screen-%s-%d", name, size[0]))
	}
	p.do(chromedp.EmulateViewport(1920, 1080))
	p.until("innerWidth === 1920")
}

func TestALiveRoomIsLedFromTheConsole(t *testing.T) {
	s := openStage(t)
	for name, play := range map[string]func(*stage){
		"a whole game with the big screen open":       (*stage).wholeGame,
		"two hosts at once":                           (*stage).twoHosts,
		"a laptop that is closed while people answer": (*stage).closedLaptop,
		"a host with nothing but a phone":             (*stage).hostOnAPhone,
		"an elimination with the audience's help":     (*stage).elimination,
	} {
		t.Run(name, func(t *testing.T) { play(s.in(t)) })
	}
}

// past is a button beside a question that was asked.
func past(says string) string {
	return fmt.Sprintf(`[...document.querySelectorAll(".live-past button")].find((b) => b.innerText.includes(%q))`, says)
}

// ranks are those that the hall sees, from the top.
const ranks = `[...document.querySelectorAll(".live-row .big-rank")].map((e) => e.textContent).join()`

func (s *stage) wholeGame() {
	t := s.t
	host, room := s.lead(1280, 800, "6·16 我问你答")
	screen := s.big(room)
	screen.see("扫码加入")
	screen.until(`/^\d{3} \d{3}$/.test(document.querySelector(".lobby-code").textContent)`)
	screen.see("青山县安全生产委员会办公室")
	guests := []*guest{s.guest("细心山茶", room), s.guest("青山李工", room), s.guest("热心老周", room)}
	screen.see("3 人已加入")
	screen.see("热心老周")
	host.see("/ 3 人")
	host.fits("livehost-lobby")

	host.next("发出第 1 题")
	right, wrong := host.letters()
	screen.see("准备好了吗")
	if leaked := ask[bool](screen, `document.body.innerText.includes("主要负责人")`); leaked {
		t.Error("the hall sees the question before it opens")
	}
	host.next("开始答题")
	screen.until(`document.querySelector(".ask-time")`)
	screen.see("主要负责人因事故受刑事处罚")
	screen.shown("question")
	guests[0].choose(t, 1, right)
	guests[1].choose(t, 1, right)
	guests[2].choose(t, 1, wrong)
	screen.see("3 人已作答")
	host.until(`/已作答\s*3/.test(document.querySelector(".live-counts").innerText)`)
	if told := ask[bool](screen, `!!document.querySelector(".ask-option.right, .ask-bar")`); told {
		t.Error("the hall sees what is right before the close")
	}
	host.fits("livehost-open")
	host.next("提前结束答题")
	host.see("现在就结束答题")
	host.yes()
	host.next("公布答案")
	screen.until(fmt.Sprintf(`document.querySelector(".ask-option.right text").textContent === %q`, right))
	screen.see("2 人答对")
	screen.see("依据：")
	screen.shown("reveal")
	host.next("看排名")
	screen.until(`document.querySelectorAll(".live-row").length === 3`)
	screen.until(ranks + ` === "1,1,3"`) // two share the first
	screen.fits("livehost-screen-standings")

	// The question was wrong: it is left out in public, and taken back in again.
	host.until(`document.querySelectorAll(".live-leaders li").length === 3`) // they push the rest down when they come
	host.tapOn(`document.querySelector(".live-past summary")`)
	host.tapOn(past("作废"))
	host.see("作废第 1 题？")
	host.yes()
	screen.see("第 1 题作废，不计分")
	screen.until(`[...document.querySelectorAll(".live-row .big-score")].every((e) => e.textContent.startsWith("0"))`)
	host.tapOn(past("恢复计分"))
	screen.until(`!document.body.innerText.includes("作废")`)
	host.tapOn(past("改答案"))
	host.tapOn(fmt.Sprintf(`[...document.querySelectorAll(".live-rekey button")].
		find((b) => b.innerText.startsWith(%q))`, wrong))
	host.yes() // one option more is right
	screen.until(ranks + ` === "1,1,1"`)

	host.small("揭晓名次")
	screen.until(`document.querySelectorAll(".podium-three li").length === 3`)
	screen.see("细心山茶")
	screen.fits("livehost-screen-podium")
	host.next("确认成绩")
	host.see("3 人的成绩从此生效")
	host.yes()
	screen.see("成绩已经确认")
	host.see("已经结束")
	host.fits("livehost-over")
	host.visit(s.url + "/console#/c/stage/live")
	host.inOrder("安排好的场次", "已结束", "6·16 我问你答")
}

// stale makes the page see the room as it is now for as long as it likes.
const stale = `(() => {
	const real = window.fetch, at = new RegExp("/console/live/[0-9]+$");
	let kept = "";
	window.fetch = async (url, init) => {
		if (!at.test(url)) return real(url, init);
		if (!kept) kept = await (await real(url, init)).text();
		return new Response(kept, { status: 200 });
	};
	window.awake = () => { window.fetch = real; };
	return new Promise((done) => { const look = () => (kept ? done(true) : setTimeout(look, 20)); look(); });
})()`

func (s *stage) twoHosts() {
	first, room := s.lead(1280, 800, "6·16 我问你答")
	first.next("发出第 1 题")
	second := s.at(1280, 800, "li")
	second.visit(s.url + "/console#/c/stage/live/" + room)
	second.see("现在由 王主任 主持")
	second.until(`document.querySelector(".live-next").disabled`)
	first.until(`document.querySelector(".live-next").innerText.includes("开始答题")`)
	asleep, err := chromedp.Run(first.ctx, chromedp.Evaluate[bool](stale, chromedp.EvalAwaitPromise))
	if err != nil || !asleep {
		s.t.Fatal(err)
	}
	second.tap("接过来主持")
	second.yes()
	second.next("开始答题")
	second.see("倒数")
	first.next("开始答题") // as it was a moment ago
	first.see("先操作了")
	ask[any](first, `window.awake()`)
	first.see("现在由 李四 主持")
	first.see("正在答题")
	first.keep("console-livehost-two")
	second.tapOn(`[...document.querySelectorAll(".live-tabs a")].find((a) => a.innerText.includes("设置"))`)
	second.see("发题")
	if opened := ask[int](second, `document.querySelector(".log").innerText.split("开始答题").length - 1`); opened != 1 {
		s.t.Errorf("the question was opened %d times", opened)
	}
}

func (s *stage) closedLaptop() {
	host, room := s.lead(1280, 800, "快问快答")
	g := s.guest("细心山茶", room)
	host.next("发出第 1 题")
	right, _ := host.letters()
	host.next("开始答题")
	host.see("第 1 题，正在答题")
	g.choose(s.t, 1, right)
	host.visit("about:blank") // the lid is shut
	screen := s.big(room)
	screen.see("正在计分") // and the question ends all the same
	host.visit(s.url + "/console#/c/stage")
	host.see("快问快答，正在计分")
	host.fits("livehost-bar")
	host.tapOn(`[...document.querySelectorAll(".live-bar")].find((a) => a.innerText.includes("快问快答"))`)
	host.next("公布答案")
	screen.see("1 人答对")
}

func (s *stage) hostOnAPhone() {
	host, room := s.lead(360, 740, "6·16 我问你答")
	s.guest("细心山茶", room)
	for _, step := range []string{"发出第 1 题", "开始答题"} {
		host.until(`!document.querySelector(".live-next").disabled`)
		at := ask[[]float64](host, `((r) => [r.top, r.bottom, r.height, r.width])(
			document.querySelector(".live-next").getBoundingClientRect())`)
		if at[0] < 370 || at[1] > 740 || at[2] < 60 || at[3] < 300 {
			s.t.Errorf("%s: the big button is at %v, not under the thumb", step, at)
		}
		host.fits("livehost-phone-" + strings.ReplaceAll(step, " ", ""))
		host.next(step)
	}
	host.see("正在答题")
	host.online(false)
	host.see("连接断了")
	host.until(`[...document.querySelectorAll(".live-go button")].every((b) => b.disabled)`)
	host.keep("console-livehost-lost")
	host.online(true)
	host.until(`!document.body.innerText.includes("连接断了")`)
	host.small("暂停")
	host.see("第 1 题，暂停中")
	host.next("继续答题")
	host.see("正在答题")
	for _, tab := range []string{"选手", "设置"} {
		host.tapOn(fmt.Sprintf(`[...document.querySelectorAll(".live-tabs a")].find((a) => a.innerText.includes(%q))`, tab))
		host.see(map[string]string{"选手": "细心山茶", "设置": "延迟开始答题"}[tab])
		host.fits("livehost-phone-" + tab)
	}
	host.tapOn(`[...document.querySelectorAll(".live-tabs a")].find((a) => a.innerText.includes("选手"))`)
	host.tap("移出")
	host.yes()
	host.see("已移出")
	host.tap("让回来")
	host.see("可以再进来了")
}

func (s *stage) elimination() {
	host, room := s.lead(1280, 800, "安全百万英雄")
	guests := []*guest{s.guest("细心山茶", room), s.guest("青山李工", room)}
	screen := s.big(room)
	screen.see("2 人已加入")
	host.next("发出第 1 题")
	host.letters()
	right := ask[[]string](host, `[...document.querySelectorAll(".live-options .right text")].map((e) => e.textContent)`)
	host.next("开始答题")
	screen.until(`document.querySelector(".ask-time")`)
	screen.see("还剩 2 人")
	host.small("显示场外选择")
	screen.until(`document.querySelector(".ask-bar")`)
	screen.shown("help") // the bars take room
	guests[0].choose(s.t, 1, right...)
	guests[1].choose(s.t, 1, right[0]) // which is not all
	screen.see("2 人已作答")
	host.next("提前结束答题")
	host.yes()
	host.next("公布答案")
	screen.see("还剩 1 人")
	host.next("看排名")
	screen.until(`document.querySelectorAll(".live-row").length === 1`) // who is out is not shown
	screen.see("还在场上的")
	screen.see("细心山茶")
}
