package testkit

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"anquanda/internal/wechat"
)

// WeChat stands in for WeChat's API: it hands out access tokens and tickets of
// the JS-SDK, and checks what it is asked.
type WeChat struct {
	URL    string
	AppID  string
	Secret string

	mu      sync.Mutex
	Down    bool   // every call fails
	Ticket  string // the one it hands out
	Seconds int    // how long that is good
	tickets int
}

// StartWeChat starts the stand-in; it ends with the test.
func StartWeChat(t testing.TB) *WeChat {
	t.Helper()
	w := &WeChat{AppID: "wx0123456789abcdef", Secret: "a secret of the account", Ticket: "ticket-1", Seconds: 7200}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /cgi-bin/token", w.token)
	mux.HandleFunc("GET /cgi-bin/ticket/getticket", w.ticket)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	w.URL = server.URL
	return w
}

// Account is the account that the stand-in knows.
func (w *WeChat) Account() wechat.Account {
	return wechat.Account{AppID: w.AppID, Secret: w.Secret, API: w.URL}
}

// Set changes what it answers.
func (w *WeChat) Set(change func(*WeChat)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change(w)
}

// Tickets is how many tickets it handed out.
func (w *WeChat) Tickets() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.tickets
}

const wechatToken = "an access token"

func (w *WeChat) token(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	q := r.URL.Query()
	switch {
	case w.Down:
		sayWeChat(out, map[string]any{"errcode": -1, "errmsg": "system error"})
	case q.Get("grant_type") != "client_credential" || q.Get("appid") != w.AppID:
		sayWeChat(out, map[string]any{"errcode": 40013, "errmsg": "invalid appid"})
	case q.Get("secret") != w.Secret:
		sayWeChat(out, map[string]any{"errcode": 40125, "errmsg": "invalid appsecret"})
	default:
		sayWeChat(out, map[string]any{"access_token": wechatToken, "expires_in": 7200})
	}
}

func (w *WeChat) ticket(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	q := r.URL.Query()
	if w.Down || q.Get("access_token") != wechatToken || q.Get("type") != "jsapi" {
		sayWeChat(out, map[string]any{"errcode": 40001, "errmsg": "invalid credential"})
		return
	}
	w.tickets++
	sayWeChat(out, map[string]any{"errcode": 0, "errmsg": "ok", "ticket": w.Ticket, "expires_in": w.Seconds})
}

func sayWeChat(out http.ResponseWriter, reply map[string]any) {
	out.Header().Set("Content-Type", "application/json")
	json.NewEncoder(out).Encode(reply) //nolint:errcheck // the caller notices
}
