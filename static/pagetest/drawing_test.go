package pagetest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"anquanda/internal/app"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// drawnContest gives its prizes by a drawing the day after it, and for points.
const drawnContest = `contest: drawn
title: 安全生产月答题
organizer: 青禾县应急管理局
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
window: {opens: 2026-06-01 00:00, closes: 2026-06-17 00:00}
bank: safety
players: {unit: {ask: optional}, fields: [{key: name, label: 姓名, kind: name, when: claim, ask: required, why: 核对中奖人}, {key: phone, label: 手机号, kind: phone, when: claim, ask: required, why: 中奖后联系}]}
levels:
  - {key: only, title: 第一关, questions: [{count: 3, kinds: [single]}], pass: 1}
prizes:
  - {key: mower, title: 割草机, kind: goods, value: 90000, stock: 1, collect: 到县应急管理局一楼领取}
  - {key: helmet, title: 安全头盔, kind: goods, value: 5000, stock: 30, collect: 到县应急管理局一楼领取}
drawings:
  - {key: grand, title: 安全生产月大奖, at: 2026-06-18 10:00, who: {points: 1}, prizes: [{prize: mower, count: 1}, {prize: helmet, count: 20}], reserves: 5, source: 双色球}
claims: {fields: [name, phone], within: 7d}
`

// hall is a desk whose clock the test sets.
type hall struct {
	*desk
	contest *catalog.Contest
	offset  atomic.Int64 // from the machine's clock, ns
}

func openHall(t *testing.T) *hall {
	t.Helper()
	browser(t) // skips first
	h := &hall{}
	h.at("2026-06-16 10:00")
	ctx, cancel := context.WithCancel(context.Background())
	a, err := app.New(ctx, app.Config{Data: startedFolder(t), Now: h.now, AtOnce: true})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
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
	h.desk = &desk{t, a, "http://" + listener.Addr().String()}
	h.staff("wang", "王主任", staff.Owner)
	h.staff("gifts", "奖品小李", staff.Prizes)
	if h.contest, err = a.Catalog.Apply(t.Context(), "drawn.yaml", []byte(drawnContest), ""); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *hall) now() time.Time { return time.Now().Add(time.Duration(h.offset.Load())) }

// at sets the clock to a moment in China; it goes on from there. Whoever of staff is signed
// in was at work until then.
func (h *hall) at(text string) {
	moment, err := time.ParseInLocation("2006-01-02 15:04", text, time.FixedZone("China", 8*3600))
	if err != nil {
		panic(err)
	}
	h.offset.Store(int64(time.Until(moment)))
	if h.desk == nil {
		return // nobody can have signed in
	}
	err = h.app.DB.InTx(h.t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(h.t.Context(), "UPDATE staff_sessions SET used_at = ?, proved_at = ?", moment.UnixMilli(),
			moment.UnixMilli())
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// earn gives a player a point.
func (h *hall) earn(player sqldb.ID) {
	h.t.Helper()
	now := h.now().UnixMilli()
	point := contest.Grant{Kind: contest.GrantPoints, Source: "test", Rule: "test", Amount: 1, At: now}
	_, err := h.app.Play.Give(h.t.Context(), h.contest, player, contest.Deed{Kind: contest.DeedCheckin, Ref: "1", At: now},
		[]contest.Grant{point})
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *hall) crowd(n int) {
	h.t.Helper()
	for i := range n {
		e, err := h.app.Players.Enrol(h.t.Context(), h.contest.ContestID, 0, fmt.Sprintf("平安青松%02d", i), 0)
		if err != nil {
			h.t.Fatal(err)
		}
		h.earn(e.PlayerID)
	}
}

// named is the player of a nickname.
func (h *hall) named(nickname string) (player sqldb.ID) {
	h.t.Helper()
	err := h.app.DB.Get(h.t.Context(), &player, "SELECT player_id FROM enrolments WHERE contest_id = ? AND nickname = ?",
		h.contest.ContestID, nickname)
	if err != nil {
		h.t.Fatal(err)
	}
	return player
}

func (h *hall) drawing() (id sqldb.ID) {
	h.t.Helper()
	if err := h.app.DB.Get(h.t.Context(), &id, "SELECT id FROM drawings"); err != nil {
		h.t.Fatal(err)
	}
	return id
}

func (h *hall) transcript() []byte {
	h.t.Helper()
	reply, err := http.Get(fmt.Sprintf("%s/api/v1/drawings/%s/transcript.json", h.url, h.drawing()))
	if err != nil {
		h.t.Fatal(err)
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(reply.Body)
	if err != nil || reply.StatusCode != http.StatusOK {
		h.t.Fatalf("the transcript: %d, %v", reply.StatusCode, err)
	}
	return text
}

// endsOf counts the players whose number, as their phones show it, ends so.
func (h *hall) endsOf(end string) (n int) {
	h.t.Helper()
	var players []sqldb.ID
	err := h.app.DB.Select(h.t.Context(), &players, "SELECT player_id FROM enrolments WHERE contest_id = ?",
		h.contest.ContestID)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, player := range players {
		_, slips, err := h.app.Drawings.Slips(h.t.Context(), h.drawing(), player)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, slip := range slips {
			if len(end) == 9 && strings.HasSuffix(slip, end) {
				n++
			}
		}
	}
	return n
}

// enter types the source as it was announced.
func (p *phone) enter(values ...string) {
	p.t.Helper()
	for i, value := range values {
		p.rewrite(fmt.Sprintf("[name=source%d]", i), value)
	}
	p.tapOn(`document.querySelector(".drawing-step form .btn")`)
}

func TestADrawingIsHeldFromThePlanToThePhonesOfTheWinners(t *testing.T) {
	h := openHall(t)
	mine := newPhone(t, 360, 740)
	mine.visit(h.url + "/c/drawn#/prizes")
	mine.see("登记昵称并参加活动后")
	mine.tap("登记昵称")
	mine.rewrite("#nickname", "细心山茶")
	mine.tap("同意并开始")
	mine.see("还没有奖品")
	h.earn(h.named("细心山茶"))
	h.crowd(14)

	h.at("2026-06-18 09:00")
	p := h.desk.at(1280, 800, "gifts")
	p.visit(h.url + "/console#/drawings/drawn")
	p.see("安全生产月大奖")
	p.fits("drawings")
	p.tap("添加")
	p.rewrite("[name=nickname]", "平安青松0")
	p.tap("查找")
	p.see("平安青松07")
	p.fits("drawings-exclude")
	p.tap("平安青松07")
	p.rewrite("[name=note]", "活动工作人员名单第 3 号")
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.see("活动工作人员名单第 3 号")
	p.see("等另一人同意")
	p.fits("drawings-waiting")
	p.tap("撤回")
	p.until(`!document.body.textContent.includes("活动工作人员名单第 3 号")`)
	p.tap("安排摇奖")
	p.rewrite("[name=which]", "2026070")
	p.fits("drawings-plan")
	p.rewriteTime("[name=source-at]", "2026-06-18T20:00")
	p.tap("公开安排")
	p.see("冻结名单")
	p.fits("drawing-planned")
	p.until(`document.querySelector(".step-body")`)
	p.slow(h.url+"/api/v1/console/drawings/*", 400)
	p.visit(fmt.Sprintf("%s/console#/drawings/drawn/%s", h.url, h.drawing()))
	p.reload()
	p.staysInPlace("检查线索")
	p.slow("", 0)
	p.tap("检查线索")
	p.until(`document.querySelector("[name=seen]")`)
	p.fits("drawing-looked")
	p.tapOn(`document.querySelector("[name=seen]")`)
	p.tapOn(`[...document.querySelectorAll(".step-body .btn")].find((b) => b.textContent.trim() === "冻结名单")`)
	p.until(`document.querySelector(".fingerprint")`)
	p.see("人比奖品少")
	p.fits("drawing-frozen")
	fingerprint := ask[string](p, `document.querySelector(".fingerprint").textContent`)

	// The hall's computer opens the screen, staff connect it once and hold the remote control.
	wall, remote := h.connectedScreen("drawn")
	remote.tap("放到大屏")
	wall.see("请拍下这串指纹")
	wall.fits("show-frozen")
	passerby := newPhone(t, 1280, 800)
	passerby.visit(h.url + "/screen/drawn")
	passerby.see("请拍下这串指纹")

	// Two people enter the numbers, the first one a wrong one.
	h.at("2026-06-18 20:05")
	p.reload()
	p.see("还没有人录入")
	p.enter("1 3 9 12 20 40", "16")
	p.see("40 不在 1 到 33 之间")
	p.fits("drawing-source-wrong")
	p.enter("20 1 3 9 12 31", "16")
	p.see("等另一个人用自己的账号录入")
	other := h.desk.at(1280, 800, "wang")
	other.visit(fmt.Sprintf("%s/console#/drawings/drawn/%s", h.url, h.drawing()))
	other.enter("1 3 9 12 20 30", "16")
	other.see("两个人填写的号码不一样")
	other.enter("1、３ 9,12 20 31", "16")
	other.see("20 1 3 9 12 31")
	other.fits("drawing-known")
	other.tapOn(`[...document.querySelectorAll(".step-body .btn")].find((b) => b.textContent === "摇奖")`)
	other.see("在大屏上揭晓")
	other.fits("drawing-drawn")

	// The hall first, then the phones.
	mine.visit(h.url + "/c/drawn#/prizes")
	mine.reload()
	mine.see("还没有奖品")
	wall.see("15 份奖品，马上揭晓")
	thrown := ask[string](wall, `[...document.querySelectorAll(".draw-source li")].map((e) => e.textContent).join(" ")`)
	if thrown != "20 1 3 9 12 31 16" {
		t.Errorf("the hall sees the numbers as %s", thrown)
	}
	wall.fits("show-source")
	remote.tap("揭晓下一个")
	wall.until(`document.querySelector(".draw-big.done")`)
	wall.fits("show-first")
	if end := ask[string](wall, `document.querySelector(".roll").textContent`); h.endsOf(end) != 1 {
		t.Errorf("%q is the end of %d numbers on phones", end, h.endsOf(end))
	}
	passerby.see("这块大屏没有连接")
	if ask[bool](passerby, `!!document.querySelector(".draw-big")`) {
		t.Error("a screen that nobody connected shows a winner")
	}
	remote.tap("全部揭晓")
	wall.see("已揭晓 15 / 15")
	wall.see("割草机")
	wall.fits("show-all")
	other.tap("公布结果")
	other.tapOn(`document.querySelector(".dialog .btn:not(.quiet):not(.round)")`)
	other.see("结果已经公布")
	wall.see("结果指纹")
	passerby.see("已揭晓 15 / 15")
	other.fits("drawing-published")

	if _, err := selection.Verify(h.transcript(), fingerprint, nil, func(selection.Step) {}); err != nil {
		t.Errorf("the transcript does not verify: %v", err)
	}
	mine.reload()
	mine.see("填写领奖信息")
	mine.see("还有 6 天")
	mine.fits("prizes-due")
	mine.tap("查看名单、结果和验证方法")
	mine.see(fingerprint)
	mine.see("我的摇奖号")
	mine.see("20 1 3 9 12 31")
	mine.see("平***")
	mine.fits("prizes-drawing")
	mine.tap("中奖名单")
	mine.see("昵称只显示头尾")
	mine.see("割草机")
	mine.fits("winners")
	mine.visit(h.url + "/c/drawn")
	mine.see("1 份奖品等您填领奖信息")
	mine.see("还有 6 天")
	mine.fits("home-prizes")
}

// rewriteTime sets a field of date and time, whose parts no keys reach alike everywhere.
func (p *phone) rewriteTime(css, value string) {
	p.t.Helper()
	ask[any](p, fmt.Sprintf(`(() => {
		const e = document.querySelector(%q);
		Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(e, %q);
		e.dispatchEvent(new Event("input", {bubbles: true}));
	})()`, css, value))
}

// held plans, freezes, draws and publishes the drawing without a page.
func (h *hall) held() sqldb.ID {
	h.t.Helper()
	ctx := h.t.Context()
	must := func(err error) {
		h.t.Helper()
		if err != nil {
			h.t.Fatal(err)
		}
	}
	h.at("2026-06-18 09:00")
	sun, wu := staff.Actor{ID: 1, Name: "孙主任"}, staff.Actor{ID: 2, Name: "吴科长"}
	row, err := h.app.Drawings.Plan(ctx, sun, h.contest, drawing.Plan{Key: "grand",
		SourceAt: h.now().Add(time.Hour).UnixMilli(),
		Sources:  []drawing.Source{{Name: "双色球第 2026070 期蓝球", Values: 1, Lowest: 1, Highest: 16}}})
	must(err)
	number, err := h.app.Conduct.BeginScan(ctx, h.contest.ContestID)
	must(err)
	must(h.app.Conduct.EndScan(ctx, h.contest.ContestID, number, nil))
	must(h.app.Drawings.Freeze(ctx, sun, row.ID, drawing.Seen{}))
	h.at("2026-06-18 20:00")
	for _, by := range []staff.Actor{sun, wu} {
		_, err = h.app.Drawings.Enter(ctx, by, row.ID, []string{"16"})
		must(err)
	}
	_, err = h.app.Drawings.Draw(ctx, sun, row.ID)
	must(err)
	must(h.app.Drawings.Publish(ctx, sun, row.ID))
	return row.ID
}

func TestADrawingCanBeReadOnAPhoneByStaffAndOnAWideScreenByPlayers(t *testing.T) {
	h := openHall(t)
	h.crowd(40)
	for _, i := range []int{3, 4} {
		err := h.app.Drawings.Exclude(t.Context(), staff.Actor{ID: 1, Name: "孙"}, h.contest.ContestID,
			h.named(fmt.Sprintf("平安青松%02d", i)), drawing.IsStaff, "活动工作人员名单")
		if err != nil {
			t.Fatal(err)
		}
	}
	h.agree(staff.Actor{ID: 2, Name: "吴"})
	id := h.held()
	p := h.desk.at(360, 740, "gifts")
	p.visit(h.url + "/console#/drawings/drawn")
	p.see("已公布")
	p.fits("drawings-narrow")
	p.visit(fmt.Sprintf("%s/console#/drawings/drawn/%s", h.url, id))
	p.see("工作人员 2 人")
	p.fits("drawing-narrow")
	ask[any](p, `void document.querySelector(".rows").scrollIntoView()`)
	p.fits("drawing-winners-narrow")
	wide := newPhone(t, 1280, 800)
	wide.visit(h.url + "/c/drawn#/winners")
	wide.see("割草机")
	wide.fits("winners-wide")
	wide.visit(h.url + "/c/drawn#/prizes")
	wide.see("结果已公布")
	wide.tap("查看名单、结果和验证方法")
	wide.see("怎么证明没有作假") // a stranger is not told to be left out
	if ask[bool](wide, `document.body.textContent.includes("您不在这次的名单里")`) {
		t.Error("a stranger is told about a list")
	}
	wide.fits("prizes-wide")
	wide.visit(h.url + "/c/drawn#/rules")
	wide.tap("看中奖名单")
	wide.see("割草机")
}

// agree lets a person agree to all that another has proposed.
func (h *hall) agree(by staff.Actor) {
	h.t.Helper()
	waiting, err := h.app.Drawings.Waiting(h.t.Context(), h.contest.ContestID)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, w := range waiting {
		if err := h.app.Drawings.Agree(h.t.Context(), by, h.contest.ContestID, w.ID); err != nil {
			h.t.Fatal(err)
		}
	}
}

func TestTheVerifierTakesWhatTheConsolePublished(t *testing.T) {
	h := openHall(t)
	h.crowd(40)
	id := h.held()
	one, other := staff.Actor{ID: 1, Name: "孙"}, staff.Actor{ID: 2, Name: "吴"}
	if err := h.app.Drawings.ProposeForfeit(t.Context(), one, id, 2, "联系不上"); err != nil {
		t.Fatal(err)
	}
	h.agree(other)
	text := h.transcript()
	_, slips, err := h.app.Drawings.Slips(t.Context(), id, h.named("平安青松07"))
	if err != nil || len(slips) != 1 {
		t.Fatalf("the slips are %v, %v", slips, err)
	}
	p := verifier(t)
	p.give(text, "good")
	p.write("#slip", slips[0])
	p.see("您在名单里")
	p.keep("drawing-verified")
	p.give(bytes.Replace(text, []byte("联系不上"), []byte("联系得上"), 1), "bad")
}

// staysInPlace looks again and again until the page says how doubts stand: a button that is there and moves
// meanwhile would be pressed beside.
func (p *phone) staysInPlace(button string) {
	p.t.Helper()
	places, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](fmt.Sprintf(`new Promise((done) => {
		const places = new Set();
		let left = 2000;
		const look = () => {
			const body = document.querySelector(".step-body");
			const button = body && [...body.querySelectorAll(".btn")].find((b) => b.textContent.trim() === %q);
			if (button) places.add(Math.round(button.getBoundingClientRect().top + scrollY));
			if (button && body.querySelector("[role=status]")) done([...places].join(" "));
			else if (!left--) done("never");
			else setTimeout(look, 16);
		};
		look();
	})`, button), chromedp.EvalAwaitPromise))
	p.must(err)
	if places == "never" || strings.Contains(places, " ") {
		p.t.Errorf("%s stood at %s", button, places)
	}
}
