package httpapi_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/installation"
)

// The contests beside the shipped one, `workmonth`. Applied later, so `current`
// is the last.
const (
	// A second county with units, levels and boards of its own.
	countyContest = `
contest: county
title: 县区安全竞赛
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
feedback: end
players: {unit: {ask: required, label: 单位}}
levels:
  - key: all-kinds
    title: 四种题型
    questions:
      - {count: 1, kinds: [single]}
      - {count: 1, kinds: [truefalse]}
      - {count: 1, kinds: [multiple]}
      - {count: 1, kinds: [fill]}
    pass: 2
  - {key: after, title: 第二关, questions: [{count: 2}], pass: 1}
boards: [{key: people, title: 个人榜, subject: player, measure: best}]
units: [{code: "a", name: 东镇}, {code: "b", name: 西镇, children: [{code: "b1", name: 西村}]}]
`
	// As little as a contest may say: no boards, no rules, no units, no answers.
	bareContest = `
contest: bare
title: 最小的活动
organizer: 社区
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
feedback: none
levels: [{key: only, title: 一题, questions: [{count: 1, kinds: [single]}], pass: 1, attempts: {max: 1, per: contest}}]
`
	closedContest = `
contest: closed
title: 去年的活动
organizer: 社区
window: {opens: 2025-01-01 00:00, closes: 2025-02-01 00:00}
bank: safety
levels: [{key: only, title: 一题, questions: [{count: 1}]}]
`
	upcomingContest = `
contest: upcoming
title: 明年的活动
organizer: 社区
window: {opens: 2029-01-01 00:00, closes: 2029-02-01 00:00}
bank: safety
levels: [{key: only, title: 一题, questions: [{count: 1}]}]
`
)

// house is the whole program behind a listening server, as one test sees it.
type house struct {
	t *testing.T
	*building
}

// building is the program with a clock that tests turn forward and every reply
// held against openapi.yaml.
type building struct {
	app   *app.App
	url   string
	bank  []question.Question
	skew  atomic.Int64 // how far the clock is ahead, ms
	spec  *spec
	staff map[staff.Role]string // cookies of those signed in
}

// in is the house for a test within a test.
func (h *house) in(t *testing.T) *house { return &house{t, h.building} }

// commonHouse is one house, on the embedded stores, for all tests that leave its
// clock and its stores alone: building one takes longer than most of them.
func commonHouse(t *testing.T) *house {
	t.Helper()
	return common.open(t)
}

// common and hall are houses of many tests; in hall the clock runs on.
var common, hall shared

// shared is a house that is built for the first test that asks.
type shared struct {
	build    sync.Once
	building *building
	tearDown func()
	folder   string
	err      error
}

func (s *shared) open(t *testing.T) *house {
	t.Helper()
	s.build.Do(func() {
		if s.folder, s.err = os.MkdirTemp("", "anquanda-httpapi-"); s.err != nil {
			return
		}
		if s.err = installation.Furnish(s.folder, ourKey(7)); s.err == nil {
			s.building, s.tearDown, s.err = build(app.Config{Data: s.folder}, 7)
		}
	})
	if s.err != nil {
		t.Fatal(s.err)
	}
	return &house{t, s.building}
}

func (s *shared) close() {
	if s.tearDown != nil {
		s.tearDown()
	}
	os.RemoveAll(s.folder)
}

func openHouse(t *testing.T, stores *testkit.Store) *house {
	t.Helper()
	return openHouseOf(t, app.Config{Data: stores.DataFolder, MySQL: stores.MySQLDSN, Redis: stores.RedisAddr()}, 7)
}

// each and embedded give a test the stores of an installation that was started once before.
func each(t *testing.T, test func(t *testing.T, s *testkit.Store)) {
	t.Helper()
	installation.Each(t, ourKey(7), test)
}

func embedded(t testing.TB) *testkit.Store {
	t.Helper()
	return installation.Embedded(t, ourKey(7))
}

// openHouseOf opens an installation with a key of its own.
func openHouseOf(t *testing.T, cfg app.Config, key byte) *house {
	t.Helper()
	b, tearDown, err := build(cfg, key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tearDown)
	return &house{t, b}
}

// shippedOnce reads the shipped bank once for all tests.
var shippedOnce = sync.OnceValues(app.ShippedQuestions)

// ourKey is the key of an installation of these tests.
func ourKey(key byte) []byte { return bytes.Repeat([]byte{key}, 32) }

// build opens an installation whose players may answer as fast as tests do.
func build(cfg app.Config, key byte) (b *building, tearDown func(), err error) {
	cfg.AtOnce = true
	return buildPaced(cfg, key)
}

// buildPaced opens an installation that holds answers against the time that reading
// takes, as the program does.
func buildPaced(cfg app.Config, key byte) (b *building, tearDown func(), err error) {
	b = &building{staff: map[staff.Role]string{}}
	if b.spec, err = specOnce(); err != nil {
		return nil, nil, err
	}
	if b.bank, err = shippedOnce(); err != nil {
		return nil, nil, err
	}
	cfg.OpenMetrics = true
	cfg.Key = ourKey(key)
	cfg.Now = func() time.Time { return time.Now().Add(time.Duration(b.skew.Load()) * time.Millisecond) }
	if b.app, err = app.New(context.Background(), cfg); err != nil {
		return nil, nil, err
	}
	for _, text := range []string{closedContest, upcomingContest, bareContest, countyContest} {
		if _, err := b.app.Catalog.Apply(context.Background(), "test.yaml", []byte(text), "test"); err != nil {
			b.app.Close()
			return nil, nil, err
		}
	}
	server := httptest.NewServer(b.app.Handler())
	b.url = server.URL
	background, stop := context.WithCancel(context.Background())
	running := b.app.Start(background)
	return b, func() {
		server.Close()
		stop()
		running.Wait()
		b.app.Close()
	}, nil
}

// later turns the clock forward. Whoever of staff is signed in is at work all the while, and
// gave the password not long ago.
func (h *house) later(by time.Duration) {
	h.t.Helper()
	err := h.app.DB.InTx(h.t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(h.t.Context(), "UPDATE staff_sessions SET used_at = used_at + ?, proved_at = proved_at + ?",
			by.Milliseconds(), by.Milliseconds())
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.skew.Add(by.Milliseconds())
}

// player is a new phone in a contest; it does not follow redirects.
func (h *house) player(contest string) *testkit.Player {
	p := testkit.NewPlayer(h.url, contest, h.bank)
	p.Client.Transport = testkit.Diligent{Next: checking{h.t, h.spec}}
	p.Client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return p
}

// enrolled is a phone that has signed in, without a unit where none is needed.
func (h *house) enrolled(contest string) *testkit.Player {
	h.t.Helper()
	p := h.player(contest)
	unit := ""
	if contest == "county" {
		unit = h.unit(contest, "东镇")
	}
	if err := p.Enrol("青禾小李", unit); err != nil {
		h.t.Fatal(err)
	}
	return p
}

// started is a phone with the first question of a level.
func (h *house) started(contest, level string) (*testkit.Player, *testkit.Step) {
	h.t.Helper()
	p := h.enrolled(contest)
	step, err := p.Start(level)
	if err != nil {
		h.t.Fatal(err)
	}
	return p, step
}

// unit is the id of a unit by its name.
func (h *house) unit(contest, name string) string {
	h.t.Helper()
	c, err := h.app.Catalog.Current(contest)
	if err != nil {
		h.t.Fatal(err)
	}
	found := c.Units.Search(name, 1)
	if len(found) == 0 {
		h.t.Fatalf("%s has no unit %s", contest, name)
	}
	return found[0].ID.String()
}

// send sends a raw request, as no page would, and returns the reply with its
// body read.
func (h *house) send(
	p *testkit.Player, method, path string, header http.Header, body io.Reader,
) (*http.Response, string) {
	h.t.Helper()
	request, err := http.NewRequest(method, h.url+path, body)
	if err != nil {
		h.t.Fatal(err)
	}
	for name, values := range header {
		request.Header[name] = values
	}
	reply, err := p.Client.Do(request)
	if err != nil {
		h.t.Fatalf("%s %.80s: %v", method, path, err)
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(reply.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return reply, string(text)
}

var (
	asJSON = http.Header{"Content-Type": {"application/json"}}
	asFile = http.Header{"Content-Type": {"application/octet-stream"}}
)

func (h *house) postJSON(p *testkit.Player, path, body string) (*http.Response, string) {
	h.t.Helper()
	return h.send(p, http.MethodPost, path, asJSON, strings.NewReader(body))
}

// sendRaw hands a request to the handler without a socket, so that the client's
// own rules about headers do not stand in the way.
func (h *house) sendRaw(method, path string, header http.Header, body string) (int, string) {
	request := httptest.NewRequest(method, path, strings.NewReader(body))
	request.Header = header
	recorder := httptest.NewRecorder()
	h.app.Handler().ServeHTTP(recorder, request)
	return recorder.Code, recorder.Body.String()
}
