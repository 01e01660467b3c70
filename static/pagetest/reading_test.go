package pagetest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"

	"anquanda/internal/app"
	"anquanda/internal/bankfile"
	"anquanda/internal/question"
	"anquanda/internal/staff"
	"anquanda/questionbank"
)

// library is the program with contests in which explanations are read: one turns the
// page by itself after some seconds, one waits for the player, and one has pictures.
var library struct {
	sync.Once
	app     *app.App
	address string
	close   func()
	err     error
}

// libraryContest takes a slug and the time of its level.
const libraryContest = `
contest: %[1]s
title: 安全阅览
organizer: 测试
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: signs
levels:
  - {key: one, title: 第一课, questions: [{count: 4}], time: %[2]s, pass: 2, attempts: {max: 0}}
boards: [{key: total, title: 总榜, subject: player, measure: best}]
`

func signs() []question.Question {
	all := make([]question.Question, 4)
	for i := range all {
		all[i] = question.Question{
			ID: fmt.Sprint("sign", i), Kind: question.Single, Stem: fmt.Sprintf("第%d张标志说的是什么", i+1), Image: "sign.svg",
			ImageAlt: "红色圆圈加一道斜杠，中间画着一支点燃的香烟",
			Options:  []string{"禁止烟火", "当心触电", "必须戴安全帽"}, Right: []int{0}, Difficulty: 1,
			Explanation: strings.Repeat("红色圆圈加斜杠是禁止标志，里面的图形说明禁止什么。", 3),
			Source:      question.Source{Title: "安全标志及其使用导则"},
		}
	}
	return all
}

func openLibrary() (err error) {
	if library.app, library.address, library.close, err = openProgram(); err != nil {
		return err
	}
	ctx := context.Background()
	drawings, err := questionbank.Pictures()
	if err != nil {
		return err
	}
	read := &bankfile.Result{Questions: signs(), Images: map[string][]byte{"sign.svg": drawings["no-smoking.svg"]}}
	if err := library.app.Banks.KeepImages(ctx, read); err != nil {
		return err
	}
	if _, _, err := library.app.Banks.Import(ctx, staff.CommandLine, "signs", read.Questions, ""); err != nil {
		return err
	}
	for slug, time := range map[string]string{"turning": "{question: 30s, review: 3s}",
		"waiting": "{question: 30s, next: player}"} {
		if _, err := library.app.Catalog.Apply(ctx, slug+".yaml", fmt.Appendf(nil, libraryContest, slug, time),
			""); err != nil {
			return err
		}
	}
	return nil
}

// visitor is a phone beside the library.
func visitor(t *testing.T, width, height int64) *phone {
	t.Helper()
	p := newPhone(t, width, height)
	library.Do(func() { library.err = openLibrary() })
	p.must(library.err)
	return p
}

// read takes a reader into a contest of the library, to its first question.
func read(t *testing.T, contest, name string, width, height int64, elder bool) *phone {
	t.Helper()
	p := visitor(t, width, height)
	p.join(library.address+"/c/"+contest, name, elder)
	return p
}

// seconds is what the clock of the question shows.
func (p *phone) seconds() int {
	p.t.Helper()
	p.until(`document.querySelector(".clock [role=timer]")`)
	return ask[int](p, `Number(document.querySelector(".clock [role=timer]").textContent.replace("秒", ""))`)
}

// mistake answers wrongly and waits for the verdict.
func (p *phone) mistake() {
	p.t.Helper()
	p.tapOption("当心触电")
	p.tap("确定")
	p.until(`document.querySelector(".verdict.wrong")`)
}

func TestADrawingIsSeenAtEverySizeAndDescribedToWhoCannotSee(t *testing.T) {
	for _, size := range sizes {
		p := read(t, "waiting", "看图的", size.width, size.height, size.elder)
		p.until(`document.querySelector("img.picture")?.naturalWidth > 0`)
		if alt := ask[string](p, `document.querySelector("img.picture").alt`); alt != signs()[0].ImageAlt {
			t.Errorf("at %d wide the picture is described as %q", size.width, alt)
		}
		if wide := ask[int](p, `Math.round(document.querySelector("img.picture").offsetWidth)`); wide < 180 {
			t.Errorf("at %d wide the picture is %d pixels wide", size.width, wide)
		}
	}
}

func TestThePageTurnsByItselfAndTheNextQuestionHasAllItsTime(t *testing.T) {
	for _, size := range append(sizes, sizes[0]) {
		p := read(t, "turning", "慢慢看", size.width, size.height, size.elder)
		whole := 30
		if size.elder {
			whole = 60
		}
		if got := p.seconds(); got < whole-1 {
			t.Errorf("the first question begins with %d of %d seconds", got, whole)
		}
		p.mistake()
		p.see("后自动进入下一题")
		p.suits(fmt.Sprintf("reading-elder-%v", size.elder))
		p.until(`document.querySelector(".play-at b").textContent === "第2题" && !document.querySelector(".verdict")`)
		if got := p.seconds(); got < whole-2 {
			t.Errorf("the second question begins with %d of %d seconds", got, whole)
		}
		if !ask[bool](p, `document.activeElement.id === "stem" && scrollY === 0`) {
			t.Error("the page turned, and the question is not in sight")
		}
	}
}

// A phone call, a screen that went dark: nothing is handed out to a page that nobody
// sees, nor under a sheet that somebody reads.
func TestThePageDoesNotTurnUnseen(t *testing.T) {
	p := read(t, "turning", "电话响了", 360, 740, false)
	p.mistake()
	ask[any](p, `Object.defineProperty(document, "hidden", {configurable: true, get: () => true}), undefined`)
	p.until(`document.querySelector(".foot-note b").textContent === "0秒"`)
	ask[any](p, `new Promise((done) => setTimeout(done, 1000)).then(() => undefined)`)
	if !ask[bool](p, `!!document.querySelector(".verdict")`) {
		t.Error("the page turned while nobody saw it")
	}
	p.tapOn(`document.querySelector(".play-bar button")`)
	p.see("下一题等您回来再计时")
	ask[any](p, `delete document.hidden, undefined`)
	ask[any](p, `new Promise((done) => setTimeout(done, 1000)).then(() => undefined)`)
	if !ask[bool](p, `!!document.querySelector(".verdict")`) {
		t.Error("the page turned under the sheet")
	}
	p.tap("接着答题")
	if got := p.at(); got != 2 {
		t.Errorf("question %d, want 2", got)
	}
	if got := p.seconds(); got < 28 {
		t.Errorf("the second question begins with %d of 30 seconds", got)
	}
}

func TestTheVerdictWaitsWhereTheContestSaysSo(t *testing.T) {
	p := read(t, "waiting", "不着急", 360, 740, false)
	p.mistake()
	turn := `{ const now = Date.now.bind(Date), from = now(); Date.now = () => now() + 90000; undefined }`
	ask[any](p, turn)
	ask[any](p, `new Promise((done) => setTimeout(done, 1000)).then(() => undefined)`)
	if !ask[bool](p, `!!document.querySelector(".verdict") && !document.querySelector(".foot-note")`) {
		t.Error("the page did not wait")
	}
	// Loaded anew while the verdict was there, it goes on with the next question.
	p.reload()
	if got := p.at(); got != 2 {
		t.Errorf("question %d, want 2", got)
	}
	left := p.seconds()
	if left < 28 {
		t.Errorf("the second question begins with %d of 30 seconds", left)
	}
	p.until(`Number(document.querySelector(".clock [role=timer]").textContent.replace("秒", "")) < 28`)
	p.reload()
	if got := p.at(); got != 2 {
		t.Errorf("question %d, want 2", got)
	}
	if got := p.seconds(); got > 28 {
		t.Errorf("a reload gives %d seconds back", got)
	}
}

func TestTheTimeBeginsWhenThePictureIsThere(t *testing.T) {
	for _, size := range []struct{ width, height int64 }{{360, 740}, {1280, 800}} {
		p := visitor(t, size.width, size.height)
		p.slow(library.address+"/api/v1/images/*", 4000)
		p.join(library.address+"/c/waiting", "网很慢", false)
		ask[any](p, `new Promise((done) => setTimeout(done, 2000)).then(() => undefined)`)
		if ask[bool](p, `document.querySelector(".picture").complete`) {
			t.Fatal("the picture is there: this does not try what it should")
		}
		if got := p.seconds(); got != 30 {
			t.Errorf("before its picture is there the question has %d of 30 seconds", got)
		}
		p.keep(fmt.Sprintf("picture-comes-%d", size.width))
		p.until(`document.querySelector(".picture").complete`)
		if got := p.seconds(); got < 29 {
			t.Errorf("with its picture there the question has %d of 30 seconds", got)
		}
		p.keep(fmt.Sprintf("picture-%d", size.width))
		p.until(`Number(document.querySelector(".clock [role=timer]").textContent.replace("秒", "")) < 30`)
		p.mistake()
		p.slow(library.address+"/api/v1/*", 2000)
		p.tap("下一题")
		p.see("正在出题")
		p.keep(fmt.Sprintf("turning-%d", size.width))
		p.slow("", 0)
		if got := p.at(); got != 2 {
			t.Fatalf("question %d, want 2", got)
		}
		if got := p.seconds(); got < 29 {
			t.Errorf("the second question begins with %d of 30 seconds", got)
		}
	}
}

// slow holds calls to addresses of a pattern back for some milliseconds; no pattern
// lets all through again.
func (p *phone) slow(pattern string, ms float64) {
	p.t.Helper()
	conditions := []*network.Conditions{}
	if pattern != "" {
		conditions = append(conditions, &network.Conditions{URLPattern: pattern, Latency: ms, DownloadThroughput: -1,
			UploadThroughput: -1})
	}
	call(p, network.EmulateNetworkConditionsByRule,
		network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: conditions})
}
