package pagetest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestACitizenPlaysALevelFromTheLinkToTheRanking(t *testing.T) {
	p := newPhone(t, 360, 740)
	p.open("/")
	p.see("第1关")
	p.keep("home")
	p.tap("马上开始")
	p.tap("帮我起一个")
	name := ask[string](p, `document.querySelector("#nickname").value`)
	p.keep("signin")
	p.tap("同意并开始")
	for n := 1; n <= 10; n++ {
		if got := p.at(); got != n {
			t.Fatalf("question %d is on the page, want %d", got, n)
		}
		p.answer(n != 2)
		p.see("依据：")
		if n == 2 {
			p.see("正确答案")
			p.keep("wrong")
		}
		if n < 10 {
			p.tap("下一题")
		}
	}
	p.tap("看结果")
	p.see("这一关通过了")
	p.see("新的一关开启了")
	p.keep("passed")
	p.tap("看看错题")
	p.see("共1题")
	p.tap("从头练一遍")
	p.choose(true)
	p.tap("看答案")
	p.until(`document.querySelector(".verdict.right")`)
	p.tap("练完了")
	p.tap("排行榜")
	p.see(name)
	p.until(`document.querySelector(".line.mine") && document.querySelector(".my-place").innerText.includes("90分")`)
	p.keep("ranking")
	p.tap("闯关")
	p.until(`document.querySelectorAll(".row.passed").length === 1 && document.querySelectorAll(".row.current").length === 1`)
	p.keep("map")
}

func TestAReloadInTheMiddleGoesOnWhereItWas(t *testing.T) {
	p := newPhone(t, 360, 740)
	p.signIn("重新打开")
	p.answer(true)
	p.tap("下一题")
	if got := p.at(); got != 2 {
		t.Fatalf("question %d, want 2", got)
	}
	stem := p.question().Stem
	left := `Number(document.querySelector(".clock [role=timer]").textContent.replace("秒", ""))`
	p.until(left + " < 45")
	before := ask[int](p, left)
	p.reload()
	p.until(`document.querySelector(".stem")`)
	if got := p.question().Stem; got != stem {
		t.Errorf("after the reload: %q, want %q", got, stem)
	}
	p.until(`document.querySelector(".clock [role=timer]")`)
	if after := ask[int](p, left); after > before {
		t.Errorf("the reload gave time back: %d s, before %d s", after, before)
	}
	p.until(`document.querySelectorAll(".marking .right").length === 1`)
	// The result's address must not begin another attempt when it is loaded again.
	p.tapOn(`document.querySelector(".play-bar button")`)
	p.tap("现在交卷")
	p.see("这一关还没有通过")
	p.reload()
	p.see("第1关")
	p.see("今天还能答2次")
}

func TestAnAnswerGivenWithoutANetworkIsKeptAndCountedOnce(t *testing.T) {
	p := newPhone(t, 360, 740)
	p.signIn("山里没信号")
	p.online(false)
	p.choose(true)
	p.tap("确定")
	p.see("已保存，正在重新发送")
	p.keep("held")
	p.online(true)
	p.until(`document.querySelector(".verdict.right")`)
	p.tap("下一题")
	if got := p.at(); got != 2 {
		t.Errorf("question %d after one answer, want 2", got)
	}

	// Again, and this time the page is loaded anew before the answer could leave.
	p.cut(server(t) + "/api/v1/attempts/*")
	p.choose(true)
	p.tap("确定")
	p.see("已保存，正在重新发送")
	p.reload()
	p.see("已保存，正在重新发送")
	if got := p.at(); got != 2 {
		t.Errorf("question %d after the reload, want 2, which waits to be sent", got)
	}
	p.online(true)
	p.until(`document.querySelector(".verdict.right")`)
	p.tap("下一题")
	if got := p.at(); got != 3 {
		t.Errorf("question %d after two answers, want 3", got)
	}
	p.until(`document.querySelectorAll(".marking .right").length === 2`)
}

func TestWhenTheTimeIsUpTheChoiceIsSentAsItIs(t *testing.T) {
	p := newPhone(t, 360, 740)
	p.signIn("慢慢想")
	p.choose(true)
	turn := `{ const now = Date.now.bind(Date), from = now(); Date.now = () => now() + 44000; undefined }`
	ask[any](p, turn)
	p.see("时间到了，已按您选的答案提交")
	p.until(`document.querySelector(".verdict.right")`)
	p.tap("下一题")
	ask[any](p, turn)
	p.see("没有作答")
	p.until(`document.querySelector(".verdict.wrong")`)
}

func TestADoubleTapDoesNotSkipTheExplanation(t *testing.T) {
	p := newPhone(t, 360, 740)
	p.signIn("手抖点两下")
	p.choose(true)
	p.tap("确定")
	p.until(`document.querySelector(".verdict")`)
	ask[any](p, `document.querySelector(".foot .main").click()`)
	if !ask[bool](p, `!!document.querySelector(".verdict")`) {
		t.Error("the second tap took the verdict away")
	}
	p.tap("下一题")
	if got := p.at(); got != 2 {
		t.Errorf("question %d, want 2", got)
	}
}

func TestTheKeyboardAloneIsEnough(t *testing.T) {
	p := newPhone(t, 360, 740)
	p.open("/")
	p.see("马上开始")
	press := func(keys string) { p.do(chromedp.KeyEvent(keys)) }
	// reach tabs to the element that shows the text.
	reach := func(text string) {
		t.Helper()
		for range 40 {
			if strings.Contains(ask[string](p, `document.activeElement.innerText || ""`), text) &&
				ask[bool](p, `document.activeElement !== document.body`) {
				if ask[string](p, `getComputedStyle(document.activeElement).outlineStyle`) == "none" {
					t.Errorf("nobody sees that %q has the focus", text)
				}
				return
			}
			press("\t")
		}
		t.Fatalf("tabbing never reaches %q", text)
	}
	reach("马上开始")
	press("\r")
	p.until(`document.activeElement && document.activeElement.id === "nickname"`)
	press("键盘")
	press("\r")
	p.until(`document.activeElement && document.activeElement.id === "stem"`)
	q := p.question()
	if len(q.Blanks) == 0 {
		reach(optionTexts(q)[q.Right[0]])
		press(" ")
		reach("确定")
		press("\r")
		p.until(`document.querySelector(".verdict.right")`)
		p.until(`document.activeElement.matches("button.main:not([data-wait])")`)
		reach("下一题")
		press("\r")
		p.until(`document.querySelector(".play-at b")`)
		p.until(`document.querySelector(".play-at b").textContent === "第2题" && document.activeElement.id === "stem"`)
	}
	p.tapOn(`document.querySelector(".play-bar button")`)
	p.see("要离开吗")
	press("\x1b")
	p.until(`!document.querySelector(".sheet")`)
}

func TestAForgedTicketOnlyLosesItself(t *testing.T) {
	p := newPhone(t, 360, 740)
	p.signIn("想走捷径")
	p.answer(true)
	ask[any](p, `Object.keys(localStorage).filter((k) => k.startsWith("aqd.workmonth")).forEach((k) => localStorage.setItem(k, JSON.stringify({ticket: "forged", shown: 0, unsent: null})))`)
	p.reload()
	if got := p.at(); got != 2 {
		t.Errorf("question %d, want the second of the same attempt", got)
	}
}

func TestAWrongLinkIsExplained(t *testing.T) {
	p := newPhone(t, 360, 740)
	p.open("/c/nowhere")
	p.tap("去现在的活动")
	p.see("第1关")
}
