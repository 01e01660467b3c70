package httpapi_test

import (
	"errors"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

const sessionCookie = "aq_player"

// cookieOf is a session that a phone holds.
func (h *house) cookieOf(p *testkit.Player, name string) string {
	h.t.Helper()
	address, err := url.Parse(h.url)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, cookie := range p.Client.Jar.Cookies(address) {
		if cookie.Name == name {
			return cookie.Value
		}
	}
	h.t.Fatal("the phone holds no session")
	return ""
}

// with is a phone that sends that cookie and no other.
func (h *house) with(contest, name, cookie string) *testkit.Player {
	p := h.player(contest)
	jar, _ := cookiejar.New(nil) // it never fails
	address, _ := url.Parse(h.url)
	jar.SetCookies(address, []*http.Cookie{{Name: name, Value: cookie, Path: "/"}})
	p.Client.Jar = jar
	return p
}

func codeOf(err error) string {
	var problem *testkit.Problem
	if errors.As(err, &problem) {
		return problem.Code
	}
	return ""
}

func TestASessionThatWeDidNotGiveIsNobodys(t *testing.T) {
	h := commonHouse(t)
	good := h.cookieOf(h.enrolled("county"), sessionCookie)
	for name, cookie := range map[string]string{
		"empty": "", "truncated": good[:len(good)-1], "half": good[:len(good)/2], "longer": good + "A", "twice": good +
			good, "padded": good + "=",
		"one letter other": swap(good, 3), "another signature": swap(good, len(good)-2),
		"a player's number": "118605843129176064", "zeros": strings.Repeat("A", len(good)),
		"another format": "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "far too long": strings.Repeat("A", 4000), "quoted": `"` +
			good[:10] + `"`,
	} {
		p := h.with("county", sessionCookie, cookie)
		if _, err := p.Start("all-kinds"); codeOf(err) != "unauthenticated" {
			t.Errorf("%s: %v", name, err)
		}
		if _, body := h.send(p, http.MethodGet, p.InContest(""), nil, nil); !strings.Contains(body, `"me":null`) {
			t.Errorf("%s: the contest shows somebody: %.300s", name, body)
		}
	}
}

func swap(text string, at int) string {
	other := byte('A')
	if text[at] == other {
		other = 'B'
	}
	return text[:at] + string(other) + text[at+1:]
}

func TestAnotherInstallationsSessionAndTicketAreWorthNothing(t *testing.T) {
	h := commonHouse(t)
	other := openHouseOf(t, app.Config{Data: t.TempDir()}, 8)
	stranger, step := other.started("county", "all-kinds")
	p := h.with("county", sessionCookie, other.cookieOf(stranger, sessionCookie))
	if _, err := p.Start("all-kinds"); codeOf(err) != "unauthenticated" {
		t.Errorf("the session: %v", err)
	}
	p = h.enrolled("county")
	if _, err := p.Resume(step.Ticket); codeOf(err) != "ticket_invalid" {
		t.Errorf("the ticket: %v", err)
	}
}

func TestAForgedTicketIsRefusedByEveryCall(t *testing.T) {
	h := commonHouse(t)
	p, step := h.started("county", "all-kinds")
	for at := 0; at < len(step.Ticket); at += 7 {
		forged := swap(step.Ticket, at)
		_, err := p.Resume(forged)
		_, err2 := p.Finish(forged)
		_, err3 := p.Send(forged, p.Answer(step.Question, true))
		for _, err := range []error{err, err2, err3} {
			if codeOf(err) != "ticket_invalid" {
				t.Fatalf("letter %d other: %v", at, err)
			}
		}
	}
	if again, err := p.Resume(step.Ticket); err != nil || again.Question.Position != 1 {
		t.Errorf("the good one stands at %+v, %v", again, err)
	}
}

func TestAnotherPlayersTicketIsRefusedByEveryCall(t *testing.T) {
	h := commonHouse(t)
	owner, step := h.started("county", "all-kinds")
	thief := h.enrolled("county")
	_, err := thief.Resume(step.Ticket)
	_, err2 := thief.Finish(step.Ticket)
	_, err3 := thief.Send(step.Ticket, thief.Answer(step.Question, true))
	for _, err := range []error{err, err2, err3} {
		if codeOf(err) != "ticket_foreign" {
			t.Errorf("it gets %v", err)
		}
	}
	if again, err := owner.Resume(step.Ticket); err != nil || again.Result != nil || again.Question.Position != 1 {
		t.Errorf("the owner's attempt stands at %+v, %v", again, err)
	}
	nobody := h.player("county")
	if _, err := nobody.Resume(step.Ticket); codeOf(err) != "unauthenticated" {
		t.Errorf("nobody gets %v", err)
	}
}

func TestEnrollingAgainIsTheSamePlayer(t *testing.T) {
	h := commonHouse(t)
	p, step := h.started("county", "all-kinds")
	if err := p.Enrol("改名", h.unit("county", "东镇")); err != nil {
		t.Fatal(err)
	}
	if again, err := p.Start("all-kinds"); err != nil || again.Question.ID != step.Question.ID {
		t.Errorf("after a change of name the attempt stands at %+v, %v", again, err)
	}
}

func TestTheCookieIsClosedToScriptsAndOtherSites(t *testing.T) {
	h := commonHouse(t)
	body := `{"nickname":"青禾","unit":` + quote(h.unit("county", "东镇")) + `}`
	for name, c := range map[string]struct {
		header http.Header
		secure bool
	}{
		"plain HTTP":         {asJSON, false},
		"behind TLS":         {http.Header{"Content-Type": {"application/json"}, "X-Forwarded-Proto": {"https"}}, true},
		"behind two proxies": {http.Header{"Content-Type": {"application/json"}, "X-Forwarded-Proto": {"https, http"}}, true},
		"behind plain one":   {http.Header{"Content-Type": {"application/json"}, "X-Forwarded-Proto": {"http"}}, false},
	} {
		p := h.player("county")
		reply, _ := h.send(p, http.MethodPost, p.InContest("/enrolment"), c.header, strings.NewReader(body))
		cookies := reply.Cookies() // the other one tells the browser apart, and nobody
		at := slices.IndexFunc(cookies, func(c *http.Cookie) bool { return strings.HasSuffix(c.Name, sessionCookie) })
		if at < 0 || len(cookies) > 2 {
			t.Fatalf("%s: the cookies are %v", name, cookies)
		}
		cookie := cookies[at]
		want := sessionCookie
		if c.secure {
			want = "__Host-" + want
		}
		if cookie.Name != want || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode ||
			cookie.Path != "/" || cookie.Domain != "" || cookie.Secure != c.secure {
			t.Errorf("%s: the cookie is %s", name, cookie)
		}
		if life := time.Duration(cookie.MaxAge) * time.Second; life < 300*24*time.Hour || life > 400*24*time.Hour {
			t.Errorf("%s: the cookie lasts %s", name, life)
		}
		if strings.Contains(cookie.Value, "118") || len(cookie.Value) != 64 {
			t.Errorf("%s: its value is %s", name, cookie.Value)
		}
	}
}

func TestOnlyEnrollingSetsACookie(t *testing.T) {
	h := commonHouse(t)
	p, step := h.started("county", "all-kinds")
	for _, path := range []string{p.InContest(""), p.InContest("/units"), p.InContest("/stats"), p.InContest("/mistakes"),
		"/api/v1/attempts/" + step.Ticket, "/healthz"} {
		if reply, _ := h.send(p, http.MethodGet, path, nil, nil); len(reply.Cookies()) != 0 {
			t.Errorf("%.40s sets %v", path, reply.Cookies())
		}
	}
	if reply, _ := h.postJSON(p, p.InContest("/enrolment"), `{"nickname":""}`); len(reply.Cookies()) != 0 {
		t.Errorf("a refused enrolment sets %v", reply.Cookies())
	}
}

// TestAnotherSitesPageCannotWrite goes through what a page elsewhere can make a
// browser send with the player's cookie: forms and fetches in the three media
// types that need no leave of ours, and JSON in browsers that let it through.
func TestAnotherSitesPageCannotWrite(t *testing.T) {
	h := commonHouse(t)
	p, step := h.started("county", "all-kinds")
	answer := `{"question":` + quote(step.Question.ID) + `,"options":[]}`
	for path, good := range map[string]string{p.InContest("/enrolment"): `{"nickname":"骗子","unit":` +
		quote(h.unit("county", "东镇")) + `}`,
		"/api/v1/attempts/" + step.Ticket + "/responses": answer, "/api/v1/attempts/" + step.Ticket + "/finish": `{}`,
		"/api/v1/attempts/" + step.Ticket + "/question": `{}`,
		p.InContest("/levels/all-kinds/attempts"):       `{}`} {
		for _, media := range []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain",
			"text/plain; charset=application/json"} {
			h.expect(t, p, http.MethodPost, path, http.Header{"Content-Type": {media}},
				bad{name: path + " as " + media, body: good, code: "invalid_content_type"})
		}
		for name, header := range map[string]http.Header{
			"by what the browser says":          {"Sec-Fetch-Site": {"cross-site"}},
			"from a sister site":                {"Sec-Fetch-Site": {"same-site"}},
			"in an old browser":                 {"Origin": {"http://elsewhere.example"}},
			"from a page without a name":        {"Origin": {"null"}},
			"from another port":                 {"Origin": {"http://127.0.0.1:1"}},
			"from a name that begins like ours": {"Origin": {h.url + ".elsewhere.example"}},
		} {
			header.Set("Content-Type", "application/json")
			h.expect(t, p, http.MethodPost, path, header, bad{name: path + " " + name, body: good, code: "cross_origin"})
		}
	}
	if stands, err := p.Resume(step.Ticket); err != nil || stands.Question == nil || stands.Question.Position != 1 {
		t.Errorf("after all that the attempt stands at %+v, %v", stands, err)
	}
	// A browser asks for leave before it sends JSON from elsewhere, and gets none.
	reply, _ := h.send(p, http.MethodOptions, p.InContest("/enrolment"), http.Header{
		"Origin": {"http://elsewhere.example"}, "Access-Control-Request-Method": {"POST"},
		"Access-Control-Request-Headers": {"content-type"}}, nil)
	for name := range reply.Header {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("the reply has %s", name)
		}
	}
}

func TestOurOwnPagesCanWriteInEveryBrowser(t *testing.T) {
	h := commonHouse(t)
	body := `{"nickname":"青禾","unit":` + quote(h.unit("county", "东镇")) + `}`
	for name, header := range map[string]http.Header{
		"a new one": {"Sec-Fetch-Site": {"same-origin"}, "Origin": {h.url}}, "an old one": {"Origin": {h.url}},
		"a very old one": {},
		"typed by hand":  {"Sec-Fetch-Site": {"none"}},
	} {
		header.Set("Content-Type", "application/json")
		p := h.player("county")
		if reply, text := h.send(p, http.MethodPost, p.InContest("/enrolment"), header,
			strings.NewReader(body)); reply.StatusCode != http.StatusCreated {
			t.Errorf("%s: %d %s", name, reply.StatusCode, text)
		}
	}
}

func TestAPageElsewhereMayLook(t *testing.T) {
	h := commonHouse(t)
	p := h.player("county")
	header := http.Header{"Sec-Fetch-Site": {"cross-site"}}
	if reply, _ := h.send(p, http.MethodGet, p.InContest(""), header, nil); reply.StatusCode != http.StatusOK {
		t.Errorf("a link from elsewhere gets %d", reply.StatusCode)
	}
}

// A reverse proxy may add cookies of its own and of other programs on the host.
func TestTheSessionIsFoundAmongOtherCookies(t *testing.T) {
	h := commonHouse(t)
	good := h.cookieOf(h.enrolled("county"), sessionCookie)
	for name, header := range map[string]string{
		"the last of many": "a=1; aq_other=2; " + sessionCookie + "=" + good,
		"beside a broken":  "=; ;;x; " + sessionCookie + "=" + good,
	} {
		p := h.player("county")
		if _, body := h.send(p, http.MethodGet, p.InContest(""), http.Header{"Cookie": {header}},
			nil); !strings.Contains(body, `"nickname":"青禾小李"`) {
			t.Errorf("%s: %.200s", name, body)
		}
	}
}

func TestARequestIDIsNewEachTimeAndNotTheClients(t *testing.T) {
	h := commonHouse(t)
	p := h.player("county")
	var ids []string
	for range 50 {
		reply, _ := h.send(p, http.MethodGet, "/healthz", http.Header{"X-Request-Id": {"mine"}}, nil)
		ids = append(ids, reply.Header.Get("X-Request-Id"))
	}
	slices.Sort(ids)
	if len(slices.Compact(ids)) != 50 || slices.Contains(ids, "") {
		t.Errorf("the ids are %v", ids)
	}
}

// A handler is not reached over a socket in this test, so that the client's own
// rules about headers do not stand in the way.
func TestHeadersThatNoBrowserSendsDoNotHurt(t *testing.T) {
	h := commonHouse(t)
	for name, values := range map[string][]string{
		"Cookie":          {strings.Repeat("a=b; ", 3000), sessionCookie + "=\x00", "\xff\xfe"},
		"Content-Type":    {"\x00", "application/json; charset=\"", strings.Repeat("a/", 5000)},
		"X-Forwarded-For": {"'; DROP TABLE players", strings.Repeat("1.", 5000)}, "Origin": {"http://[", "\x00"},
		"Sec-Fetch-Site":  {"\x00", "SAME-ORIGIN"},
		"Accept-Encoding": {"gzip;q=x"}, "Range": {"bytes=0-,0-,0-"}, "If-None-Match": {`"`},
		"Host": {"", "a b", "elsewhere.example"},
	} {
		for _, value := range values {
			for _, method := range []string{http.MethodGet, http.MethodPost} {
				request := httptest.NewRequest(method, "/api/v1/contests/county/enrolment", strings.NewReader("{}"))
				request.Header[name] = []string{value}
				if name == "Host" {
					request.Host = value
				}
				recorder := httptest.NewRecorder()
				h.app.Handler().ServeHTTP(recorder, request)
				if recorder.Code < 400 || recorder.Code > 499 {
					t.Errorf("%s %s %.20q: %d", method, name, value, recorder.Code)
				}
			}
		}
	}
}

// A store that was put back from an old copy knows nothing of tickets since.
func TestATicketWhoseAttemptIsGoneIsRefused(t *testing.T) {
	h := commonHouse(t)
	p, step := h.started("county", "all-kinds")
	err := h.app.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), "DELETE FROM attempts WHERE id = (SELECT MAX(id) FROM attempts)")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Resume(step.Ticket); codeOf(err) != "ticket_invalid" {
		t.Errorf("looked at: %v", err)
	}
	if _, err := p.Finish(step.Ticket); codeOf(err) != "ticket_invalid" {
		t.Errorf("given up: %v", err)
	}
	for err == nil && step.Result == nil {
		step, err = p.Send(step.Ticket, p.Answer(step.Question, true))
	}
	if codeOf(err) != "ticket_invalid" {
		t.Errorf("answered to the end: %v", err)
	}
}
