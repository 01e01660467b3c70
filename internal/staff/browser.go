package staff

import (
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"strings"
)

// A browser is known to a login after a good sign-in. It holds a random name for each of
// at most maxBrowserNames logins, with a keyed hash over the name and the login: nobody
// can make one up, and the name of one login is worth nothing for another.
const (
	maxBrowserNames = 6
	browserName     = 26 // as rand.Text makes them
)

// Knows is the name by which a browser is known to a login, from what it holds; empty: it
// is not known.
func (s *Service) Knows(login, held string) string { return s.browserOf(plainLogin(login), held) }

// browserOf is the name by which a browser is known to a login; empty: it is not.
func (s *Service) browserOf(login, held string) string {
	for token := range strings.SplitSeq(held, ".") {
		name, signature, _ := strings.Cut(token, "-")
		if len(name) != browserName {
			continue
		}
		for _, signed := range s.keys.hashes("browser", login, name) {
			if hmac.Equal([]byte(signature), []byte(browserSignature(signed))) {
				return name
			}
		}
	}
	return ""
}

// remember is what a browser holds from now on, with a name for the login that the newest
// key has signed.
func (s *Service) remember(login, held string) string {
	name := s.browserOf(login, held)
	if name == "" {
		name = rand.Text()
	}
	mine := name + "-" + browserSignature(s.keys.hash("browser", login, name))
	if strings.Contains(held, mine) {
		return held
	}
	tokens := []string{mine}
	for token := range strings.SplitSeq(held, ".") {
		if len(token) == len(mine) && token[:browserName] != name && len(tokens) < maxBrowserNames {
			tokens = append(tokens, token)
		}
	}
	return strings.Join(tokens, ".")
}

func browserSignature(hash []byte) string { return base64.RawURLEncoding.EncodeToString(hash[:15]) }
