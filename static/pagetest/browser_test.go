// Package pagetest plays the pages as people do: the real program, a real
// Chromium, fingers and keys. A machine without Chromium skips these tests and
// says so; with ANQUANDA_TEST_REQUIRE=1 they fail instead. -short runs none.
package pagetest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how many times a page looks for what a person would see at once,
// a look each time that the page has nothing else to do. Looks and not seconds,
// since the machine may be busy with everything else: there a look takes
// longer, and the wait with it. On a machine of its own it is half a minute.
const (
	patience  = 900
	betweenMS = 30 // milliseconds between two looks
	atOnce    = 90 // looks that are taken without asking the test
)

var chromium struct {
	sync.Once
	ctx   context.Context
	close func()
	err   error
}

// lean keeps Chromium from starting what these tests never need: a spare
// renderer for each window, processes that part sites from each other or hold
// the graphics, services that call home. It saves a tenth of all CPU time.
var lean = map[string]any{
	"disable-features": "Translate,BlinkGenPropertyTrees,SpareRendererForSitePerProcess,PreloadTopChromeWebUI," +
		"WebUIOmniboxPopup,MediaRouter,OptimizationHints",
	"disable-site-isolation-trials": true,
	"in-process-gpu":                true,
	"disable-quic":                  true,
	"disable-component-update":      true,
}

// findBrowser prefers the Chromium without a user interface: the same engine, and
// the tests take four tenths less CPU time with it.
func findBrowser() (path string, err error) {
	for _, name := range []string{"chromium-headless-shell", "/usr/lib/chromium/chromium", "chromium"} {
		if path, err = exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", err
}

// browser is one Chromium for all tests; each test has a profile of its own in it.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("-short starts no browser")
	}
	path, err := findBrowser()
	if err != nil {
		if os.Getenv("ANQUANDA_TEST_REQUIRE") == "1" {
			t.Fatalf("%v, and ANQUANDA_TEST_REQUIRE=1 forbids to skip", err)
		}
		t.Skipf("%v: the pages are not played here; scripts/test installs Chromium", err)
	}
	chromium.Do(func() {
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
			chromedp.DisableGPU)
		for name, value := range lean {
			options = append(options, chromedp.Flag(name, value))
		}
		allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, cancel := chromedp.NewContext(allocator)
		chromium.ctx, chromium.close = ctx, func() { cancel(); stop() }
		chromium.err = chromedp.Do(ctx)
	})
	if chromium.err != nil {
		t.Fatal(chromium.err)
	}
	return chromium.ctx
}

func TestMain(m *testing.M) {
	code := m.Run()
	if chromium.close != nil {
		chromium.close()
	}
	if county.close != nil {
		county.close()
	}
	if relay.close != nil {
		relay.close()
	}
	if school.close != nil {
		school.close()
	}
	if library.close != nil {
		library.close()
	}
	if fair.close != nil {
		fair.close()
	}
	if friends.close != nil {
		friends.close()
	}
	if lottery.close != nil {
		lottery.close()
	}
	if pupils.close != nil {
		pupils.close()
	}
	if quiz.close != nil {
		quiz.close()
	}
	os.Exit(code)
}

// phone is one person's browser window. Its methods fail the test.
type phone struct {
	t     *testing.T
	ctx   context.Context
	sight sync.Mutex
	wrong []string // scripts that failed, and what the security policy refused
}

// newPhone opens an empty window of the given size in CSS pixels.
func newPhone(t *testing.T, width, height int64) *phone {
	t.Helper()
	p := &phone{t: t}
	parent, stop := context.WithTimeout(browser(t), 10*time.Minute)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	p.ctx = ctx
	p.do(chromedp.EmulateViewport(width, height))
	p.must(chromedp.Listen(ctx, p.hear))
	call(p, runtime.Enable, cdp.Empty{})
	call(p, log.Enable, cdp.Empty{})
	call(p, network.Enable, network.EnableParams{})
	t.Cleanup(func() {
		if t.Failed() {
			text, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText`))
			t.Logf("the page at the end:\n%s", text)
		}
		cancel()
		p.sight.Lock()
		defer p.sight.Unlock()
		for _, what := range p.wrong {
			t.Errorf("in the page: %s", what)
		}
	})
	return p
}

func (p *phone) hear(event any) {
	p.sight.Lock()
	defer p.sight.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		p.wrong = append(p.wrong, e.ExceptionDetails.Text+" "+e.ExceptionDetails.Exception.Description)
	case *log.EventEntryAdded:
		if e.Entry.Source == "security" {
			p.wrong = append(p.wrong, e.Entry.Text)
		}
	}
}

func (p *phone) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *phone) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	p.must(chromedp.Do(p.ctx, steps...))
}

// call sends one command of the browser's protocol.
func call[P, R any](p *phone, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	result, err := chromedp.Call(p.ctx, command, params)
	p.must(err)
	return result
}

// ask evaluates an expression in the page.
func ask[T any](p *phone, expression string) T {
	p.t.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// until waits until an expression is true in the page.
func (p *phone) until(condition string) {
	p.t.Helper()
	said := ""
	for looks := 0; looks < patience; looks += atOnce {
		var yes bool
		if yes, said = p.soon(condition); yes {
			return
		}
	}
	p.t.Fatalf("looked %d times for %s (%s)", patience, condition, said)
}

// soon takes a few looks for what may or may not come; otherwise it says what was
// wrong with the last one. The page looks by itself, so that a wait costs the test
// nothing.
func (p *phone) soon(condition string) (yes bool, said string) {
	p.t.Helper()
	looking := fmt.Sprintf(`new Promise((done) => {
		let left = %d;
		const look = () => {
			let yes = false, wrong = "it is not so";
			try { yes = !!(%s); } catch (e) { wrong = String(e); }
			if (yes || !--left) done(yes ? "" : wrong);
			else setTimeout(look, %d);
		};
		look();
	})`, atOnce, condition, betweenMS)
	for range atOnce {
		said, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](looking, chromedp.EvalAwaitPromise))
		if err == nil {
			return said == "", said
		}
		p.must(p.ctx.Err())
		time.Sleep(betweenMS * time.Millisecond) // the page went away meanwhile, or there is none yet
	}
	return false, "there is no page"
}

// see waits until a text stands on the page.
func (p *phone) see(text string) {
	p.t.Helper()
	p.until("document.body.innerText.includes(" + strconv.Quote(text) + ")")
}

// tap touches the first button or link that shows the text, in its middle, and
// fails when something else lies above it there.
func (p *phone) tap(text string) {
	p.t.Helper()
	p.tapOn(fmt.Sprintf(`[...document.querySelectorAll("button, a")].find((e) => e.getClientRects().length && e.innerText.includes(%q))`, text))
}

// tapOn touches the element that an expression gives, once a person could: it may be
// pressed, it rests, and nothing lies above its middle. A running animation or scroll
// moves it away from the finger; what moves it after that takes another touch.
func (p *phone) tapOn(element string) {
	p.t.Helper()
	for range atOnce {
		p.until(fmt.Sprintf(`((e) => e && !e.disabled && !e.closest("[data-wait]"))(%s)`, element))
		p.until(`!document.getAnimations || document.getAnimations().every((a) => a.playState !== "running" || a.effect.getTiming().iterations === Infinity)`)
		p.until(fmt.Sprintf(`((e) => {
			const { left, top } = e.getBoundingClientRect(), before = window.tappedAt;
			window.tappedAt = left + " " + top;
			return window.tappedAt === before;
		})(%s)`, element))
		p.until(fmt.Sprintf("(%s)(%s)", aim, element))
		at := ask[[]float64](p, "window.aim.at")
		p.do(chromedp.MouseClickXY(at[0], at[1]))
		missed, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool]("!!window.aim && window.aim.missed"))
		if err != nil || !missed { // an error: the touch led to another page
			return
		}
		p.t.Logf("the page moved under the finger: %s", element)
	}
	p.t.Fatalf("nobody can touch %s: it does not stand still", element)
}

// aim finds where to touch an element, scrolls to it where it must, and lets no touch
// reach anything else.
const aim = `(e) => {
	const r = e.getBoundingClientRect(), x = r.left + r.width / 2, y = r.top + r.height / 2;
	if (!e.contains(document.elementFromPoint(x, y))) {
		e.scrollIntoView({block: "center", behavior: "instant"});
		return false;
	}
	if (window.aim) window.aim.end();
	const kinds = ["pointerdown", "mousedown", "pointerup", "mouseup", "click"];
	const guard = (event) => {
		if (event.type === "click") now.end();
		if (!now.missed && e.contains(event.target)) return;
		now.missed = true;
		event.stopImmediatePropagation();
		event.preventDefault();
	};
	const now = window.aim = {at: [x, y], missed: false, end: () => kinds.forEach((k) => removeEventListener(k, guard, true))};
	kinds.forEach((k) => addEventListener(k, guard, true));
	return true;
}`

// write types into a field.
func (p *phone) write(css, text string) {
	p.t.Helper()
	p.until(fmt.Sprintf("document.querySelector(%q)", css))
	p.do(chromedp.SendKeys(chromedp.CSS(css), text))
}

func (p *phone) open(path string) {
	p.t.Helper()
	p.goTo(server(p.t) + path)
}

func (p *phone) goTo(address string) {
	p.t.Helper()
	p.do(chromedp.Navigate(address))
}

// online cuts the network off or brings it back.
func (p *phone) online(yes bool) {
	p.t.Helper()
	if yes {
		p.cut()
	} else {
		p.cut("") // every address
	}
	call(p, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: !yes, DownloadThroughput: -1,
		UploadThroughput: -1})
}

// cut lets no call to addresses of these patterns through, and all others.
func (p *phone) cut(patterns ...string) {
	p.t.Helper()
	conditions := []*network.Conditions{}
	for _, pattern := range patterns {
		conditions = append(conditions, &network.Conditions{URLPattern: pattern, Offline: true, DownloadThroughput: -1,
			UploadThroughput: -1})
	}
	call(p, network.EmulateNetworkConditionsByRule,
		network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: conditions})
}

// keep saves a picture of the page in the folder that ANQUANDA_TEST_SHOTS names.
func (p *phone) keep(name string) {
	folder := os.Getenv("ANQUANDA_TEST_SHOTS")
	if folder == "" {
		return
	}
	time.Sleep(600 * time.Millisecond) // let things come to rest
	picture := call(p, page.CaptureScreenshot, page.CaptureScreenshotParams{})
	p.must(os.WriteFile(folder+"/"+name+".png", picture.Data, 0o644))
}

// reload loads the page anew and returns when the old one is gone. The new one
// may fail to load, where the network is away.
func (p *phone) reload() {
	p.t.Helper()
	ask[any](p, `window.old = true, setTimeout(() => location.reload()), undefined`)
	p.until("!window.old")
}
