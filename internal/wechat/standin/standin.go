// Package standin is a server that stands in for WeChat's, in tests and load tests: it
// sends people back with codes (Authorize), turns each code into its person once, hands
// out access tokens and tickets of the JS-SDK, and checks all that it is asked. It can be slow,
// away, or answer with any error.
package standin

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Person is somebody with WeChat.
type Person struct {
	OpenID   string
	UnionID  string // empty: the account is not bound to a 开放平台
	Snapshot bool   // opens pages as snapshots: what is told of them is made up
}

// Server is the stand-in. Set changes what can be changed; it is safe for concurrent
// use.
type Server struct {
	AppID  string
	Secret string

	mu sync.Mutex
	// Fail answers calls with this errcode, by the last part of their path ("" stands for
	// all): exchange, stable_token, getticket.
	Fail map[string]int
	// Garbage answers calls with this text in place of JSON, named as in Fail.
	Garbage map[string]string
	// Hold is called before an answer, without any lock: it may wait.
	Hold func(call string)
	// Ticket is the one of the JS-SDK that is handed out, and Seconds how long it is good.
	Ticket  string
	Seconds int
	// Domain is the 网页授权域名; empty: any.
	Domain string

	calls  map[string]int
	codes  map[string]*code
	tokens int // how many access tokens there were; the last is good
}

type code struct {
	app  string
	who  Person
	used bool
}

// New returns a server that knows one account.
func New() *Server {
	return &Server{AppID: "wx0123456789abcdef", Secret: "a secret of the account", Ticket: "ticket-1", Seconds: 7200,
		Fail: map[string]int{}, Garbage: map[string]string{}, calls: map[string]int{}, codes: map[string]*code{}, tokens: 1}
}

// Set changes what it answers.
func (s *Server) Set(change func(*Server)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

// Calls is how often a call was made.
func (s *Server) Calls(call string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[call]
}

// EndTokens ends the access tokens that were handed out before their time.
func (s *Server) EndTokens() { s.Set(func(s *Server) { s.tokens++ }) }

// Code hands out a code for a person, as a page of the app is given one.
func (s *Server) Code(app string, who Person) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := fmt.Sprintf("0w1nCode%024d", len(s.codes)) // as long as theirs, which mix capitals with small letters
	s.codes[name] = &code{app: app, who: who}
	return name
}

// The pattern that WeChat holds the address against, parameters in this order.
var authorize = regexp.MustCompile(`/connect/oauth2/authorize\?appid=([^&]+)&redirect_uri=([^&]+)` +
	`&response_type=code&scope=(snsapi_base|snsapi_userinfo)&state=([a-zA-Z0-9]{0,128})#wechat_redirect$`)

// Authorize is what WeChat does with a person who is sent to an address: it says where
// they are sent back to.
func (s *Server) Authorize(address string, who Person) (callback string, err error) {
	found := authorize.FindStringSubmatch(address)
	if found == nil {
		return "", fmt.Errorf("the address is not as WeChat wants it: %s", address)
	}
	redirect, err := url.QueryUnescape(found[2])
	if err != nil {
		return "", err
	}
	back, err := url.Parse(redirect)
	switch {
	case found[1] != s.AppID:
		return "", fmt.Errorf("the appid %s is unknown", found[1])
	case err != nil || back.Host == "" || s.Domain != "" && back.Hostname() != s.Domain:
		return "", fmt.Errorf("10003 redirect_uri域名与后台配置不一致: %s", redirect)
	case found[3] != "snsapi_base":
		who.Snapshot = true
	}
	query := back.Query()
	query.Set("code", s.Code(found[1], who))
	query.Set("state", found[4])
	back.RawQuery = query.Encode()
	return back.String(), nil
}

// ServeHTTP answers WeChat's API.
func (s *Server) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	call, answer := "", (func(*http.Request) map[string]any)(nil)
	switch r.Method + " " + r.URL.Path {
	case "GET /sns/oauth2/access_token":
		call, answer = "exchange", s.exchange
	case "POST /cgi-bin/stable_token":
		call, answer = "stable_token", s.stableToken
	case "GET /cgi-bin/ticket/getticket":
		call, answer = "getticket", s.getTicket
	default:
		http.NotFound(out, r)
		return
	}
	s.mu.Lock()
	s.calls[call]++
	hold, garbage := s.Hold, s.Garbage[call]
	fail := s.Fail[call]
	if fail == 0 {
		fail = s.Fail[""]
	}
	s.mu.Unlock()
	if hold != nil {
		hold(call)
	}
	out.Header().Set("Content-Type", "text/plain") // as theirs is
	switch {
	case garbage != "":
		fmt.Fprint(out, garbage)
	case fail != 0:
		say(out, refusal(fail))
	default:
		s.mu.Lock()
		reply := answer(r)
		s.mu.Unlock()
		say(out, reply)
	}
}

func say(out http.ResponseWriter, reply map[string]any) {
	json.NewEncoder(out).Encode(reply) //nolint:errcheck // the caller notices
}

var texts = map[int]string{
	-1: "system error", 40001: "invalid credential, access_token is invalid or not latest", 40013: "invalid appid",
	40029: "invalid code", 40125: "invalid appsecret", 40163: "code been used", 40164: "invalid ip, not in whitelist",
	41002: "appid missing", 45011: "api minute-quota reach limit, must slower, retry next minute",
}

func refusal(number int) map[string]any {
	return map[string]any{"errcode": number, "errmsg": texts[number] + ", rid: 65c17d8c-5cf05990-781aabe9"}
}

// known holds an app and its secret against the account.
func (s *Server) known(app, secret string) (refused int) {
	switch {
	case app == "":
		return 41002
	case app != s.AppID:
		return 40013
	case secret != s.Secret:
		return 40125
	}
	return 0
}

func (s *Server) exchange(r *http.Request) map[string]any {
	q := r.URL.Query()
	if refused := s.known(q.Get("appid"), q.Get("secret")); refused != 0 {
		return refusal(refused)
	}
	c := s.codes[q.Get("code")]
	switch {
	case q.Get("grant_type") != "authorization_code":
		return refusal(40002)
	case c == nil || c.app != s.AppID:
		return refusal(40029)
	case c.used:
		return refusal(40163)
	}
	c.used = true
	reply := map[string]any{"access_token": "a token of the person", "expires_in": 7200, "refresh_token": "r",
		"openid": c.who.OpenID, "scope": "snsapi_base"}
	if c.who.UnionID != "" {
		reply["unionid"] = c.who.UnionID
	}
	if c.who.Snapshot {
		reply["is_snapshotuser"] = 1
		reply["openid"] = "virtual-" + strconv.FormatInt(time.Now().UnixNano(), 36)
	}
	return reply
}

func (s *Server) token() string { return "an access token " + strconv.Itoa(s.tokens) }

func (s *Server) stableToken(r *http.Request) map[string]any {
	var body struct {
		GrantType string `json:"grant_type"`
		AppID     string `json:"appid"`
		Secret    string `json:"secret"`
		Force     bool   `json:"force_refresh"`
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil || !strings.HasPrefix(r.Header.Get("Content-Type"),
		"application/json") {
		return refusal(41002)
	}
	if refused := s.known(body.AppID, body.Secret); refused != 0 {
		return refusal(refused)
	}
	if body.GrantType != "client_credential" {
		return refusal(40002)
	}
	if body.Force {
		s.tokens++
	}
	return map[string]any{"access_token": s.token(), "expires_in": 7200}
}

func (s *Server) getTicket(r *http.Request) map[string]any {
	q := r.URL.Query()
	if q.Get("access_token") != s.token() || q.Get("type") != "jsapi" {
		return refusal(40001)
	}
	return map[string]any{"errcode": 0, "errmsg": "ok", "ticket": s.Ticket, "expires_in": s.Seconds}
}
