package provider

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"strings"
	"time"
)

const realm = "/realms/staff"

func (p *Provider) oidcRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET "+realm+"/.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("GET "+realm+"/keys", p.jwks)
	mux.HandleFunc("POST "+realm+"/token", p.oidcToken)
	mux.HandleFunc("GET "+realm+"/userinfo", p.userInfo)
}

func (p *Provider) discovery(w http.ResponseWriter, _ *http.Request) {
	issuer := p.URL + realm
	say(w, http.StatusOK, map[string]any{
		"issuer": issuer, "authorization_endpoint": issuer + "/authorize", "token_endpoint": issuer + "/token",
		"jwks_uri": issuer + "/keys", "userinfo_endpoint": issuer + "/userinfo",
		"id_token_signing_alg_values_supported": []string{"RS256"},
	})
}

func (p *Provider) jwks(w http.ResponseWriter, _ *http.Request) {
	say(w, http.StatusOK, map[string]any{"keys": []any{map[string]any{
		"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "1",
		"n": base64.RawURLEncoding.EncodeToString(p.keys.N.Bytes()),
		"e": base64.RawURLEncoding.EncodeToString(big.NewInt(int64(p.keys.E)).Bytes()),
	}}})
}

func (p *Provider) oidcToken(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	g, ok := p.take(r.FormValue("code"))
	challenge := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	switch {
	case r.FormValue("client_id") != p.Client || r.FormValue("client_secret") != p.Secret:
		say(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
	case !ok || r.FormValue("grant_type") != "authorization_code" || r.FormValue("redirect_uri") != g.redirect ||
		base64.RawURLEncoding.EncodeToString(challenge[:]) != g.challenge:
		say(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
	default:
		say(w, http.StatusOK, map[string]any{"access_token": p.give(g.who), "token_type": "Bearer", "expires_in": 300,
			"id_token": p.idToken(g)})
	}
}

// idToken is signed with Key, and changed by Claims; without a Key it is not signed.
func (p *Provider) idToken(g grant) string {
	now := p.Now()
	claims := map[string]any{"iss": p.URL + realm, "aud": p.Client, "sub": g.who.ID, "nonce": g.nonce,
		"iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix()}
	if p.Claims != nil {
		p.Claims(claims)
	}
	part := func(of any) string {
		text, err := json.Marshal(of)
		if err != nil {
			p.t.Error(err)
		}
		return base64.RawURLEncoding.EncodeToString(text)
	}
	if p.Key == nil {
		return part(map[string]any{"alg": "none"}) + "." + part(claims) + "."
	}
	body := part(map[string]any{"alg": "RS256", "kid": "1"}) + "." + part(claims)
	digest := sha256.Sum256([]byte(body))
	signature, err := rsa.SignPKCS1v15(rand.Reader, p.Key, crypto.SHA256, digest[:])
	if err != nil {
		p.t.Error(err)
	}
	return body + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func (p *Provider) userInfo(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	who, ok := p.tokens[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]
	if !ok {
		say(w, http.StatusUnauthorized, map[string]any{"error": "invalid_token"})
		return
	}
	say(w, http.StatusOK, map[string]any{"sub": who.ID, "name": who.Name, "phone_number": who.Phone,
		"department_code": who.UnitCode, "department": who.UnitName})
}
