package pagetest

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"anquanda/internal/staff"
)

// everyScreen walks through the screens that a player sees and calls look on each.
func everyScreen(p *phone, look func(name string)) {
	p.t.Helper()
	p.see("第1关")
	look("home")
	p.tap("规则")
	p.see("主办单位")
	look("rules")
	p.tap("排行榜")
	p.until(`document.querySelector(".board, .empty")`)
	look("ranking")
	p.tap("错题本")
	p.until(`document.querySelector(".mistakes, .empty")`)
	look("mistakes")
	p.tapOn(`document.querySelector("nav a")`)
	p.tapOn(`document.querySelector(".hero .main")`)
	p.write("#nickname", "王")
	look("signin")
	p.tapOn(`document.querySelector(".picker")`)
	p.until(`document.querySelector(".units-none").textContent !== "正在查找"`)
	look("units")
	p.tap("先不选")
	p.tap("同意并开始")
	seen := map[string]bool{}
	for n := 1; n <= 10; n++ {
		p.at()
		kind := string(p.question().Kind)
		if !seen[kind] {
			look("question-" + kind)
		}
		p.answer(n%2 == 0)
		if !seen[kind] {
			look("verdict-" + kind)
		}
		seen[kind] = true
		if n < 10 {
			p.tap("下一题")
		}
	}
	p.tap("看结果")
	p.until(`document.querySelector(".result")`)
	look("result")
	p.tap("看看错题")
	p.see("从头练一遍")
	look("mistakes-some")
	p.tap("排行榜")
	p.until(`document.querySelector(".my-place")`)
	look("ranking-mine")
}

// small lists what is too small for a finger: 48 CSS pixels each way.
const small = `[...document.querySelectorAll("button, a, input")].filter((e) => {
	const r = e.getBoundingClientRect();
	return r.width && !e.classList.contains("unseen") && (r.height < 47.9 || r.width < 47.9);
}).map((e) => (e.innerText || e.className || e.tagName) + " " + JSON.stringify(e.getBoundingClientRect()))`

func TestEveryScreenFitsANarrowPhoneAndAFinger(t *testing.T) {
	for _, elder := range []bool{false, true} {
		t.Run(fmt.Sprintf("elder=%v", elder), func(t *testing.T) {
			p := newPhone(t, 320, 640)
			p.open("/")
			if elder {
				before := ask[float64](p, `parseFloat(getComputedStyle(document.body).fontSize)`)
				p.tap("大字版")
				p.until(`document.documentElement.classList.contains("elder")`)
				if after := ask[float64](p, `parseFloat(getComputedStyle(document.body).fontSize)`); after < before*1.3 {
					t.Errorf("large type is %.1f px after %.1f px, want 1.3 times", after, before)
				}
				p.reload()
				p.until(`document.documentElement.classList.contains("elder")`)
			}
			everyScreen(p, func(name string) {
				t.Helper()
				if wide := ask[int](p, `document.documentElement.scrollWidth`); wide > 320 {
					t.Errorf("%s is %d px wide", name, wide)
				}
				if list := ask[[]string](p, small); len(list) > 0 {
					t.Errorf("%s: too small for a finger: %s", name, strings.Join(list, "; "))
				}
				p.keep(fmt.Sprintf("%s-elder-%v", name, elder))
			})
		})
	}
}

// Three levels have every kind of question between them. Motion is off, as some people need it: nothing may depend on
// it.
func TestEveryKindOfQuestionIsAnsweredInLargeTypeWithoutMotion(t *testing.T) {
	p := newPhone(t, 320, 640)
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}},
	})
	p.open("/")
	p.tap("大字版")
	p.tap("马上开始")
	p.write("#nickname", "样样都会")
	p.tap("同意并开始")
	seen := map[string]bool{}
	for level := range 3 {
		for n := 1; n <= 10; n++ {
			p.at()
			kind := string(p.question().Kind)
			p.choose(true)
			if !seen[kind] {
				p.keep("elder-" + kind)
			}
			p.tap("确定")
			p.until(`document.querySelector(".verdict.right")`)
			if wide := ask[int](p, `document.documentElement.scrollWidth`); wide > 320 {
				t.Errorf("a %s question is %d px wide", kind, wide)
			}
			if list := ask[[]string](p, small); len(list) > 0 {
				t.Errorf("a %s question is too small for a finger: %s", kind, strings.Join(list, "; "))
			}
			if !seen[kind] {
				p.keep("elder-" + kind + "-right")
			}
			seen[kind] = true
			if n < 10 {
				p.tap("下一题")
			}
		}
		p.tap("看结果")
		p.see("这一关通过了")
		if level < 2 {
			p.tap("去下一关")
		}
	}
	for _, kind := range []string{"single", "multiple", "truefalse", "fill"} {
		if !seen[kind] {
			t.Errorf("three levels asked no %s question", kind)
		}
	}
}

// The budget of the phone page: 40 KB compressed and 6 requests, headers and calls to the server included.
func TestTheFirstVisitStaysInsideItsBudget(t *testing.T) {
	p := newPhone(t, 360, 740)
	var lock sync.Mutex
	var requests []string
	bytes := 0.0
	p.must(chromedp.Listen(p.ctx, func(event any) {
		lock.Lock()
		defer lock.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, "data:") {
				requests = append(requests, e.Request.URL)
			}
		case *network.EventLoadingFinished:
			bytes += e.EncodedDataLength
		}
	}))
	p.open("/")
	p.see("第6关")
	time.Sleep(time.Second) // whatever else the page may ask for
	lock.Lock()
	defer lock.Unlock()
	t.Logf("first visit: %d requests, %.0f bytes with headers: %v", len(requests), bytes, requests)
	// The last two, what can be won and which live rooms are on, come after the first paint.
	if len(requests) > 7 {
		t.Errorf("%d requests, want at most 7", len(requests))
	}
	if bytes > 40_000 || bytes < 10_000 {
		t.Errorf("%.0f bytes, want at most 40,000", bytes)
	}
	for _, url := range requests {
		if !strings.HasPrefix(url, server(t)+"/") {
			t.Errorf("asks another host: %s", url)
		}
	}
}

func TestTheHallSeesWhoLeads(t *testing.T) {
	p := newPhone(t, 360, 740)
	p.signIn("大屏上的人")
	p.answer(true)
	p.tapOn(`document.querySelector(".play-bar button")`)
	p.tap("现在交卷")
	p.see("这一关还没有通过")

	screen := newPhone(t, 1280, 720)
	screen.open("/screen")
	screen.see("大屏上的人")
	screen.until(`document.querySelector(".code img").naturalWidth > 0`)
	if ask[bool](screen, `document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth`) {
		t.Error("the big screen does not fit 16:9")
	}
	screen.keep("screen")

	desk := &desk{t, county.app, server(t)}
	desk.staff("hall", "会场值班", staff.Viewer)
	console := desk.at(1280, 800, "hall")
	console.see("正常，可以答题")
	console.see("大屏上的人")
	console.keep("console")
}
