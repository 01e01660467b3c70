package webhook_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/webhook"
)

const secret = "SEC0123456789"

// robot stands in for a robot of 钉钉: it takes what is signed rightly, at the right time.
type robot struct {
	*httptest.Server
	t   *testing.T
	now func() time.Time

	mu       sync.Mutex
	refusing string // what it answers instead; empty: it takes
	status   int
	taken    []string
}

func newRobot(t *testing.T, now func() time.Time) *robot {
	r := &robot{t: t, now: now}
	r.Server = httptest.NewTLSServer(http.HandlerFunc(r.serve))
	t.Cleanup(r.Close)
	return r
}

func (r *robot) serve(w http.ResponseWriter, request *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	query := request.URL.Query()
	at := query.Get("timestamp")
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(at + "\n" + secret))
	ms, _ := strconv.ParseInt(at, 10, 64)
	var body struct {
		MsgType string
		Text    struct{ Content string }
	}
	switch {
	case request.Method != http.MethodPost || query.Get("access_token") != "geheim":
		r.t.Errorf("the robot is asked %s %s", request.Method, request.URL)
	case query.Get("sign") != base64.StdEncoding.EncodeToString(mac.Sum(nil)) ||
		r.now().Sub(time.UnixMilli(ms)).Abs() > time.Hour:
		fmt.Fprint(w, `{"errcode":310000,"errmsg":"sign not match"}`)
		return
	case json.NewDecoder(request.Body).Decode(&body) != nil || body.MsgType != "text":
		r.t.Errorf("the robot is told %+v", body)
	case r.status != 0:
		http.Redirect(w, request, "https://elsewhere.example/", r.status)
		return
	case r.refusing != "":
		io.WriteString(w, r.refusing)
		return
	}
	r.taken = append(r.taken, body.Text.Content)
	io.WriteString(w, `{"errcode":0,"errmsg":"ok"}`)
}

func (r *robot) refuse(answer string, status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refusing, r.status = answer, status
}

func (r *robot) heard() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.taken, "|")
}

// settings are those of the robot, with what tests change of them.
func (r *robot) settings(change func(*webhook.Settings)) webhook.Settings {
	roots := x509.NewCertPool()
	roots.AddCert(r.Certificate())
	s := webhook.Settings{URL: r.URL + "/robot/send?access_token=geheim", Secret: secret, Private: true, Roots: roots}
	if change != nil {
		change(&s)
	}
	return s
}

// desk is one installation with its robot, and a clock that stands still.
type desk struct {
	t     *testing.T
	store *testkit.Store
	robot *robot
	mu    sync.Mutex
	now   time.Time
}

func eachDesk(t *testing.T, test func(t *testing.T, d *desk)) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		s.Migrate(sqldb.Migrations(), staff.Migrations(), webhook.Migrations())
		d := &desk{t: t, store: s, now: time.Date(2026, 6, 16, 10, 0, 0, 0, time.UTC)}
		d.robot = newRobot(t, d.clock)
		test(t, d)
	})
}

func (d *desk) clock() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

func (d *desk) pass(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(by)
}

// node starts a program of the installation.
func (d *desk) node(change func(*webhook.Settings)) *webhook.Service {
	d.t.Helper()
	db := d.store.Open()
	ids, err := sqldb.NewIDs(d.t.Context(), db)
	if err != nil {
		d.t.Fatal(err)
	}
	parsed, err := webhook.Parse(d.robot.settings(change))
	if err != nil {
		d.t.Fatal(err)
	}
	return webhook.New(db, ids, d.clock, parsed)
}

func words(more map[string]int) string { return fmt.Sprint("安全答 ", more) }

func (d *desk) note(s *webhook.Service, cases int) {
	d.t.Helper()
	if err := s.Note(d.t.Context(), 7, map[string]int{"cases": cases, "pools": 0}, words); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) deliver(s *webhook.Service) {
	d.t.Helper()
	if err := s.Deliver(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) hears(what, want string) {
	d.t.Helper()
	if got := d.robot.heard(); got != want {
		d.t.Errorf("%s: the group hears %q, want %q", what, got, want)
	}
}

func TestWhatComesToWaitIsToldOnceByAllNodesTogetherAndOverRestarts(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		nodes := []*webhook.Service{d.node(nil), d.node(nil), d.node(nil)}
		together := func(do func(*webhook.Service)) {
			var all sync.WaitGroup
			for _, n := range nodes {
				all.Go(func() { do(n) })
			}
			all.Wait()
		}
		together(func(s *webhook.Service) { d.note(s, 2) })
		together(d.deliver)
		d.hears("two cases wait", "安全答 map[cases:2]")
		nodes = append(nodes, d.node(nil))
		d.pass(time.Hour)
		together(func(s *webhook.Service) { d.note(s, 2) })
		together(d.deliver)
		d.hears("after a restart", "安全答 map[cases:2]")
		d.note(nodes[0], 1) // one is decided: nobody is told
		d.note(nodes[1], 2) // another comes
		together(d.deliver)
		d.hears("another case", "安全答 map[cases:2]|安全答 map[cases:2]")
	})
}

func TestARobotThatFailsIsTriedLessAndLessOftenAndGivenUpAndTheReasonIsTold(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		s := d.node(nil)
		d.robot.refuse(`{"errcode":45009,"errmsg":"freq"}`, 0)
		d.note(s, 1)
		d.deliver(s)
		d.deliver(s) // it is not due again yet
		state := func() webhook.Message {
			t.Helper()
			state, err := s.State(t.Context())
			if err != nil || len(state.Messages) != 1 || !state.Signed {
				t.Fatalf("the state is %+v, %v", state, err)
			}
			return state.Messages[0]
		}
		if m := state(); m.Tries != 1 || m.GivenUp || !strings.Contains(m.Trouble, "发得太多") {
			t.Errorf("after one try it is %+v", m)
		}
		for range 20 {
			d.pass(2 * time.Hour)
			d.deliver(s)
		}
		if m := state(); m.Tries != 8 || !m.GivenUp || m.SentAt != 0 {
			t.Errorf("in the end it is %+v", m)
		}
		d.robot.refuse("", 0)
		d.note(s, 3)
		d.deliver(s)
		d.hears("once it works again", "安全答 map[cases:3]")
		d.pass(31 * 24 * time.Hour)
		d.deliver(s)
		if left, err := s.State(t.Context()); err != nil || len(left.Messages) != 0 {
			t.Errorf("a month later there are %+v, %v", left.Messages, err)
		}
	})
}

func TestWhyARobotDidNotTakeAMessageIsToldInWordsWithoutItsAddress(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		for _, c := range []struct {
			want   string
			change func(*webhook.Settings)
			answer string
			status int
		}{
			{want: ""},
			{want: "加签", change: func(s *webhook.Settings) { s.Secret = "another" }},
			{want: "加签", change: func(s *webhook.Settings) { s.Secret = "" }},
			{want: "内部网络", change: func(s *webhook.Settings) { s.Private = false }},
			{want: "证书不可信", change: func(s *webhook.Settings) { s.Roots = x509.NewCertPool() }},
			{want: "找不到", change: func(s *webhook.Settings) { s.URL = "https://robot.invalid/?access_token=geheim" }},
			{want: "连不上", change: func(s *webhook.Settings) { s.URL = "https://127.0.0.1:1/?access_token=geheim" }},
			{want: "别的地址", status: http.StatusFound},
			{want: "状态 503", status: http.StatusServiceUnavailable},
			{want: "地址无效", answer: `{"errcode":93000,"errmsg":"invalid webhook url"}`},
			{want: "错误 40058", answer: `{"errcode":40058,"errmsg":"` + strings.Repeat("长", 300) + `"}`},
			{want: "看不懂", answer: "<html>"},
		} {
			d.robot.refuse(c.answer, c.status)
			err := d.node(c.change).Try(t.Context(), staff.CommandLine, "试")
			if c.want == "" {
				if err != nil {
					t.Errorf("a robot that takes all: %v", err)
				}
				continue
			}
			e := errs.From(err)
			if err == nil || e.Code != "webhook_trouble" || !strings.Contains(e.Message, c.want) {
				t.Errorf("it says %v, want %s", err, c.want)
			}
			if err != nil && (strings.Contains(err.Error(), "geheim") || len([]rune(e.Message)) > 200) {
				t.Errorf("it says %v", err)
			}
		}
	})
}

func TestARobotThatKeepsSilentHoldsNobodyUp(t *testing.T) {
	d := &desk{t: t, store: testkit.Embedded(t), now: time.Now()}
	d.store.Migrate(sqldb.Migrations(), staff.Migrations(), webhook.Migrations())
	d.robot = newRobot(t, d.clock)
	silent := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) // only then the server sees who goes away
		<-r.Context().Done()
		panic(http.ErrAbortHandler) // to return would be an answer, which who goes away may still read
	}))
	defer silent.Close()
	s := d.node(func(s *webhook.Settings) {
		s.URL = silent.URL
		s.Roots.AddCert(silent.Certificate())
	})
	d.note(s, 1)
	if err := s.Deliver(t.Context()); err != nil { // ends by its own time
		t.Fatal(err)
	}
	state, err := s.State(t.Context())
	if err != nil || len(state.Messages) != 1 || !strings.Contains(state.Messages[0].Trouble, "没有回答") {
		t.Errorf("then it says %+v, %v", state, err)
	}
}

func TestOnlyAnAddressWithHTTPSIsTaken(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=geheim": true,
		"https://oapi.dingtalk.com/robot/send?access_token=geheim":    true,
		"http://oapi.dingtalk.com/robot/send?access_token=geheim":     false,
		"https://user:geheim@oapi.dingtalk.com/robot/send":            false,
		"file:///etc/passwd": false, "geheim": false, "https://": false, "https://a b/geheim": false,
	} {
		robot, err := webhook.Parse(webhook.Settings{URL: address})
		if (err == nil && robot != nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
		if err != nil && strings.Contains(err.Error(), "geheim") {
			t.Errorf("the error tells the secret: %v", err)
		}
	}
	if _, err := webhook.Parse(webhook.Settings{Secret: "geheim"}); err == nil {
		t.Error("a secret without an address is taken")
	}
}

func TestNoAddressOfAnInnerNetworkIsAskedHoweverItIsWritten(t *testing.T) {
	for _, host := range []string{"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
		"100.100.100.200", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]",
		"[2002:7f00:1::]",
		"localhost"} {
		robot, err := webhook.Parse(webhook.Settings{URL: (&url.URL{Scheme: "https", Host: host + ":9"}).String()})
		if err != nil {
			t.Fatal(err)
		}
		s := testkit.Embedded(t)
		s.Migrate(sqldb.Migrations(), staff.Migrations(), webhook.Migrations())
		err = webhook.New(s.Open(), nil, time.Now, robot).Try(t.Context(), staff.CommandLine, "试")
		if e := errs.From(err); err == nil || !strings.Contains(e.Message, "内部网络") {
			t.Errorf("%s: %v", host, err)
		}
	}
}
