package account

import (
	"fmt"
	"maps"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var keyPattern = regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}$`)

// check completes a mapping with its defaults and finds what is wrong with it.
func (c checking) check(m *mapping, at string, before Providers, getenv func(string) string) error {
	for _, must := range []struct {
		place, value string
		needed       bool
	}{
		{"key", m.Key, true}, {"title", m.Title, true}, {"client.id", m.Client.ID, true},
		{"client.secret_env", m.Client.SecretEnv, m.Issuer == ""},
		{"authorize.url", m.Authorize.URL, m.Issuer == ""},
		{"person.id", m.Person.ID, m.Issuer == ""},
	} {
		if must.needed && strings.TrimSpace(must.value) == "" {
			return c.wrong(at+"."+must.place, "is missing")
		}
	}
	if !keyPattern.MatchString(m.Key) {
		return c.wrong(at+".key", "%q is not 1 to 31 small letters, digits and dashes, a letter first", m.Key)
	}
	if _, err := before.Get(m.Key); err == nil {
		return c.wrong(at+".key", "%q is there twice", m.Key)
	}
	if m.Client.SecretEnv != "" {
		if m.Client.secret = getenv(m.Client.SecretEnv); m.Client.secret == "" {
			return c.wrong(at+".client.secret_env", "the variable %s is not set", m.Client.SecretEnv)
		}
	}
	if m.Client.Auth != "" && m.Client.Auth != "form" && m.Client.Auth != "basic" {
		return c.wrong(at+".client.auth", "%q is neither form nor basic", m.Client.Auth)
	}
	complete(m)
	if m.UserInfo && m.Issuer == "" {
		return c.wrong(at+".userinfo", "goes with an issuer; without one, people lists the calls")
	}
	if m.Issuer == "" && len(m.People) == 0 {
		return c.wrong(at+".people", "is missing: nothing would tell who somebody is")
	}
	if err := c.checkLevel(m.Person.Level, at+".person.level"); err != nil {
		return err
	}
	return c.checkCalls(m, at)
}

func complete(m *mapping) {
	if m.Callback.Code == "" {
		m.Callback.Code = "code"
	}
	if m.Callback.State == "" || m.Callback.InRedirect {
		m.Callback.State = "state"
	}
	if m.Issuer == "" {
		return
	}
	if m.Person.ID == "" {
		m.Person.ID = "sub"
	}
	if !slices.Contains(m.Scopes, "openid") {
		m.Scopes = append([]string{"openid"}, m.Scopes...)
	}
}

func (c checking) checkLevel(l *level, at string) error {
	if l == nil {
		return nil
	}
	switch _, err := strconv.Atoi(l.Least); {
	case l.Path == "":
		return c.wrong(at+".path", "is missing")
	case l.Least == "":
		return c.wrong(at+".least", "is missing")
	case len(l.Order) == 0 && err != nil:
		return c.wrong(at+".least", "%q is no number; order must list the levels from the lowest", l.Least)
	case len(l.Order) > 0 && !slices.Contains(l.Order, l.Least):
		return c.wrong(at+".least", "%q is not one of order", l.Least)
	}
	return nil
}

// checkCalls checks addresses, and that texts ask only for what is known by then.
func (c checking) checkCalls(m *mapping, at string) error {
	if m.Issuer != "" {
		if err := c.checkURL(m.Issuer, at+".issuer"); err != nil {
			return err
		}
	}
	if m.Authorize.URL != "" {
		if err := c.checkURL(m.Authorize.URL, at+".authorize.url"); err != nil {
			return err
		}
	}
	known := []string{"state", "redirect", "client_id", "challenge", "nonce", "scopes"}
	if err := c.checkTexts(m.Authorize.Query, at+".authorize.query", known); err != nil {
		return err
	}
	known = append(known, "client_secret", "verifier")
	for _, t := range []struct {
		call  *tokenCall
		place string
		gives []string
	}{
		{m.ClientToken, ".client_token", []string{"client_token", "code"}}, {m.Token, ".token", []string{"token", "reply"}},
	} {
		if t.call == nil {
			if t.place == ".client_token" {
				known = append(known, "code")
			}
			continue
		}
		if err := c.checkCall(&t.call.call, at+t.place, known); err != nil {
			return err
		}
		if t.call.Token == "" {
			return c.wrong(at+t.place+".token", "is missing: where the token stands in the reply")
		}
		known = append(known, t.gives...)
	}
	if m.Token == nil && (m.Issuer != "" || m.ClientToken == nil) {
		if m.Issuer == "" {
			return c.wrong(at+".token", "is missing: how a code becomes a token")
		}
		known = append(known, "token", "reply")
	}
	for i := range m.People {
		if err := c.checkCall(&m.People[i], fmt.Sprintf("%s.people[%d]", at, i), known); err != nil {
			return err
		}
		known = append(known, "reply")
	}
	return nil
}

func (c checking) checkCall(call *call, at string, known []string) error {
	if call.URL == "" {
		return c.wrong(at+".url", "is missing")
	}
	if err := c.checkURL(call.URL, at+".url"); err != nil {
		return err
	}
	if call.Form != nil && call.JSON != nil {
		return c.wrong(at+".json", "a call sends form or json, not both")
	}
	sends := call.Form != nil || call.JSON != nil
	switch {
	case call.Method == "" && sends:
		call.Method = "POST"
	case call.Method == "":
		call.Method = "GET"
	case call.Method != "GET" && call.Method != "POST":
		return c.wrong(at+".method", "%q is neither GET nor POST", call.Method)
	case call.Method == "GET" && sends:
		return c.wrong(at+".method", "GET sends neither form nor json")
	}
	for _, texts := range []struct {
		name string
		of   map[string]string
	}{{"query", call.Query}, {"form", call.Form}, {"json", call.JSON}, {"headers", call.Headers}} {
		if err := c.checkTexts(texts.of, at+"."+texts.name, known); err != nil {
			return err
		}
	}
	return nil
}

// checkURL wants an address over TLS; this machine itself may be asked without.
func (c checking) checkURL(text, at string) error {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return c.wrong(at, "%q is no address such as https://login.example.org/path", text)
	}
	ip := net.ParseIP(u.Hostname())
	if u.Scheme != "https" && !(u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())) {
		return c.wrong(at, "%q must begin with https://", text)
	}
	return nil
}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

func (c checking) checkTexts(texts map[string]string, at string, known []string) error {
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		for _, m := range placeholder.FindAllStringSubmatch(texts[name], -1) {
			word, _, _ := strings.Cut(m[1], ".")
			if !slices.Contains(known, word) {
				return c.wrong(at+"."+name, "{%s} is not known here; known are %s", m[1], strings.Join(known, ", "))
			}
		}
	}
	return nil
}
