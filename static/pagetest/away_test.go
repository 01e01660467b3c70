package pagetest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// awayContest takes its title.
const awayContest = `
contest: away
title: %s
organizer: 测试
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: signs
levels: [{key: one, title: 第一课, questions: [{count: 4}], pass: 2, attempts: {max: 0}}]
`

// line is the network between phones and the library. It can be cut for all of a browser, workers
// too, which what Chromium emulates for a page is not.
type line struct {
	address string
	cut     atomic.Bool
	bare    atomic.Bool // the server is of a release that knows of no worker
}

func newLine(t *testing.T) *line {
	t.Helper()
	to, err := url.Parse(library.address)
	if err != nil {
		t.Fatal(err)
	}
	l := &line{}
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.ModifyResponse = func(reply *http.Response) error {
		if !l.bare.Load() {
			return nil
		}
		reply.Header.Del("Anquanda-Worker")
		reply.Header.Del("ETag") // it would be that of another text
		page, err := io.ReadAll(reply.Body)
		page = bytes.Replace(page, []byte(`<meta name="worker" content="/worker.js">`), nil, 1)
		reply.Body = io.NopCloser(bytes.NewReader(page))
		reply.Header.Set("Content-Length", strconv.Itoa(len(page)))
		return err
	}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if l.cut.Load() {
			panic(http.ErrAbortHandler) // the connection ends, and nothing was said
		}
		if l.bare.Load() {
			if r.URL.Path == "/worker.js" {
				http.NotFound(w, r)
				return
			}
			r.Header.Del("Accept-Encoding")
			r.Header.Del("If-None-Match")
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(front.Close)
	l.address = front.URL
	return l
}

// workers is how many workers the phone has, and how much they keep.
const workers = `Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()])
	.then(([workers, kept]) => workers.length + kept.length)`

func (p *phone) untilNothingIsKept() {
	p.t.Helper()
	p.until(`(` + workers + `.then((n) => window.left = n), window.left === 0)`)
}

func (p *phone) untilThePageIsKept() {
	p.t.Helper()
	p.until(`(caches.match(location.pathname).then((kept) => window.isKept = !!kept), window.isKept)`)
}

func TestAReloadWithoutANetworkShowsWhatIsKeptAndGoesOnWhenThereIsOne(t *testing.T) {
	p := visitor(t, 360, 740)
	publish := func(title string) {
		t.Helper()
		_, err := library.app.Catalog.Apply(t.Context(), "away.yaml", fmt.Appendf(nil, awayContest, title), "测试改名")
		p.must(err)
	}
	publish("山里的竞赛")
	net := newLine(t)
	p.goTo(net.address + "/c/away")
	p.see("马上开始")
	p.untilNothingIsKept() // who only looks
	p.join(net.address+"/c/away", "山里没信号", false)
	p.untilThePageIsKept()
	stem := ask[string](p, `document.querySelector(".stem").innerText`)

	net.cut.Store(true)
	p.reload()
	p.see("没有网络")
	p.until(`document.querySelector(".stem").innerText === ` + quoted(stem))
	p.keep("away-question")
	p.tapOption("禁止烟火")
	p.tap("确定")
	p.see("已保存，正在重新发送")
	net.cut.Store(false)
	p.until(`document.querySelector(".verdict.right") && !document.querySelector(".away")`)

	p.goTo(net.address + "/c/away")
	p.until(`document.querySelector(".row") && !document.querySelector(".away")`)
	p.untilThePageIsKept()
	net.cut.Store(true)
	p.reload()
	p.see("没有网络")
	p.see("山里的竞赛")
	p.see("山里没信号")
	p.suits("away")
	publish("改过的竞赛")
	net.cut.Store(false)
	p.see("改过的竞赛")
	p.until(`!document.querySelector(".away")`)

	net.bare.Store(true)
	p.reload()
	p.see("改过的竞赛")
	p.untilNothingIsKept()
	net.bare.Store(false)
	p.reload()
	p.untilThePageIsKept()
	p.goTo(net.address + "/c/away?shared") // a tablet from now on
	p.see("换人")
	p.untilNothingIsKept()
	if left := ask[string](p, `Object.keys(localStorage).join()`); strings.Contains(left, "kept") {
		t.Errorf("a device of many keeps %s", left)
	}
}
