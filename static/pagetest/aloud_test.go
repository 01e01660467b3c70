package pagetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
)

// aVoice stands in for the voice of the phone: it keeps what it is given to say.
const aVoice = `
window.said = [];
Object.defineProperty(window, "speechSynthesis", {value: {
	getVoices: () => [{lang: "zh-CN", localService: true}],
	speak: (what) => said.push(what.text),
	cancel: () => said.push("silence"),
	addEventListener() {}, removeEventListener() {},
}});
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
`

func TestAQuestionIsReadAloudByOneTapAndStopsWhenItIsLeft(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("elder=%v", size.elder), func(t *testing.T) {
			p := newPhone(t, size.width, size.height)
			call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: aVoice})
			p.open("/")
			if size.elder {
				p.tap("大字版")
			}
			p.tap("马上开始")
			p.write("#nickname", "请您念一念")
			p.tap("同意并开始")
			p.at()
			if ask[bool](p, `said.some((text) => text !== "silence")`) {
				t.Error("something is read before anybody asked for it")
			}
			q := p.question()
			p.tap("朗读")
			p.until(fmt.Sprintf(`said.join().includes(%q)`, strings.Split(q.Stem, "（")[0]))
			p.suits("aloud-question")
			p.tap("停止")
			p.until(`said[said.length - 1] === "silence"`)

			p.answer(false)
			p.tapOn(`document.querySelector(".aloud")`)
			p.until(`/^答错了。正确答案/.test(said[said.length - 1])`)
			p.suits("aloud-verdict")
			p.tap("下一题")
			p.at()
			p.until(`said[said.length - 1] === "silence"`)
			p.tap("朗读")
			p.until(`said[said.length - 1] !== "silence"`)
			p.tapOn(`document.querySelector(".play-bar button")`)
			p.tap("先离开")
			p.until(`said[said.length - 1] === "silence"`)
		})
	}
}

func TestAPhoneWithoutAChineseVoiceOffersNoReading(t *testing.T) {
	p := newPhone(t, 360, 740)
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: strings.Replace(aVoice, "zh-CN", "en-GB", 1)})
	p.signIn("没有中文声音")
	p.at()
	if ask[int](p, `document.querySelectorAll(".aloud").length`) > 0 {
		t.Error("a button is there that could say nothing")
	}
}

func TestWhatWasAskedStaysInSightAboveItsVerdict(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("elder=%v", size.elder), func(t *testing.T) {
			p := newPhone(t, size.width, 640)
			p.open("/")
			if size.elder {
				p.tap("大字版")
			}
			p.tap("马上开始")
			p.write("#nickname", "再看一眼题目")
			p.tap("同意并开始")
			for n := 1; n <= 3; n++ {
				p.at()
				p.answer(false)
				p.until(`(() => {
					const stem = document.querySelector(".stem").getBoundingClientRect();
					const verdict = document.querySelector(".verdict").getBoundingClientRect();
					const foot = document.querySelector(".foot").getBoundingClientRect();
					return stem.top >= 0 && stem.bottom <= verdict.top + 1 && stem.height > 20 && verdict.top < foot.top - 60;
				})()`)
				p.suits(fmt.Sprintf("verdict-in-sight-%d", n))
				p.tap("下一题")
			}
		})
	}
}

func TestASentenceToBeJudgedKeepsItsOwnSignAfterTheVerdict(t *testing.T) {
	p := newPhone(t, 360, 740)
	p.signIn("对就是对")
	own := `[...document.querySelectorAll(".truefalse .option")].map((e) => e.querySelector(".option-text").textContent +
		e.querySelector(".option-sign path").getAttribute("d")).sort().join()`
	for n, judged := 1, 0; n <= 10; n++ {
		p.at()
		if p.question().Kind != "truefalse" {
			p.answer(true)
		} else {
			before := ask[string](p, own)
			p.answer(judged%2 == 0)
			if after := ask[string](p, own); after != before || before == "" {
				t.Errorf("before the verdict the signs are %s, after it %s", before, after)
			}
			p.keep(fmt.Sprintf("truefalse-%d", judged))
			judged++
		}
		if n < 10 {
			p.tap("下一题")
		} else if judged == 0 {
			t.Error("nothing was judged")
		}
	}
}

func TestBehindASheetNothingIsReadOrReached(t *testing.T) {
	p := newPhone(t, 360, 740)
	p.open("/")
	p.see("第1关")
	hidden := `[".home", ".top", ".ways"]
		.filter((css) => document.querySelector(css).closest("[aria-hidden=true][inert]")).length`
	p.tap("马上开始")
	p.until(`document.querySelector(".sheet")`)
	if n := ask[int](p, hidden); n != 3 {
		t.Errorf("%d of the three parts of the home are hidden behind the sheet", n)
	}
	named := ask[string](p, `document.querySelector(".picker").getAttribute("aria-labelledby").split(" ")
		.map((id) => document.getElementById(id).innerText.trim()).join(" ")`)
	if named != "参赛单位 没有可以不选" {
		t.Errorf("the button of the unit is named %q", named)
	}
	p.tapOn(`document.querySelector(".picker")`) // another sheet in the place of the first
	p.until(`document.querySelector(".units-none")`)
	if n := ask[int](p, hidden); n != 3 {
		t.Errorf("%d of the three parts of the home are hidden behind the second sheet", n)
	}
	p.tapOn(`document.querySelector(".sheet-head button")`)
	p.tapOn(`document.querySelector(".sheet-head button")`)
	p.until(`!document.querySelector(".sheet")`)
	if n := ask[int](p, hidden); n != 0 {
		t.Errorf("%d parts of the home stay hidden after the sheet is gone", n)
	}
}

func TestAShortMessageLeavesTheHeadingFree(t *testing.T) {
	p := newPhone(t, 360, 740)
	p.signIn("看标题的人")
	p.tapOn(`document.querySelector(".play-bar button")`)
	p.tap("先离开")
	p.tapOn(`[...document.querySelectorAll(".gain")].find((e) => /签到/.test(e.textContent))`)
	p.until(`document.querySelector(".toast")`)
	if top := ask[float64](p, `document.querySelector(".toast").getBoundingClientRect().top`); top < 370 {
		t.Errorf("the message stands %.0f px from the top, over what the page is about", top)
	}
	p.keep("toast")
}
