package console_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

func mustURL(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestTheSessionIsInAClosedCookieAndTellsWhoOneIs(t *testing.T) {
	d := openDesk(t, embedded(t))
	c := d.hire("wang", staff.Organizer)
	r := c.send("POST", "/session", map[string]string{"login": " WANG ", "password": password},
		"X-Forwarded-Proto", "https")
	cookies := strings.Join(r.header.Values("Set-Cookie"), "\n")
	for _, name := range []string{"__Host-aq_staff=", "__Host-aq_desk="} {
		_, cookie, _ := strings.Cut(cookies, name)
		cookie, _, _ = strings.Cut(cookie, "\n")
		for _, want := range []string{"HttpOnly", "SameSite=Strict", "Secure", "Path=/"} {
			if !strings.Contains(cookie, want) {
				t.Errorf("the cookie %s%s lacks %s", name, cookie, want)
			}
		}
	}
	var got struct {
		Me struct {
			Login       string
			RoleName    string `json:"role_name"`
			Permissions []string
		}
	}
	if err := json.Unmarshal(r.body, &got); err != nil || got.Me.Login != "wang" || got.Me.RoleName != "组织者" ||
		len(got.Me.Permissions) != len(staff.Organizer.Permissions()) {
		t.Errorf("me is %s (%v)", r.body, err)
	}
	if strings.Contains(string(r.body), "argon2") {
		t.Error("the reply holds the password's hash")
	}
}

// signedOut fails unless the clerk has to sign in again.
func (c *clerk) signedOut(why string) {
	c.t.Helper()
	if r := c.send("GET", "/banks", nil); r.status != http.StatusUnauthorized || r.Code != "staff_signed_out" {
		c.t.Errorf("%s: %d %s, want to be signed out", why, r.status, r.Code)
	}
}

func TestASessionEndsWhenItIsEnded(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		d := openDesk(t, s)
		wang, li := d.signedIn("wang", staff.Owner), d.signedIn("li", staff.Organizer)
		again := func() {
			t.Helper()
			li.must("POST", "/session", map[string]string{"login": "li", "password": password}, nil)
			li.must("GET", "/banks", nil, nil)
		}
		id := "/staff/" + li.member.ID.String()

		wang.must("DELETE", id+"/sessions", nil, nil)
		li.signedOut("the owner ended it")
		again()
		wang.must("PATCH", id, map[string]any{"role": "viewer", "disabled": false}, nil)
		li.wants("GET", "/drafts", nil, http.StatusForbidden, "not_permitted", "")
		wang.must("PATCH", id, map[string]any{"role": "organizer", "disabled": true}, nil)
		li.signedOut("the account is disabled")
		li.wants("POST", "/session", map[string]string{"login": "li", "password": password}, http.StatusUnauthorized,
			"wrong_password", "")
		wang.must("PATCH", id, map[string]any{"role": "organizer", "disabled": false}, nil)
		again()
		wang.must("POST", id+"/password", map[string]string{"password": password + "2"}, nil)
		li.signedOut("the password is another")
		li.must("POST", "/session", map[string]string{"login": "li", "password": password + "2"}, nil)
		li.wants("GET", "/banks", nil, http.StatusForbidden, "password_change_needed", "")
		li.must("DELETE", "/session", nil, nil)
		li.signedOut("signed out")

		wang.wants("PATCH", "/staff/"+wang.member.ID.String(), map[string]any{"role": "viewer", "disabled": false},
			http.StatusConflict, "last_owner", "")
		wang.wants("DELETE", "/staff/1/sessions", nil, http.StatusNotFound, "staff_unknown", "")
		d.skew.Store((12*time.Hour + time.Minute).Milliseconds())
		wang.signedOut("twelve hours later")

		if check, err := d.app.Staff.CheckLog(t.Context(), 0); err != nil || check.Broken != 0 {
			t.Errorf("the log breaks at entry %d (%v)", check.Broken, err)
		}
	})
}

func TestGuessingAPasswordIsSlowedDown(t *testing.T) {
	d := openDesk(t, embedded(t))
	c := d.hire("wang", staff.Owner)
	for range 5 {
		c.wants("POST", "/session", map[string]string{"login": "wang", "password": "guess-guess"}, http.StatusUnauthorized,
			"wrong_password", "")
	}
	r := c.send("POST", "/session", map[string]string{"login": "wang", "password": password})
	if r.Code != "too_many_tries" || r.header.Get("Retry-After") != "180" {
		t.Errorf("the sixth: %d %s, Retry-After %s", r.status, r.Code, r.header.Get("Retry-After"))
	}
	d.skew.Store((3 * time.Minute).Milliseconds())
	c.must("POST", "/session", map[string]string{"login": "wang", "password": password}, nil)
}

func TestSigningInIsLimitedByNetworkAndAKnownBrowserApart(t *testing.T) {
	d := openDesk(t, embedded(t))
	c, stranger := d.signedIn("wang", staff.Owner), &clerk{t, d.url, newClient(), nil}
	refused := 0
	for i := range 1600 { // a network of the house itself has twenty times as many as others
		r := stranger.send("POST", "/session", map[string]string{"login": "nobody" + strconv.Itoa(i%3), "password": "x"})
		if r.Code == "too_many" {
			refused++
		}
	}
	if refused == 0 {
		t.Error("one network is never refused")
	}
	c.must("POST", "/session", map[string]string{"login": "wang", "password": password}, nil)
}

func TestWhatAPageAsksByItselfKeepsNoSessionAlive(t *testing.T) {
	d := openDesk(t, embedded(t))
	wang, li := d.signedIn("wang", staff.Owner), d.signedIn("li", staff.Owner)
	for i := range 7 {
		d.skew.Store((time.Duration(i) * 10 * time.Minute).Milliseconds())
		wang.send("GET", "/banks", nil, "Aq-Poll", "1")
		li.must("GET", "/banks", nil, nil)
	}
	wang.signedOut("an hour after the last use")
	var own struct {
		Places []struct {
			Device, Network string
			Here            bool
		}
	}
	li.must("GET", "/account", nil, &own)
	if len(own.Places) != 1 || !own.Places[0].Here ||
		own.Places[0].Network != "127.0.0.0/24" || own.Places[0].Device == "" {
		t.Errorf("the places are %+v", own.Places)
	}
}

func TestTheLogTellsWhatWasDoneNewestFirst(t *testing.T) {
	d := openDesk(t, embedded(t))
	wang := d.signedIn("wang", staff.Owner)
	wang.must("POST", "/staff", map[string]string{"login": "li", "name": "李四", "role": "host", "password": password}, nil)
	var page struct {
		Entries []struct {
			Seq                           int64
			Name, Action, Subject, Detail string
		}
	}
	wang.must("GET", "/audit", nil, &page)
	if e := page.Entries[0]; e.Action != "staff.add" || e.Subject != "li" || e.Name != "wang" ||
		!strings.Contains(e.Detail, "host") || strings.Contains(e.Detail, password) {
		t.Errorf("the newest entry is %+v", e)
	}
	first := page.Entries[0].Seq
	wang.must("GET", "/audit?before="+strconv.FormatInt(first, 10), nil, &page)
	if len(page.Entries) == 0 || page.Entries[0].Seq != first-1 {
		t.Errorf("before %d comes %+v", first, page.Entries)
	}
}
