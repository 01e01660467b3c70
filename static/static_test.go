package static

import (
	"image"
	_ "image/png"
	"io"
	"io/fs"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func load(t *testing.T) *Site {
	t.Helper()
	site, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return site
}

func get(site *Site, method, path string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	return w.Result()
}

func TestPathsLeadToTheirPages(t *testing.T) {
	site := load(t)
	for path, title := range map[string]string{
		"/": "<title>安全答</title>", "/c/aqy-2026": "<title>安全答</title>", "/screen": "大屏", "/screen/aqy-2026": "大屏",
		"/screen/live/7212": "大屏", "/console": "控制台", "/live": "<title>直播答题</title>",
		"/live/418263": "<title>直播答题</title>", "/live/7301": "<title>直播答题</title>",
	} {
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != 200 || !strings.Contains(w.Body.String(), title) {
			t.Errorf("%s: status %d, no %q", path, w.Code, title)
		}
	}
	for _, path := range []string{"/nosuch", "/c/", "/c/a/b", "/c/..%2f", "/screen/live/", "/screen/live/a/b",
		"/console/x", "/live/1/2", "/index.html", "/assets/", "/assets/phone.js", "/phone/app.js",
		"/favicon.ico"} {
		if got := get(site, "GET", path).StatusCode; got != 404 {
			t.Errorf("%s: status %d, want 404", path, got)
		}
	}
	if got := get(site, "POST", "/"); got.StatusCode != 405 || got.Header.Get("Allow") == "" {
		t.Errorf("POST /: status %d, want 405 and what is allowed", got.StatusCode)
	}
}

func TestALinkWithSomethingBehindItLeadsToThePage(t *testing.T) {
	site := load(t)
	for path, want := range map[string]string{
		"/c/rep/": "/c/rep", "/c/rep，": "/c/rep", "/c/rep。": "/c/rep", "/c/rep)": "/c/rep", "/c/rep），快来答题": "/c/rep",
		"/c/rep】": "/c/rep", "/c/rep//": "/c/rep", "/c/rep/，": "/c/rep", "/c/rep\u200b": "/c/rep", "/c/rep ": "/c/rep",
		"/c/rep；http://x": "/c/rep", "/live/": "/live", "/live/418263，": "/live/418263", "/screen/": "/screen",
		"/screen/rep/": "/screen/rep", "/screen/live/7212，": "/screen/live/7212",
		"/console/": "/console", "/，": "/", "//": "/",
	} {
		reply := get(site, "GET", (&url.URL{Path: path, RawQuery: "ch=7"}).String())
		if got := reply.Header.Get("Location"); reply.StatusCode != 302 || got != want+"?ch=7" {
			t.Errorf("%q: %d to %q, want %q", path, reply.StatusCode, got, want)
		}
	}
	if got := get(site, "POST", "/c/rep/"); got.StatusCode != 404 {
		t.Errorf("a write is led on: %d", got.StatusCode)
	}
}

func TestWhatIsNotHereSaysSoInChineseWithTheWayToTheContest(t *testing.T) {
	reply := get(load(t), "GET", "/nosuch")
	body, _ := io.ReadAll(reply.Body)
	for _, text := range []string{"没有这个网页", `href="/"`, "/assets/phone-", "noindex"} {
		if !strings.Contains(string(body), text) {
			t.Errorf("it lacks %s: %s", text, body)
		}
	}
	if policy := reply.Header.Get("Content-Security-Policy"); reply.StatusCode != 404 ||
		!strings.Contains(policy, "style-src 'self'") || !strings.HasPrefix(reply.Header.Get("Content-Type"), "text/html") {
		t.Errorf("it is sent as %d, %v", reply.StatusCode, reply.Header)
	}
}

func TestAPageTellsOfItsContestBeforeAnyScriptRuns(t *testing.T) {
	site := load(t).Describing(func(_ *http.Request, slug string) (About, bool) {
		return About{Title: `安全"月<b>`, Description: "来答题", When: "6月1日至6月30日", Organizer: "县应急局", Contact: "0578-1",
			Site: "https://quiz.example.org"}, slug != "other"
	})
	for path, address := range map[string]string{"/": "https://quiz.example.org/",
		"/c/rep": "https://quiz.example.org/c/rep"} {
		reply := get(site, "GET", path)
		page, _ := io.ReadAll(reply.Body)
		for _, text := range []string{"<title>安全&#34;月&lt;b&gt;</title>", `name="description" content="来答题"`,
			`property="og:title" content="安全&#34;月&lt;b&gt;"`, `property="og:description" content="来答题"`,
			`property="og:url" content="` + address + `"`, `itemprop="name"`, `itemprop="description" content="来答题"`,
			"<h1>安全&#34;月&lt;b&gt;</h1>", "6月1日至6月30日", "县应急局", "0578-1"} {
			if !strings.Contains(string(page), text) {
				t.Errorf("%s lacks %s", path, text)
			}
		}
		picture := regexp.MustCompile(`(?:og:image|itemprop="image)" content="https://quiz\.example\.org(/[^"]*)"`)
		found := picture.FindAllStringSubmatch(string(page), -1)
		if len(found) != 2 || strings.Contains(string(page), "<img") {
			t.Fatalf("%s: pictures %v", path, found)
		}
		card, format, err := image.Decode(get(site, "GET", found[0][1]).Body)
		if err != nil || format != "png" || card.Bounds().Dx() != 300 || card.Bounds().Dy() != 300 {
			t.Errorf("the picture is %s, %v", format, err)
		}
	}
	own := load(t).Describing(func(*http.Request, string) (About, bool) {
		return About{Title: "安全月", Site: "https://quiz.example.org", Picture: "0123.png"}, true
	})
	page, _ := io.ReadAll(get(own, "GET", "/c/rep").Body)
	if strings.Count(string(page), `content="https://quiz.example.org/api/v1/images/0123.png"`) != 2 {
		t.Error("the organizer's picture is not that of the card")
	}
	page, _ = io.ReadAll(get(site, "GET", "/c/other").Body)
	if !strings.Contains(string(page), "<title>安全答</title>") || strings.Contains(string(page), "og:") {
		t.Error("a page of which nothing is known tells something")
	}
}

func TestPhonesWithoutScriptSeeTheFilingsToo(t *testing.T) {
	site := load(t).Describing(func(*http.Request, string) (About, bool) {
		return About{Title: "安全月", Slug: "rep", ICP: "浙ICP备2026000001号-1", Police: "浙公网安备33110002000001号"}, true
	})
	text, _ := io.ReadAll(get(site, "GET", "/c/rep").Body)
	_, rest, _ := strings.Cut(string(text), "<noscript>")
	without, with, _ := strings.Cut(rest, "</noscript>")
	for _, link := range []string{`href="/privacy/rep"`, `href="https://beian.miit.gov.cn/"`, "浙ICP备2026000001号-1",
		`href="https://beian.mps.gov.cn/#/query/webSearch?code=33110002000001"`} {
		if !strings.Contains(without, link) || !strings.Contains(with, link) {
			t.Errorf("%s is not both in what stands without script and in the footer", link)
		}
	}
}

func TestPagesPlayFromListedHostsAlone(t *testing.T) {
	all := load(t)
	for want, site := range map[string]*Site{
		"": all.PlayingFrom(nil),
		"; media-src https://a.example.org https://b.example.org": all.PlayingFrom(
			[]string{"a.example.org", "b.example.org"}).Describing(nil),
	} {
		_, media, _ := strings.Cut(get(site, "GET", "/c/rep").Header.Get("Content-Security-Policy"), "frame-ancestors 'none'")
		if media != want {
			t.Errorf("the policy ends %q, want %q", media, want)
		}
	}
}

func TestAWorkerIsServedAndTakenBack(t *testing.T) {
	keeps := load(t)
	none := keeps.WithoutWorker().Describing(nil).Allowing("https://res.wx.qq.com")
	for name, c := range map[string]struct {
		site *Site
		yes  bool
	}{"by default": {keeps, true}, "where phones keep nothing": {none, false}} {
		script := get(c.site, "GET", "/worker.js")
		text, _ := io.ReadAll(script.Body)
		if script.Header.Get("Cache-Control") != "no-cache" ||
			!strings.Contains(script.Header.Get("Content-Security-Policy"), "worker-src 'self'") {
			t.Errorf("%s: %v", name, script.Header)
		}
		if got := strings.Contains(string(text), `release:""`); got == c.yes {
			t.Errorf("%s the script begins %.80s", name, text)
		}
		page := get(c.site, "GET", "/c/rep")
		html, _ := io.ReadAll(page.Body)
		if told := page.Header.Get("Anquanda-Worker") != ""; told != c.yes ||
			strings.Contains(string(html), `name="worker"`) != c.yes {
			t.Errorf("%s a page tells of a worker: %t", name, told)
		}
		for _, path := range linked.FindAllString(string(text), -1) {
			if get(c.site, "GET", path).StatusCode != 200 {
				t.Errorf("%s it keeps %s, which is not there", name, path)
			}
		}
		if n := len(linked.FindAllString(string(text), -1)); c.yes && n < 5 {
			t.Errorf("it keeps %d files", n)
		}
	}
	for _, path := range []string{"/console", "/screen", "/live/418263"} {
		if get(keeps, "GET", path).Header.Get("Anquanda-Worker") != "" {
			t.Errorf("%s has a worker", path)
		}
	}
}

var linked = regexp.MustCompile(`/assets/[\w.-]+`)

func TestAPageIsAskedForEachTimeAndItsFilesOnce(t *testing.T) {
	site := load(t)
	page := get(site, "GET", "/")
	if got := page.Header.Get("Cache-Control"); got != "no-cache" {
		t.Errorf("page: Cache-Control %q", got)
	}
	if got := get(site, "GET", "/", "If-None-Match", page.Header.Get("ETag")); got.StatusCode != 304 ||
		got.ContentLength > 0 {
		t.Errorf("the same page again: status %d, want 304", got.StatusCode)
	}
	files := linked.FindAllString(string(site.pages["phone"].plain), -1)
	if len(files) != 3 {
		t.Fatalf("the phone page names %v, want icon, style and script", files)
	}
	for _, path := range files {
		got := get(site, "GET", path, "Accept-Encoding", "br, gzip;q=0.8")
		if got.StatusCode != 200 || !strings.Contains(got.Header.Get("Cache-Control"), "immutable") ||
			got.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: status %d, headers %v", path, got.StatusCode, got.Header)
		}
		if plain := get(site, "GET", path, "Accept-Encoding", "gzip;q=0"); plain.Header.Get("Content-Encoding") != "" ||
			plain.Header.Get("ETag") == got.Header.Get("ETag") {
			t.Errorf("%s: gzip for somebody who refused it", path)
		}
	}
}

func TestABodyIsSentAsItIsUnlessThatIsRefused(t *testing.T) {
	for header, want := range map[string]bool{
		"": true, "gzip": true, "br": true, "gzip;q=0": true, "identity;q=0": false, "gzip, identity;q=0": false,
		"Identity;Q=0": false, "*;q=0": false, "*;q=0, identity": true, "identity;q=0.001, *;q=0": true, "*": true,
	} {
		if got := AcceptsPlain(header); got != want {
			t.Errorf("%q: %t", header, got)
		}
	}
}

func TestGzipIsSentToThoseWhoTakeIt(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "br, gzip;q=0.8": true, "gzip; q=1.0": true, "*": true, "br;q=1, *;q=0.1": true,
		"gzip;q=0": false, "gzip;q=0.000": false, "gzip;q=0, *": false, "*, gzip;q=0": false, "*;q=0, gzip": true,
		"*;q=0": false, "gzip;q=x": false,
		"x-gzipped": false, "br": false, "GZIP": true, "x-gzip": true, "gzip;Q=0": false, "Gzip ; q=0": false,
	} {
		if got := AcceptsGzip(header); got != want {
			t.Errorf("%q: %t", header, got)
		}
	}
}

func TestOnePageThatIsKnownIsNotSentAgain(t *testing.T) {
	site := load(t)
	for _, encoding := range []string{"gzip", "identity"} {
		page := get(site, "GET", "/", "Accept-Encoding", encoding)
		tag := page.Header.Get("ETag")
		if page.ContentLength <= 0 {
			t.Errorf("%s: a length of %d", encoding, page.ContentLength)
		}
		for _, known := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
			again := get(site, "GET", "/", "Accept-Encoding", encoding, "If-None-Match", known)
			if again.StatusCode != 304 || again.ContentLength > 0 || again.Header.Get("ETag") != tag ||
				again.Header.Get("Content-Encoding") != "" {
				t.Errorf("%s, %s: %d, headers %v", encoding, known, again.StatusCode, again.Header)
			}
		}
		if changed := get(site, "GET", "/", "Accept-Encoding", encoding, "If-None-Match",
			`"other"`); changed.StatusCode != 200 {
			t.Errorf("%s: %d for another page", encoding, changed.StatusCode)
		}
	}
}

func TestThePageOfAContestAsksForItEarly(t *testing.T) {
	site := load(t)
	for range 2 {
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest("GET", "/c/aqy-2026", nil))
		if !strings.Contains(w.Body.String(), `href="/api/v1/contests/aqy-2026"`) {
			t.Fatalf("the page does not name the contest: %s", w.Body)
		}
	}
	for n := range 3 * namedPagesKept {
		get(site, "GET", "/c/made-up-"+strconv.Itoa(n))
	}
	if kept := len(site.named.made); kept > namedPagesKept {
		t.Errorf("%d pages kept, want at most %d", kept, namedPagesKept)
	}
}

func TestThePageOfALiveRoomAsksForItEarly(t *testing.T) {
	site := load(t)
	for path, call := range map[string]string{
		"/live/418263": "/api/v1/live/codes/418263", "/live/73010": "/api/v1/live/rooms/73010/state",
	} {
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if !strings.Contains(w.Body.String(), `href="`+call+`"`) {
			t.Errorf("%s does not name %s", path, call)
		}
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, httptest.NewRequest("GET", "/live", nil))
	if strings.Contains(w.Body.String(), "/api/") {
		t.Errorf("the page that asks for the code asks the server for something")
	}
}

func TestPagesRunNothingThatIsWrittenIntoThem(t *testing.T) {
	site := load(t)
	inline := regexp.MustCompile(`(?i)\sstyle=|\son\w+=|<style|<script(>|[^>]*>[^<])|javascript:|//[a-z]`)
	for name, page := range site.pages {
		if found := inline.FindString(string(page.plain)); found != "" {
			t.Errorf("%s has %q", name, found)
		}
		header := get(site, "GET", "/").Header
		if csp := header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") ||
			strings.Contains(csp, "unsafe") {
			t.Errorf("policy %q", csp)
		}
		if header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Referrer-Policy") == "" {
			t.Errorf("headers %v", header)
		}
	}
}

// The first visit may cost 40 KB in all; the calls to the server and every answer's headers need their part of it.
func TestThePagesOfPlayersAreSmall(t *testing.T) {
	site := load(t)
	for _, page := range []string{"phone", "live"} {
		sum := len(site.pages[page].gzip)
		for _, path := range linked.FindAllString(string(site.pages[page].plain), -1) {
			sum += len(site.assets[strings.TrimPrefix(path, "/assets/")].gzip)
		}
		t.Logf("%s: page, style, script and icon: %d bytes", page, sum)
		if sum > 36_000 {
			t.Errorf("%s: page, style, script and icon are %d bytes, want at most 36,000: "+
				"the calls of the first visit take the rest of 40 KB", page, sum)
		}
	}
}

// Syntax is lowered by the bundler; a missing function is not, so none that Chrome 61 or Safari 11 lacks may be called.
func TestOldWebViewsHaveEverythingThatIsCalled(t *testing.T) {
	site := load(t)
	missing := regexp.MustCompile(`\.(?:flat|flatMap|at|replaceAll|matchAll|finally|trimEnd|trimStart|replaceChildren|toSorted|toReversed|findLast|allSettled|fromEntries|hasOwn)\(|` +
		`\b(?:AbortController|AbortSignal|IntersectionObserver|ResizeObserver|queueMicrotask|structuredClone|globalThis|requestIdleCallback|randomUUID|BroadcastChannel|WeakRef|showModal)\b|\?\.[a-z(\[]|\?\?`)
	styles := regexp.MustCompile(`[^-]gap:[^;}]*[;}]|:is\(|:where\(|:has\(|[^-]aspect-ratio:|inset:|\bclamp\(|[^a-z]min\(|[^a-z]max\(|dvh|color-mix|@layer|@container`)
	for name, f := range site.assets {
		switch {
		case strings.HasSuffix(name, ".js"):
			if found := missing.FindString(string(f.plain)); found != "" {
				t.Errorf("%s calls %q", name, found)
			}
		case strings.HasSuffix(name, ".css") && !strings.HasPrefix(name, "console"): // the console is for today's desktops
			if found := styles.FindString(string(f.plain)); found != "" {
				t.Errorf("%s says %q", name, found)
			}
		}
	}
}

func TestSourcesKeepToThemselves(t *testing.T) {
	err := fs.WalkDir(sources, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(path, "vendor/") || strings.HasSuffix(path, ".test.js") {
			return err // a test is never served
		}
		text, err := fs.ReadFile(sources, path)
		for _, address := range regexp.MustCompile(`https?://[^\s"'$/]+`).FindAllString(string(text), -1) {
			if address != "http://www.w3.org" { // the name of SVG, never fetched
				t.Errorf("%s names %s", path, address)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What is too long is refused in words, by who knows how long it may be: a number pasted with marks
// that nobody sees loses its last digits to a field that counts them.
func TestFieldsCutNothingThatIsPasted(t *testing.T) {
	err := fs.WalkDir(sources, ".", func(path string, d fs.DirEntry, err error) error {
		players := strings.HasPrefix(path, "lib/") || strings.HasPrefix(path, "phone/") || strings.HasPrefix(path, "live/")
		if err != nil || d.IsDir() || !players || path == "lib/question/choice.js" { // an answer, not a person
			return err
		}
		text, err := fs.ReadFile(sources, path)
		if strings.Contains(strings.ToLower(string(text)), "maxlength") {
			t.Errorf("%s cuts what is pasted", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTextStandsOutFromItsGround(t *testing.T) {
	text, err := fs.ReadFile(sources, "tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	colour := map[string]string{"white": "#ffffff"}
	for _, m := range regexp.MustCompile(`--([\w-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(string(text), -1) {
		colour[m[1]] = m[2]
	}
	for _, pair := range [][2]string{
		{"ink", "paper"}, {"ink", "sheet"}, {"ink-soft", "paper"}, {"ink-soft", "sheet"}, {"ink-soft", "red-soft"},
		{"ink-soft", "green-soft"},
		{"green", "paper"}, {"green", "sheet"}, {"white", "green"}, {"sheet", "green-deep"}, {"green-deep", "green-soft"},
		{"amber", "green-deep"},
		{"amber-deep", "amber-soft"}, {"amber-deep", "paper"}, {"red", "paper"}, {"red", "red-soft"}, {"white", "red"},
		{"ink", "amber"}, {"ink", "amber-soft"},
	} {
		if colour[pair[0]] == "" || colour[pair[1]] == "" {
			t.Errorf("tokens.css lacks one of %v", pair)
		} else if got := contrast(colour[pair[0]], colour[pair[1]]); got < 4.5 {
			t.Errorf("%s on %s: contrast %.2f, want 4.5", pair[0], pair[1], got)
		}
	}
}

// contrast is the ratio of WCAG 2.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + .05) / (math.Min(x, y) + .05)
}

func luminance(colour string) float64 {
	sum := 0.0
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, _ := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		c := float64(n) / 255
		if c <= .04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func TestASourceThatImportsByNameIsRefused(t *testing.T) {
	_, err := LoadFrom(overlay{sources, "html.js", `import htm from "htm"; export const html = htm;`})
	if err == nil || !strings.Contains(err.Error(), "relative") {
		t.Errorf("error %v, want one that asks for a relative path", err)
	}
}

// overlay is a file system with one file's text replaced.
type overlay struct {
	fs.FS
	name, text string
}

func (o overlay) ReadFile(name string) ([]byte, error) {
	if name == o.name {
		return []byte(o.text), nil
	}
	return fs.ReadFile(o.FS, name)
}
