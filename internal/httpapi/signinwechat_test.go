package httpapi_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/bench"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/testkit"
	"anquanda/internal/wechat"
	"anquanda/internal/wechat/standin"
)

const provenContest = `
contest: proven
title: 实名安全竞赛
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
players: {proof: [wechat]}
levels: [{key: first, title: 第一关, questions: [{count: 2}], pass: 1}]
`

// nodes are programs on the same stores, with one account of WeChat.
type nodes struct {
	t     *testing.T
	stand *testkit.WeChat
	all   []*house
}

func openNodes(t *testing.T, s *testkit.Store, count int) *nodes {
	t.Helper()
	n := &nodes{t: t, stand: testkit.StartWeChat(t)}
	for range count {
		h := openHouseOf(t, app.Config{Data: s.DataFolder, MySQL: s.MySQLDSN, Redis: s.RedisAddr(), WeChat: n.stand.Account(),
			Public: "https://quiz.example.gov.cn"}, 7)
		if _, err := h.app.Catalog.Apply(t.Context(), "test.yaml", []byte(provenContest), "test"); err != nil {
			t.Fatal(err)
		}
		n.all = append(n.all, h)
	}
	for _, h := range n.all {
		if err := h.app.Catalog.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return n
}

// visit opens an address of ours on a node and returns where the phone is sent on.
func (n *nodes) visit(p *testkit.Player, node int, address string) string {
	n.t.Helper()
	path := address
	if u, err := url.Parse(address); err == nil {
		path = u.RequestURI()
	}
	p.Base = n.all[node].url
	reply, body := n.all[node].send(p, http.MethodGet, path, nil, nil)
	if reply.StatusCode != http.StatusFound {
		n.t.Fatalf("GET %.60s: %d %s", path, reply.StatusCode, body)
	}
	return reply.Header.Get("Location")
}

// begin sends a phone to WeChat and returns the address that it comes back by.
func (n *nodes) begin(p *testkit.Player, node int, who standin.Person, back string) string {
	n.t.Helper()
	return n.atWeChat(n.visit(p, node, p.InContest("/signin/wechat?back="+url.QueryEscape(back))), who)
}

func (n *nodes) atWeChat(address string, who standin.Person) string {
	n.t.Helper()
	callback, err := n.stand.Authorize(address, who)
	if err != nil {
		n.t.Fatal(err)
	}
	return callback
}

// who is the nickname under which a phone plays.
func (n *nodes) who(p *testkit.Player) string {
	n.t.Helper()
	var held struct{ Nickname string }
	if err := p.Call(http.MethodGet, p.InContest("/enrolment"), nil, &held); err != nil {
		return err.Error()
	}
	return held.Nickname
}

// players is how many people are proven in the contest.
func (n *nodes) players() int {
	n.t.Helper()
	var count int
	err := n.all[0].app.DB.Get(n.t.Context(), &count, "SELECT COUNT(DISTINCT player_id) FROM proofs")
	if err != nil {
		n.t.Fatal(err)
	}
	return count
}

func TestACodeThatComesTwiceAtOnceToTwoNodesIsOnePlayer(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		n := openNodes(t, s, 2)
		p := n.all[0].player("proven")
		callback := n.begin(p, 0, standin.Person{OpenID: "o1", UnionID: "u1"}, "/c/proven?r=abc")
		ended := make([]string, 2)
		var running sync.WaitGroup
		for node := range ended {
			running.Go(func() { ended[node] = n.visit(&testkit.Player{Client: p.Client}, node, callback) })
		}
		running.Wait()
		for node, at := range ended {
			if !strings.HasPrefix(at, "/c/proven?r=abc#signed-in=") {
				t.Errorf("node %d sends the phone to %s", node, at)
			}
		}
		if n.stand.Calls("exchange") != 1 || n.players() != 1 {
			t.Errorf("%d exchanges, %d players", n.stand.Calls("exchange"), n.players())
		}
		// The same person on another phone is the same player.
		other := n.all[1].player("proven")
		callback = n.begin(other, 1, standin.Person{OpenID: "o1", UnionID: "u1"}, "")
		if at := n.visit(other, 0, callback); at != "/c/proven#signed-in=switched" {
			t.Errorf("another phone is sent to %s", at)
		}
		p.Base = n.all[0].url
		if err := p.Enrol("青禾小李", ""); err != nil {
			t.Fatal(err)
		}
		if n.players() != 1 || n.who(other) != "青禾小李" {
			t.Errorf("%d players, the other phone is %s", n.players(), n.who(other))
		}
	})
}

func TestAGuestWhoSignsInKeepsWhatWasPlayed(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		n := openNodes(t, s, 1)
		p := n.all[0].enrolled("proven")
		before := n.who(p)
		if _, err := p.Start("first"); err != nil {
			t.Fatal(err)
		}
		if at := n.visit(p, 0, n.begin(p, 0, standin.Person{OpenID: "o1"}, "")); at != "/c/proven#signed-in=kept" {
			t.Fatalf("the phone is sent to %s", at)
		}
		if n.who(p) != before {
			t.Error("the guest is somebody else now")
		}
		if _, err := p.Start("first"); err != nil {
			t.Errorf("what was begun goes on: %v", err)
		}
	})
}

func TestEverythingThatGoesWrongAtWeChatLeadsBackToThePage(t *testing.T) {
	n := openNodes(t, embedded(t), 1)
	passing := map[int]string{-1: "wechat_busy", 40029: "wechat_code", 40163: "wechat_code"}
	lasting := map[int]string{40001: "wechat_broken", 40125: "wechat_broken", 40013: "wechat_broken",
		40164: "wechat_broken", 48001: "wechat_broken", 99999: "wechat_broken", 45011: "wechat_busy"}
	for number, want := range passing {
		p := n.all[0].enrolled("proven")
		me := n.who(p)
		n.stand.Set(func(w *standin.Server) { w.Fail["exchange"] = number })
		again := n.visit(p, 0, n.begin(p, 0, standin.Person{OpenID: "o1"}, "/c/proven?r=a"))
		if !strings.HasPrefix(again, "https://open.weixin.qq.com/") {
			t.Errorf("%d: the phone is sent to %s", number, again)
			continue
		}
		callback := n.atWeChat(again, standin.Person{OpenID: "o1"})
		if at := n.visit(p, 0, callback); at != "/c/proven?r=a#signin="+want {
			t.Errorf("%d: after the second try it is sent to %s", number, at)
		}
		n.stand.Set(func(w *standin.Server) { clear(w.Fail) })
		if _, err := p.Start("first"); err != nil || n.who(p) != me {
			t.Errorf("%d: the guest does not go on: %v", number, err)
		}
	}
	for number, want := range lasting {
		n.stand.Set(func(w *standin.Server) { w.Fail["exchange"] = number })
		p := n.all[0].player("proven")
		if at := n.visit(p, 0, n.begin(p, 0, standin.Person{OpenID: "o1"}, "")); at != "/c/proven#signin="+want {
			t.Errorf("%d: the phone is sent to %s", number, at)
		}
		n.stand.Set(func(w *standin.Server) { clear(w.Fail) })
	}
	if n.players() != 0 {
		t.Errorf("%d players are proven", n.players())
	}
}

func TestOneFreshRoundMendsACodeThatIsLost(t *testing.T) {
	n := openNodes(t, embedded(t), 1)
	p := n.all[0].player("proven")
	callback := n.begin(p, 0, standin.Person{OpenID: "o1"}, "")
	code := mustQuery(t, callback, "code")
	somebody := wechat.NewClient(n.stand.Account(), time.Now)
	if _, err := somebody.Exchange(t.Context(), code); err != nil {
		t.Fatal(err)
	}
	again := n.visit(p, 0, callback)
	if at := n.visit(p, 0, n.atWeChat(again, standin.Person{OpenID: "o1"})); at != "/c/proven#signed-in=new" {
		t.Errorf("the phone is sent to %s", at)
	}
}

func TestStaffReadWhyNobodyCanSignIn(t *testing.T) {
	n := openNodes(t, embedded(t), 1)
	var log lockedBuffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, nil)))
	defer slog.SetDefault(before)
	n.stand.Set(func(w *standin.Server) { w.Secret = "it was reset" })
	p := n.all[0].player("proven")
	callback := n.begin(p, 0, standin.Person{OpenID: "o1"}, "")
	n.visit(p, 0, callback)
	for _, want := range []string{`"fault":"secret"`, "40125", "AppSecret", `"contest":"proven"`} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log does not tell %s: %s", want, log.String())
		}
	}
	for _, secret := range []string{n.stand.Account().Secret, mustQuery(t, callback, "code")} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
	_, body := n.all[0].send(p, http.MethodGet, "/metrics", nil, nil)
	for _, want := range []string{`anquanda_wechat_signins_total{result="secret"}`,
		`anquanda_wechat_calls_total{call="exchange",result="secret"}`} {
		if !strings.Contains(body, want) {
			t.Errorf("the metrics do not count %s", want)
		}
	}
}

func TestASnapshotProvesNobody(t *testing.T) {
	n := openNodes(t, embedded(t), 1)
	p := n.all[0].enrolled("proven")
	callback := n.begin(p, 0, standin.Person{OpenID: "o1", Snapshot: true}, "")
	if at := n.visit(p, 0, callback); at != "/c/proven#signin=wechat_snapshot" {
		t.Errorf("the phone is sent to %s", at)
	}
	if n.players() != 0 {
		t.Error("somebody made up is proven")
	}
	if _, body := n.all[0].send(p, http.MethodGet, "/metrics", nil, nil); !strings.Contains(body,
		`anquanda_wechat_signins_total{result="wechat_snapshot"}`) {
		t.Error("it is not counted")
	}
}

func TestAStateIsGoodForItsBrowserAndItsTimeAlone(t *testing.T) {
	n := openNodes(t, embedded(t), 2)
	me, other := n.all[0].player("proven"), n.all[0].player("proven")
	callback := n.begin(me, 0, standin.Person{OpenID: "o1"}, "/c/proven?r=abc")
	state := mustQuery(t, callback, "state")
	if len(state) > web.MaxTripState {
		t.Errorf("the state has %d letters", len(state))
	}
	forged := strings.Replace(callback, state, state[:len(state)-1]+string('A'+(state[len(state)-1]+1)%26), 1)
	for name, c := range map[string]struct {
		who  *testkit.Player
		at   string
		want string
	}{
		"another browser's": {other, callback, "/c/proven?r=abc#signin=signin_other_browser"},
		"forged":            {me, forged, "/#signin=signin_forged"},
		"none":              {me, strings.Replace(callback, state, "", 1), "/#signin=signin_forged"},
		"far too long": {me, strings.Replace(callback, state, strings.Repeat("a", 5000), 1),
			"/#signin=signin_forged"},
		"no code":               {me, "/api/v1/signin/wechat?state=" + state, "/c/proven?r=abc#signin=wechat_code"},
		"a code that is no one": {me, "/api/v1/signin/wechat?code=%3Cscript%3E&state=" + state, "/c/proven?r=abc#signin=wechat_code"},
		"not a query":           {me, "/api/v1/signin/wechat?%zz", "/#signin=signin_forged"},
	} {
		if at := n.visit(c.who, 1, c.at); at != c.want {
			t.Errorf("%s: the phone is sent to %s, want %s", name, at, c.want)
		}
	}
	if n.stand.Calls("exchange") != 0 {
		t.Error("WeChat was asked for one of them")
	}
	for _, h := range n.all {
		h.later(11 * time.Minute)
	}
	if at := n.visit(me, 0, callback); at != "/c/proven?r=abc#signin=signin_old" {
		t.Errorf("old: the phone is sent to %s", at)
	}
}

func TestTwoTabsOfOnePhoneCanBothSignIn(t *testing.T) {
	n := openNodes(t, embedded(t), 2)
	p := n.all[0].player("proven")
	first := n.begin(p, 0, standin.Person{OpenID: "o1"}, "")
	second := n.begin(p, 1, standin.Person{OpenID: "o1"}, "/c/proven?r=b")
	if at := n.visit(p, 1, first); at != "/c/proven#signed-in=new" {
		t.Errorf("the first tab is sent to %s", at)
	}
	if at := n.visit(p, 0, second); at != "/c/proven?r=b#signed-in=known" {
		t.Errorf("the second tab is sent to %s", at)
	}
	if n.players() != 1 {
		t.Errorf("%d players", n.players())
	}
}

func TestNoWayBackLeadsElsewhere(t *testing.T) {
	n := openNodes(t, embedded(t), 1)
	for back, want := range map[string]string{
		"/c/proven": "/c/proven", "/": "/", "/c/proven/prizes": "/c/proven/prizes",
		"/c/proven?r=a&ch=b": "/c/proven?r=a&ch=b", "/c/other": "/c/other", "/c/provenance": "/c/provenance",
		"": "/c/proven", "https://evil.example/": "/c/proven", "//evil.example": "/c/proven", "/\\evil.example": "/c/proven",
		"/%5cevil.example": "/c/proven", "/c/../api/v1/contests/proven/signin/wechat": "/c/proven",
		"/api/v1/contests/proven/signin/wechat": "/c/proven", "/%61pi/v1/contests/proven/signin/wechat": "/c/proven",
		"/c/\tproven": "/c/proven", "/c/proven#x": "/c/proven", "javascript:alert(1)": "/c/proven", "c/proven": "/c/proven",
		"/c/安全": "/c/proven", "/c/proven?x=" + strings.Repeat("a", 400): "/c/proven",
		"/c/proven?x=" + strings.Repeat("a", 100): "/c/proven", "/./api/v1": "/c/proven",
	} {
		p := n.all[0].player("proven")
		if at := n.visit(p, 0, n.begin(p, 0, standin.Person{OpenID: "o1"}, back)); !strings.HasPrefix(at, want+"#signed-in=") {
			t.Errorf("%.60q: the phone is sent to %s, want %s", back, at, want)
		}
	}
}

func TestWhereWeChatProvesNobodyItIsNotAsked(t *testing.T) {
	n := openNodes(t, embedded(t), 1)
	for contest, want := range map[string]string{"bare": "/c/bare#signin=wechat_off", "gone": "/#signin=contest_unknown"} {
		p := n.all[0].player(contest)
		if at := n.visit(p, 0, p.InContest("/signin/wechat")); at != want {
			t.Errorf("%s: the phone is sent to %s", contest, at)
		}
	}
	h := commonHouse(t)
	none := &nodes{t: t, all: []*house{h}}
	p := h.player("bare")
	if at := none.visit(p, 0, p.InContest("/signin/wechat")); at != "/c/bare#signin=wechat_off" {
		t.Errorf("without an account the phone is sent to %s", at)
	}
}

func mustQuery(t *testing.T, address, name string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Query().Get(name) == "" {
		t.Fatalf("%s has no %s: %v", address, name, err)
	}
	return u.Query().Get(name)
}

// lockedBuffer is a log that many write to.
type lockedBuffer struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (b *lockedBuffer) Write(text []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all.Write(text)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all.String()
}

func TestHundredsOfPeopleWhoseCodesComeTwiceAreOnePlayerEach(t *testing.T) {
	const people = 200
	each(t, func(t *testing.T, s *testkit.Store) {
		n := openNodes(t, s, 2)
		addresses := []string{n.all[0].url, n.all[1].url}
		done, err := bench.SignInByWeChat(t.Context(), addresses, n.stand.Server, "proven", people, 16)
		if err != nil {
			t.Fatal(err)
		}
		if done.Ended["signed-in"] != 2*people || done.Exchanges != people || n.players() != people {
			t.Errorf("%d players; %+v", n.players(), done)
		}
		t.Logf("%d people in %.1f s", people, done.Seconds)
	})
}
