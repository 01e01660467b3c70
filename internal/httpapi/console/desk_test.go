package console_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/question"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/accounts"
	"anquanda/internal/testkit/installation"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}

const password = "an-quan-616-mima"

// desk is the whole program with its console, and a clock that tests turn forward.
type desk struct {
	t    *testing.T
	app  *app.App
	url  string
	skew atomic.Int64 // how far the clock is ahead, ms
}

// each and embedded give a test the stores of an installation that was started once before.
func each(t *testing.T, test func(t *testing.T, s *testkit.Store)) {
	t.Helper()
	installation.Each(t, make([]byte, 32), test)
}

func embedded(t testing.TB) *testkit.Store {
	t.Helper()
	return installation.Embedded(t, make([]byte, 32))
}

func openDesk(t *testing.T, s *testkit.Store) *desk {
	t.Helper()
	d := &desk{t: t}
	now := func() time.Time { return time.Now().Add(time.Duration(d.skew.Load()) * time.Millisecond) }
	var err error
	d.app, err = app.New(t.Context(), app.Config{Data: s.DataFolder, MySQL: s.MySQLDSN, Redis: s.RedisAddr(),
		AtOnce: true, Key: make([]byte, 32), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(d.app.Handler())
	d.url = server.URL
	background, stop := context.WithCancel(context.Background())
	running := d.app.Start(background)
	t.Cleanup(func() {
		server.Close()
		stop()
		running.Wait()
		d.app.Close()
	})
	return d
}

// clerk is a member of staff at a browser.
type clerk struct {
	t      *testing.T
	url    string
	client *http.Client
	member *staff.Member
}

// hire makes an account; signedIn it also signs in.
func (d *desk) hire(login string, role staff.Role) *clerk {
	d.t.Helper()
	return &clerk{d.t, d.url, newClient(), accounts.Hire(d.t, d.app.DB, login, login, role, password)}
}

func newClient() *http.Client {
	jar, _ := cookiejar.New(nil) // it never fails
	return &http.Client{Jar: jar, Timeout: time.Minute}
}

func (d *desk) signedIn(login string, role staff.Role) *clerk {
	d.t.Helper()
	c := d.hire(login, role)
	c.must("POST", "/session", map[string]string{"login": login, "password": password}, nil)
	return c
}

// reply is what came back.
type reply struct {
	status int
	header http.Header
	body   []byte
	Code   string `json:"code"`
	Field  string `json:"field"`
}

// send sends a body (nil: none; []byte as it is; else as JSON) to a path of the console,
// and the password first where it is asked for again.
func (c *clerk) send(method, path string, body any, headers ...string) reply {
	c.t.Helper()
	r := c.sendOnce(method, path, body, headers...)
	if r.Code == "password_needed" {
		c.sendOnce("POST", "/account/proof", map[string]string{"password": password})
		r = c.sendOnce(method, path, body, headers...)
	}
	return r
}

func (c *clerk) sendOnce(method, path string, body any, headers ...string) reply {
	c.t.Helper()
	var sent io.Reader
	raw, isRaw := body.([]byte)
	if !isRaw && body != nil {
		var err error
		if raw, err = json.Marshal(body); err != nil {
			c.t.Fatal(err)
		}
	}
	if body != nil {
		sent = bytes.NewReader(raw)
	}
	request, err := http.NewRequest(method, c.url+"/api/v1/console"+path, sent)
	if err != nil {
		c.t.Fatal(err)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := c.client.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	r := reply{status: response.StatusCode, header: response.Header, body: text}
	if r.status >= http.StatusBadRequest {
		if err := json.Unmarshal(text, &r); err != nil || r.Code == "" {
			c.t.Errorf("%s %s: %d is no problem: %.300s", method, path, r.status, text)
		}
	}
	return r
}

// must is send for a call that has to succeed; it reads the reply into into.
func (c *clerk) must(method, path string, body, into any) {
	c.t.Helper()
	r := c.send(method, path, body)
	if r.status >= http.StatusBadRequest {
		c.t.Fatalf("%s %s: %d %s", method, path, r.status, r.body)
	}
	if into != nil {
		if err := json.Unmarshal(r.body, into); err != nil {
			c.t.Fatalf("%s %s: %v: %.300s", method, path, err, r.body)
		}
	}
}

// wants fails unless the call ends with that status, code and field.
func (c *clerk) wants(method, path string, body any, status int, code, field string) {
	c.t.Helper()
	if r := c.send(method, path, body); r.status != status || r.Code != code || r.Field != field {
		c.t.Errorf("%s %s %.120s: %d %s %q, want %d %s %q", method, path, show(body), r.status, r.Code, r.Field,
			status, code, field)
	}
}

func show(body any) string {
	if raw, ok := body.([]byte); ok {
		return string(raw)
	}
	text, _ := json.Marshal(body)
	return string(text)
}

type draftReply struct {
	ID       string
	State    string
	Found    int
	Accepted int
	Rejected int
	Warned   int
	Codes    []struct {
		Code, Title string
		Rows        int
	}
	Problems []struct{ Code, Message string }
}

// upload sends a file and returns the draft it became.
func (c *clerk) upload(name string, data []byte) draftReply {
	c.t.Helper()
	r := c.send("POST", "/drafts?name="+name, data)
	if r.status != http.StatusOK {
		c.t.Fatalf("upload of %s: %d %s", name, r.status, r.body)
	}
	lines := strings.Split(strings.TrimSpace(string(r.body)), "\n")
	var last struct{ Draft *draftReply }
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || last.Draft == nil {
		c.t.Fatalf("upload of %s ends with %.300s", name, lines[len(lines)-1])
	}
	return *last.Draft
}

type rowReply struct {
	Ordinal  int
	Line     int
	Accepted bool
	Question map[string]any
	Problems []struct{ Code, Cell, Message, Severity string }
}

func (c *clerk) rows(draft, query string) []rowReply {
	c.t.Helper()
	var page struct{ Rows []rowReply }
	c.must("GET", "/drafts/"+draft+"/rows?"+query, nil, &page)
	return page.Rows
}

// player is a phone in the shipped contest.
func (d *desk) player(nickname string) *testkit.Player {
	d.t.Helper()
	p := testkit.NewPlayer(d.url, "current", d.shipped())
	if err := p.Enrol(nickname, ""); err != nil {
		d.t.Fatal(err)
	}
	return p
}

// shippedOnce reads the shipped bank once for all tests.
var shippedOnce = sync.OnceValues(app.ShippedQuestions)

func (d *desk) shipped() []question.Question {
	d.t.Helper()
	questions, err := shippedOnce()
	if err != nil {
		d.t.Fatal(err)
	}
	return questions
}
