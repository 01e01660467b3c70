// Package provider stands in for systems whose accounts people sign in with: an
// issuer of OpenID Connect that can lie in every way (oidc.go), and a province, 企业微信
// and 钉钉 as the mapping files in scripts/deploy/accounts ask them (others.go). It
// checks what it is asked, gives each code once, and can be away.
package provider

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// Person is somebody with an account.
type Person struct {
	ID, Name, Phone, UnitCode, UnitName, Level string
}

// Provider is the stand-in. Set changes it while it runs.
type Provider struct {
	URL    string
	Client string
	Secret string

	mu      sync.Mutex
	Now     func() time.Time
	Person  Person                // who signs in next
	Away    int                   // status that every call but discovery is answered with; 0: none
	Claims  func(map[string]any)  // changes the claims of ID tokens
	Key     *rsa.PrivateKey       // signs ID tokens; its own: what its keys are
	Refuses bool                  // does not take codes
	Slow    func(r *http.Request) // is called before each answer
	grants  map[string]grant      // by code
	tokens  map[string]Person     // by token
	asked   map[string]int        // by path
	keys    *rsa.PrivateKey
	server  *httptest.Server
	t       testing.TB
}

// grant is a code that was given and not yet taken.
type grant struct {
	who                        Person
	redirect, nonce, challenge string
}

var keysOnce = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

// Start starts the stand-in; it ends with the test.
func Start(t testing.TB, now func() time.Time) *Provider {
	t.Helper()
	keys, err := keysOnce()
	if err != nil {
		t.Fatal(err)
	}
	p := &Provider{Client: "anquanda", Secret: "a secret of the client", Now: now, keys: keys, Key: keys, t: t,
		grants: map[string]grant{}, tokens: map[string]Person{}, asked: map[string]int{},
		Person: Person{ID: "00017", Name: "王小明", Phone: "13800001111", UnitCode: "n1", UnitName: "北一村", Level: "L2"}}
	mux := http.NewServeMux()
	p.oidcRoutes(mux)
	p.otherRoutes(mux)
	p.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		away, slow := p.Away, p.Slow
		p.asked[r.URL.Path]++
		p.mu.Unlock()
		if slow != nil {
			slow(r)
		}
		if away != 0 && !strings.Contains(r.URL.Path, ".well-known") {
			http.Error(w, "away", away)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(p.server.Close)
	p.URL = p.server.URL
	return p
}

// Set changes what it answers.
func (p *Provider) Set(change func(*Provider)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(p)
}

// Asked is how often a path was asked for.
func (p *Provider) Asked(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[path]
}

var hosts = regexp.MustCompile(`https://[a-z0-9.-]+`)

// Mapping writes a mapping file that asks this stand-in: example is the name of one in
// scripts/deploy/accounts, whose hosts, client and secret are replaced. root is the
// repository's.
func (p *Provider) Mapping(root, example string) (path string) {
	p.t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "scripts/deploy/accounts", example))
	if err != nil {
		p.t.Fatal(err)
	}
	return p.Write(regexp.MustCompile(`client: \{id: [^,]+,`).ReplaceAllString(
		hosts.ReplaceAllString(string(text), p.URL), `client: {id: `+p.Client+`,`))
}

// Write writes a mapping file.
func (p *Provider) Write(text string) (path string) {
	p.t.Helper()
	path = filepath.Join(p.t.TempDir(), "accounts.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// Getenv gives its secret for every variable.
func (p *Provider) Getenv(string) string { return p.Secret }

// SignIn is a person who signs in at the address that we sent the browser to, and
// returns where the browser is sent back to. It holds what it was asked with against
// what the provider wants.
func (p *Provider) SignIn(address string) (back string) {
	p.t.Helper()
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(address, p.URL+"/") {
		p.t.Fatalf("sent to %q, %v", address, err)
	}
	q := u.Query()
	names := map[string][4]string{ // client, redirect, what comes back, what is asked for
		"/realms/staff/authorize":   {"client_id", "redirect_uri", "code", "code"},
		"/oauth2/authorize":         {"appid", "redirectUri", "ticket", "ticket"},
		"/connect/oauth2/authorize": {"appid", "redirect_uri", "code", "code"},
		"/oauth2/auth":              {"client_id", "redirect_uri", "authCode", "code"},
	}[u.Path]
	if q.Get(names[0]) != p.Client || q.Get(names[1]) == "" {
		p.t.Fatalf("asked with %q", u.RawQuery)
	}
	to, err := url.Parse(q.Get(names[1]))
	if err != nil {
		p.t.Fatal(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	code := rand.Text()
	p.grants[code] = grant{who: p.Person, redirect: to.String(), nonce: q.Get("nonce"), challenge: q.Get("code_challenge")}
	answer := to.Query()
	answer.Set(names[2], code)
	if state := q.Get("state"); state != "" {
		answer.Set("state", state)
	}
	to.RawQuery = answer.Encode()
	return to.String()
}

// take redeems a code.
func (p *Provider) take(code string) (grant, bool) {
	g, ok := p.grants[code]
	delete(p.grants, code)
	return g, ok && !p.Refuses
}

// give makes a token for a person.
func (p *Provider) give(who Person) string {
	token := rand.Text()
	p.tokens[token] = who
	return token
}

func say(w http.ResponseWriter, status int, reply map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(reply) //nolint:errcheck // the caller notices
}

// Keys is what its keys are: what signs ID tokens that hold.
func (p *Provider) Keys() *rsa.PrivateKey { return p.keys }
