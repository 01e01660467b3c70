package account_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/identity/signin"
	"anquanda/internal/identity/signin/account"
	"anquanda/internal/keyring"
	"anquanda/internal/testkit/arena"
	"anquanda/internal/testkit/provider"
)

const (
	root     = "../../../.."
	callback = "https://quiz.example.org/api/v1/signin/account/x"
)

// desk is one provider of an example, asked for by a stand-in.
type desk struct {
	*account.Provider
	t     *testing.T
	stand *provider.Provider
	trips int
	clock *arena.Clock
}

func open(t *testing.T, example string) *desk {
	t.Helper()
	clock := &arena.Clock{}
	clock.Set("2026-06-16 10:00:00")
	stand := provider.Start(t, clock.Now)
	all, err := account.Load(stand.Mapping(root, example), stand.Getenv, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	return &desk{all[0], t, stand, 0, clock}
}

func (d *desk) leave() signin.Trip {
	d.trips++
	return signin.NewSecrets(keyring.Only(bytes.Repeat([]byte{1}, 32))).Of(d.Door(), "state"+strconv.Itoa(d.trips), "")
}

// away begins a trip and signs in at the stand-in; code is what comes back.
func (d *desk) away() (trip signin.Trip, code string) {
	d.t.Helper()
	trip = d.leave()
	address, err := d.AuthURL(d.t.Context(), trip, callback)
	if err != nil {
		d.t.Fatal(err)
	}
	back, err := url.Parse(d.stand.SignIn(address))
	if err != nil {
		d.t.Fatal(err)
	}
	if got := back.Query().Get(d.StateParam()); got != trip.State {
		d.t.Errorf("the state that comes back is %q, was %q", got, trip.State)
	}
	return trip, back.Query().Get(d.CodeParam())
}

func (d *desk) signIn() (account.Person, error) {
	d.t.Helper()
	trip, code := d.away()
	return d.Identify(d.t.Context(), trip, callback, code)
}

func TestEachExampleTellsWhoComesAndFromWhichUnit(t *testing.T) {
	for example, want := range map[string]account.Person{
		"oidc.yaml":     {ID: "00017", Name: "王小明", Phone: "13800001111", UnitCode: "n1", UnitName: "北一村"},
		"province.yaml": {ID: "00017", Name: "王小明", Phone: "13800001111", Level: "L2"},
		"wecom.yaml":    {ID: "00017", Name: "王小明", UnitCode: "n1"},
		"dingtalk.yaml": {ID: "union-00017", Name: "王小明", Phone: "13800001111", UnitCode: "n1"},
	} {
		t.Run(example, func(t *testing.T) {
			d := open(t, example)
			for range 2 {
				if who, err := d.signIn(); err != nil || who != want {
					t.Errorf("it is %+v, %v", who, err)
				}
			}
			trip, code := d.away()
			if _, err := d.Identify(t.Context(), trip, callback, code); err != nil {
				t.Fatal(err)
			}
			if _, err := d.Identify(t.Context(), trip, callback, code); !errors.Is(err, account.ErrRefused) {
				t.Errorf("a code twice: %v", err)
			}
			if _, err := d.Identify(t.Context(), trip, callback, "another app's"); !errors.Is(err, account.ErrRefused) {
				t.Errorf("a code of another app: %v", err)
			}
		})
	}
}

func TestATokenOfTheClientIsAskedForOnceWhileItIsGood(t *testing.T) {
	d := open(t, "wecom.yaml")
	for range 3 {
		if _, err := d.signIn(); err != nil {
			t.Fatal(err)
		}
	}
	d.clock.Pass(2 * time.Hour)
	if _, err := d.signIn(); err != nil {
		t.Fatal(err)
	}
	if n := d.stand.Asked("/cgi-bin/gettoken"); n != 2 {
		t.Errorf("it was asked for %d times, want once and once after its time", n)
	}
}

func TestAnIDTokenThatDoesNotHoldIsRefusedAndTheLogToldWhy(t *testing.T) {
	d := open(t, "oidc.yaml")
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	own := d.stand.Key
	claim := func(name string, value any) func(*provider.Provider) {
		return func(p *provider.Provider) { p.Claims = func(c map[string]any) { c[name] = value } }
	}
	for name, c := range map[string]struct {
		change func(*provider.Provider)
		why    string
	}{
		"a wrong issuer":          {claim("iss", "https://evil.example"), "issued by a different provider"},
		"another audience":        {claim("aud", "another app"), "audience"},
		"several audiences":       {claim("aud", []string{"anquanda", "another app"}), "azp"},
		"made for another":        {claim("azp", "another app"), "azp"},
		"after its time":          {claim("exp", d.clock.Now().Add(-time.Minute).Unix()), "expired"},
		"before its time":         {claim("nbf", d.clock.Now().Add(time.Hour).Unix()), "before the nbf"},
		"without a time":          {claim("exp", nil), "claims"},
		"the nonce of another":    {claim("nonce", "abc"), "nonce"},
		"without a nonce":         {claim("nonce", nil), "nonce"},
		"a stranger's signature":  {func(p *provider.Provider) { p.Key = stranger }, "signature"},
		"no signature":            {func(p *provider.Provider) { p.Key = nil }, "signature"},
		"userinfo of another one": {claim("sub", "00018"), "another person"},
	} {
		t.Run(name, func(t *testing.T) {
			d.stand.Set(c.change)
			_, err := d.signIn()
			if !errors.Is(err, account.ErrToken) || !strings.Contains(err.Error(), c.why) {
				t.Errorf("the error is %v, want one about %q", err, c.why)
			}
			d.stand.Set(func(p *provider.Provider) { p.Key, p.Claims = own, nil })
			if _, err := d.signIn(); err != nil {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}

func TestAProviderThatIsAwayRefusesOrTellsTooLittleIsSaidSo(t *testing.T) {
	for _, example := range []string{"oidc.yaml", "province.yaml", "wecom.yaml", "dingtalk.yaml"} {
		for name, c := range map[string]struct {
			change func(*provider.Provider)
			want   error
		}{
			"it is away":         {func(p *provider.Provider) { p.Away = 503 }, account.ErrAway},
			"it has too much":    {func(p *provider.Provider) { p.Away = 429 }, account.ErrAway},
			"it knows no code":   {func(p *provider.Provider) { p.Refuses = true }, account.ErrRefused},
			"it finds nothing":   {func(p *provider.Provider) { p.Away = 404 }, account.ErrRefused},
			"it sends us on":     {func(p *provider.Provider) { p.Away = 302 }, account.ErrRefused},
			"it knows no secret": {func(p *provider.Provider) { p.Secret = "another secret" }, account.ErrRefused},
		} {
			t.Run(example+" "+name, func(t *testing.T) {
				d := open(t, example)
				trip, code := d.away()
				secret := d.stand.Secret
				d.stand.Set(c.change)
				_, err := d.Identify(t.Context(), trip, callback, code)
				if !errors.Is(err, c.want) {
					t.Fatalf("the error is %v", err)
				}
				if strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), code) {
					t.Errorf("the error tells a secret: %v", err)
				}
			})
		}
	}
	t.Run("nobody answers", func(t *testing.T) {
		d := open(t, "province.yaml")
		trip, code := d.away()
		ctx, hangUp := context.WithCancel(t.Context())
		over := make(chan struct{})
		defer close(over)
		d.stand.Set(func(p *provider.Provider) { p.Slow = func(*http.Request) { hangUp(); <-over } })
		if _, err := d.Identify(ctx, trip, callback, code); !errors.Is(err, account.ErrAway) {
			t.Errorf("the error is %v", err)
		}
	})
	t.Run("a low level", func(t *testing.T) {
		d := open(t, "province.yaml")
		for _, low := range []string{"L1", "", "L9"} {
			d.stand.Set(func(p *provider.Provider) { p.Person.Level = low })
			if _, err := d.signIn(); !errors.Is(err, account.ErrLevel) {
				t.Errorf("level %q: %v", low, err)
			}
		}
		d.stand.Set(func(p *provider.Provider) { p.Person.Level = "L3" })
		if _, err := d.signIn(); err != nil {
			t.Error(err)
		}
	})
	t.Run("no member of the corp", func(t *testing.T) {
		d := open(t, "wecom.yaml")
		d.stand.Set(func(p *provider.Provider) { p.Person.UnitCode = "" })
		if _, err := d.signIn(); !errors.Is(err, account.ErrRefused) {
			t.Errorf("the error is %v", err)
		}
	})
	t.Run("nobody's id", func(t *testing.T) {
		d := open(t, "province.yaml")
		for _, id := range []string{"", strings.Repeat("9", 201), "a\nb"} {
			d.stand.Set(func(p *provider.Provider) { p.Person.ID = id })
			if _, err := d.signIn(); !errors.Is(err, account.ErrIncomplete) {
				t.Errorf("id %q: %v", id, err)
			}
		}
	})
}

func TestAnIssuerThatIsAwayAtTheStartIsAskedWhenSomebodyComes(t *testing.T) {
	d := open(t, "oidc.yaml")
	if n := d.stand.Asked("/realms/staff/.well-known/openid-configuration"); n != 0 {
		t.Errorf("it was asked %d times before anybody came", n)
	}
	var running sync.WaitGroup
	trip := d.leave()
	for range 4 {
		running.Go(func() {
			if _, err := d.AuthURL(t.Context(), trip, callback); err != nil {
				t.Error(err)
			}
		})
	}
	running.Wait()
	if n := d.stand.Asked("/realms/staff/.well-known/openid-configuration"); n != 1 {
		t.Errorf("it was asked %d times", n)
	}
}
