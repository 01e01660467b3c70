package httpapi_test

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/provider"
)

const firmContest = `
contest: firm
title: 职工安全竞赛
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
players: {proof: [account], unit: {ask: required, label: 单位}}
levels: [{key: first, title: 第一关, questions: [{count: 2}], pass: 1}]
units: [{code: "n", name: 北镇, children: [{code: "n1", name: 北一村}, {code: "n2", name: 北二村}]}]
`

// firms are programs on the same stores, with the accounts of one stand-in.
type firms struct {
	*nodes
	stand *provider.Provider
}

func openFirms(t *testing.T, s *testkit.Store, example string, count int) *firms {
	t.Helper()
	stand := provider.Start(t, time.Now)
	t.Setenv("ANQUANDA_ACCOUNT_COMPANY", stand.Secret)
	t.Setenv("ANQUANDA_ACCOUNT_PROVINCE", stand.Secret)
	f := &firms{&nodes{t: t}, stand}
	for range count {
		h := openHouseOf(t, app.Config{Data: s.DataFolder, MySQL: s.MySQLDSN, Redis: s.RedisAddr(),
			Accounts: stand.Mapping("../..", example), Public: "https://quiz.example.gov.cn"}, 7)
		if _, err := h.app.Catalog.Apply(t.Context(), "test.yaml", []byte(firmContest), "test"); err != nil {
			t.Fatal(err)
		}
		f.all = append(f.all, h)
	}
	for _, h := range f.all {
		if err := h.app.Catalog.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

// begin sends a phone to the company and returns the address that it comes back by.
func (f *firms) begin(p *testkit.Player, node int, back string) string {
	f.t.Helper()
	return f.stand.SignIn(f.visit(p, node, p.InContest("/signin/account/company?back="+url.QueryEscape(back))))
}

func (f *firms) signIn(p *testkit.Player, node int) string {
	f.t.Helper()
	return f.visit(p, node, f.begin(p, node, ""))
}

func TestWhoComesWithAnAccountIsOnePlayerOnEveryPhoneAndHasItsUnit(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		f := openFirms(t, s, "oidc.yaml", 2)
		h := f.all[0]
		p := h.player("firm")
		callback := f.begin(p, 0, "/c/firm?r=abc")
		for node := range f.all { // browsers may come back twice, to any node
			if at := f.visit(p, node, callback); !strings.HasPrefix(at, "/c/firm?r=abc#signed-in=") {
				t.Fatalf("node %d sends the phone to %s", node, at)
			}
		}
		if err := p.Call(http.MethodPost, p.InContest("/enrolment"), map[string]any{"nickname": "小王"}, nil); err != nil {
			t.Fatalf("joining without a unit: %v", err)
		}
		unit := func(p *testkit.Player) string {
			var home struct {
				Me struct{ Unit struct{ Path string } }
			}
			if err := p.Call(http.MethodGet, p.InContest(""), nil, &home); err != nil {
				t.Fatal(err)
			}
			return home.Me.Unit.Path
		}
		if got := unit(p); got != "北镇 / 北一村" {
			t.Errorf("the unit is %q", got)
		}
		other := map[string]any{"nickname": "小王", "unit": h.unit("firm", "北二村")}
		if err := p.Call(http.MethodPost, p.InContest("/enrolment"), other, nil); err != nil {
			t.Fatal(err)
		}
		if got := unit(p); got != "北镇 / 北一村" {
			t.Errorf("the unit can be chosen away to %q", got)
		}
		second := h.player("firm")
		if at := f.signIn(second, 1); at != "/c/firm#signed-in=switched" || f.who(second) != "小王" {
			t.Errorf("the second phone is sent to %s and plays as %s", at, f.who(second))
		}
		if n := f.players(); n != 1 {
			t.Errorf("%d people are proven", n)
		}
	})
}

func TestACodeOfAnAccountThatComesTwiceAtOnceIsOnePlayer(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		f := openFirms(t, s, "oidc.yaml", 2)
		p := f.all[0].player("firm")
		callback, err := url.Parse(f.begin(p, 0, ""))
		if err != nil {
			t.Fatal(err)
		}
		var running sync.WaitGroup
		for i := range 6 {
			running.Go(func() {
				phone := *p
				phone.Base = f.all[i%2].url
				reply, body := f.all[i%2].send(&phone, http.MethodGet, callback.RequestURI(), nil, nil)
				if at := reply.Header.Get("Location"); !strings.HasPrefix(at, "/c/firm#signed-in=") {
					t.Errorf("sent to %q: %s", at, body)
				}
			})
		}
		running.Wait()
		if n := f.players(); n != 1 {
			t.Errorf("%d people are proven", n)
		}
		if n := f.stand.Asked("/realms/staff/token"); n != 1 {
			t.Errorf("the code was redeemed %d times", n)
		}
	})
}

func TestAGuestWhoSignsInKeepsWhatWasPlayedAndLosesNothingWhenItFails(t *testing.T) {
	f := openFirms(t, embedded(t), "oidc.yaml", 1)
	h := f.all[0]
	p := h.player("firm")
	join := map[string]any{"nickname": "小李", "unit": h.unit("firm", "北二村")}
	if err := p.Call(http.MethodPost, p.InContest("/enrolment"), join, nil); err != nil {
		t.Fatal(err)
	}
	var log lockedBuffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, nil)))
	defer slog.SetDefault(before)
	claim := func(name string, value any) func(*provider.Provider) {
		return func(s *provider.Provider) { s.Claims = func(c map[string]any) { c[name] = value } }
	}
	for name, c := range map[string]struct {
		change    func(*provider.Provider)
		code, why string
	}{
		"a wrong issuer":   {claim("iss", "https://evil.example"), "signin_token", "different provider"},
		"another audience": {claim("aud", "another"), "signin_token", "audience"},
		"an old token":     {claim("exp", 1), "signin_token", "expired"},
		"a wrong nonce":    {claim("nonce", "x"), "signin_token", "nonce"},
		"no signature":     {func(s *provider.Provider) { s.Key = nil }, "signin_token", "signature"},
		"away":             {func(s *provider.Provider) { s.Away = 503 }, "signin_away", "status 503"},
		"no code":          {func(s *provider.Provider) { s.Refuses = true }, "signin_refused", "invalid_grant"},
	} {
		callback := f.begin(p, 0, "")
		f.stand.Set(c.change)
		if at := f.visit(p, 0, callback); at != "/c/firm#signin="+c.code {
			t.Errorf("%s: the phone is sent to %s", name, at)
		}
		if !strings.Contains(log.String(), c.why) || strings.Contains(log.String(), f.stand.Secret) {
			t.Errorf("%s: the log does not tell %q, or a secret: %s", name, c.why, log.String())
		}
		if got := f.who(p); got != "小李" {
			t.Errorf("%s: the guest plays as %s", name, got)
		}
		f.stand.Set(func(s *provider.Provider) { s.Claims, s.Away, s.Refuses = nil, 0, false; s.Key = f.stand.Keys() })
	}
	if _, body := h.send(p, http.MethodGet, "/metrics", nil, nil); !strings.Contains(body,
		`anquanda_account_signins_total{provider="company",result="signin_token"}`) {
		t.Error("it is not counted")
	}
	if at := f.signIn(p, 0); at != "/c/firm#signed-in=kept" || f.who(p) != "小李" {
		t.Errorf("at last the phone is sent to %s and plays as %s", at, f.who(p))
	}
}

func TestAStateOrAProviderThatIsNotTheirsTellsThePhoneSo(t *testing.T) {
	f := openFirms(t, embedded(t), "oidc.yaml", 2)
	me, other := f.all[0].player("firm"), f.all[0].player("firm")
	callback := f.begin(me, 0, "")
	state := mustQuery(t, callback, "state")
	const at = "/api/v1/signin/account/"
	long := strings.Repeat("a", 3000) + "&state=" + state
	for name, c := range map[string]struct {
		who        *testkit.Player
		path, want string
	}{
		"another browser's":     {other, callback, "/c/firm#signin=signin_other_browser"},
		"forged":                {me, at + "company?code=1&state=" + state[:len(state)-2] + "00", "/#signin=signin_forged"},
		"none":                  {me, at + "company?code=1", "/#signin=signin_forged"},
		"no provider":           {me, at + "nobody?code=1&state=" + state, "/#signin=provider_unknown"},
		"no code":               {me, at + "company?state=" + state, "/c/firm#signin=signin_denied"},
		"denied":                {me, at + "company?error=access_denied&state=" + state, "/c/firm#signin=signin_denied"},
		"refused":               {me, at + "company?error=server_error&state=" + state, "/c/firm#signin=signin_refused"},
		"a code of another":     {me, at + "company?code=abc&state=" + state, "/c/firm#signin=signin_refused"},
		"a very long code":      {me, at + "company?code=" + long, "/c/firm#signin=signin_refused"},
		"to a provider of none": {me, "/api/v1/contests/firm/signin/account/nobody", "/c/firm#signin=provider_unknown"},
		"a contest of guests":   {me, "/api/v1/contests/bare/signin/account/company", "/c/bare#signin=provider_unknown"},
		"no contest":            {me, "/api/v1/contests/gone/signin/account/company", "/#signin=contest_unknown"},
	} {
		if got := f.visit(c.who, 1, c.path); got != c.want {
			t.Errorf("%s: the phone is sent to %s, want %s", name, got, c.want)
		}
	}
	for _, h := range f.all {
		h.later(11 * time.Minute)
	}
	if got := f.visit(me, 0, callback); got != "/c/firm#signin=signin_old" {
		t.Errorf("old: the phone is sent to %s", got)
	}
}
