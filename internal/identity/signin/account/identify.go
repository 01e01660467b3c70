package account

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/oauth2"

	"anquanda/internal/identity/signin"
)

// CodeParam and StateParam are how the code and the state are called that come back.
func (p *Provider) CodeParam() string { return p.m.Callback.Code }

// StateParam is how the state is called that comes back.
func (p *Provider) StateParam() string { return p.m.Callback.State }

func (p *Provider) pkce() bool {
	if p.m.PKCE != nil {
		return *p.m.PKCE
	}
	return p.m.Issuer != ""
}

// redirect is where the provider sends people back to.
func (p *Provider) redirect(to string, t signin.Trip) string {
	if p.m.Callback.InRedirect {
		return to + "?state=" + t.State
	}
	return to
}

// AuthURL is where a person goes to sign in; to is the address of the callback.
// Errors: ErrAway when the issuer cannot be asked where that is.
func (p *Provider) AuthURL(ctx context.Context, t signin.Trip, to string) (string, error) {
	if p.m.Authorize.Query != nil {
		return p.ownAuthURL(t, to)
	}
	config, err := p.config(ctx, p.redirect(to, t))
	if err != nil {
		return "", err
	}
	var options []oauth2.AuthCodeOption
	if p.pkce() {
		options = append(options, oauth2.S256ChallengeOption(t.Verifier))
	}
	if p.m.Issuer != "" {
		options = append(options, oauth2.SetAuthURLParam("nonce", t.Nonce))
	}
	return withFragment(config.AuthCodeURL(t.State, options...), p.m.Authorize.Fragment), nil
}

func (p *Provider) ownAuthURL(t signin.Trip, to string) (string, error) {
	address, err := url.Parse(p.m.Authorize.URL)
	if err != nil {
		return "", err
	}
	v := p.valuesOf(t, to, "")
	query := address.Query()
	for name, value := range v.fillAll(p.m.Authorize.Query) {
		query[name] = value
	}
	address.RawQuery = query.Encode()
	return withFragment(address.String(), p.m.Authorize.Fragment), nil
}

func withFragment(address, fragment string) string {
	if fragment == "" {
		return address
	}
	return address + "#" + fragment
}

func (p *Provider) valuesOf(t signin.Trip, to, code string) *values {
	challenge := sha256.Sum256([]byte(t.Verifier))
	return &values{words: map[string]string{
		"code": code, "state": t.State, "redirect": p.redirect(to, t), "client_id": p.m.Client.ID,
		"client_secret": p.m.Client.secret, "verifier": t.Verifier, "nonce": t.Nonce,
		"challenge": base64.RawURLEncoding.EncodeToString(challenge[:]), "scopes": strings.Join(p.m.Scopes, " "),
	}}
}

// config is what x/oauth2 works with.
func (p *Provider) config(ctx context.Context, redirect string) (*oauth2.Config, error) {
	config := &oauth2.Config{ClientID: p.m.Client.ID, ClientSecret: p.m.Client.secret, RedirectURL: redirect,
		Scopes: p.m.Scopes}
	if p.m.Issuer != "" {
		found, err := p.discover(ctx)
		if err != nil {
			return nil, err
		}
		config.Endpoint = found.provider.Endpoint()
	}
	if p.m.Authorize.URL != "" {
		config.Endpoint.AuthURL = p.m.Authorize.URL
	}
	config.Endpoint.AuthStyle = oauth2.AuthStyleInParams
	if p.m.Client.Auth == "basic" {
		config.Endpoint.AuthStyle = oauth2.AuthStyleInHeader
	}
	return config, nil
}

// Identify redeems the code that a trip brought back and asks who came. Errors:
// ErrRefused, ErrAway, ErrToken, ErrIncomplete, ErrLevel; the log is told why by what
// they wrap.
func (p *Provider) Identify(ctx context.Context, t signin.Trip, to, code string) (Person, error) {
	v := p.valuesOf(t, to, code)
	if err := p.redeem(ctx, t, v); err != nil {
		return Person{}, err
	}
	for i := range p.m.People {
		if _, err := p.ask(ctx, &p.m.People[i], v); err != nil {
			p.dropClientToken() // it may be what was refused: the next person gets a new one
			return Person{}, err
		}
	}
	return p.personIn(v)
}

// redeem gets the tokens that the calls about people need.
func (p *Provider) redeem(ctx context.Context, t signin.Trip, v *values) error {
	if p.m.ClientToken != nil {
		token, err := p.ownToken(ctx, v)
		if err != nil {
			return err
		}
		v.words["client_token"] = token
	}
	switch {
	case p.m.Token != nil:
		reply, err := p.ask(ctx, &p.m.Token.call, v)
		if err != nil {
			return err
		}
		if v.words["token"] = textAt(reply, p.m.Token.Token); v.words["token"] == "" {
			return ErrRefused.Because(fmt.Errorf("%s: the reply holds no %s", p.m.Token.URL, p.m.Token.Token))
		}
		if p.m.Issuer != "" {
			return p.claims(ctx, t, textAt(reply, "id_token"), nil, v)
		}
		return nil
	case p.m.Issuer != "":
		return p.redeemStandard(ctx, t, v)
	}
	return nil
}

// redeemStandard is the token call as OAuth 2.0 says, with an ID token in its reply.
func (p *Provider) redeemStandard(ctx context.Context, t signin.Trip, v *values) error {
	config, err := p.config(ctx, v.words["redirect"])
	if err != nil {
		return err
	}
	var options []oauth2.AuthCodeOption
	if p.pkce() {
		options = append(options, oauth2.VerifierOption(t.Verifier))
	}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, p.client)
	token, err := config.Exchange(ctx, v.words["code"], options...)
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &refused) && refused.Response != nil &&
		(refused.Response.StatusCode >= 500 || refused.Response.StatusCode == http.StatusTooManyRequests):
		return ErrAway.Because(fmt.Errorf("token call: status %d", refused.Response.StatusCode))
	case errors.As(err, &refused):
		return ErrRefused.Because(fmt.Errorf("token call: %s %.120q", refused.ErrorCode, refused.ErrorDescription))
	case err != nil && reached(err):
		return ErrRefused.Because(fmt.Errorf("token call: %w", withoutAddress(err)))
	case err != nil:
		return ErrAway.Because(fmt.Errorf("token call: %w", withoutAddress(err)))
	}
	v.words["token"] = token.AccessToken
	text, _ := token.Extra("id_token").(string)
	return p.claims(ctx, t, text, token, v)
}

// reached reports whether an error is about what was answered, not about the way.
func reached(err error) bool {
	var at *url.Error
	return !errors.As(err, &at) && !errors.Is(err, context.DeadlineExceeded)
}

// ownToken is the token of the client itself, asked for anew a minute before it ends.
func (p *Provider) ownToken(ctx context.Context, v *values) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.clientToken != "" && p.now().Before(p.tokenUntil) {
		return p.clientToken, nil
	}
	aside := &values{words: v.words}
	reply, err := p.ask(ctx, &p.m.ClientToken.call, aside)
	if err != nil {
		return "", err
	}
	token := textAt(reply, p.m.ClientToken.Token)
	if token == "" {
		return "", ErrRefused.Because(fmt.Errorf("%s: the reply holds no %s", p.m.ClientToken.URL, p.m.ClientToken.Token))
	}
	seconds, _ := strconv.Atoi(textAt(reply, p.m.ClientToken.Seconds))
	p.clientToken, p.tokenUntil = token, p.now().Add(time.Duration(seconds)*time.Second-time.Minute)
	return token, nil
}

func (p *Provider) dropClientToken() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clientToken = ""
}

// maxText bounds a text about a person, in bytes.
const maxText = 200

// personIn reads who it is out of the replies.
func (p *Provider) personIn(v *values) (Person, error) {
	at := p.m.Person
	who := Person{ID: v.at(at.ID), Name: v.at(at.Name), Phone: v.at(at.Phone), UnitCode: v.at(at.UnitCode),
		UnitName: v.at(at.UnitName)}
	if !plain(who.ID) || who.ID == "" {
		return Person{}, ErrIncomplete.Because(fmt.Errorf("the replies hold no id at %s", at.ID))
	}
	for _, text := range []*string{&who.Name, &who.Phone, &who.UnitCode, &who.UnitName} {
		if !plain(*text) {
			*text = ""
		}
	}
	if at.Level != nil {
		who.Level = v.at(at.Level.Path)
		if !at.Level.reached(who.Level) {
			return Person{}, ErrLevel.Because(fmt.Errorf("the level is %.40q, at least %q is wanted", who.Level, at.Level.Least))
		}
	}
	return who, nil
}

func plain(text string) bool {
	return len(text) <= maxText && utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

// reached reports whether a level is high enough; an unknown one is not.
func (l *level) reached(got string) bool {
	if len(l.Order) > 0 {
		return slices.Index(l.Order, got) >= slices.Index(l.Order, l.Least)
	}
	is, err := strconv.Atoi(got)
	least, _ := strconv.Atoi(l.Least)
	return err == nil && cmp.Compare(is, least) >= 0
}
