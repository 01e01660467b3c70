// Package account lets people come with an account of another system: OAuth 2.0 or
// OpenID Connect by the authorization code flow, or what differs from it in names
// only (a corp token, a ticket in place of a code). A mapping file says how each
// provider is asked (mapping.go); nothing here knows one by name. It keeps nothing:
// who somebody is goes to identity.Players.Prove.
//
// ID tokens are verified by go-oidc (issuer, audience, time, signature), and their
// nonce here; the standard token call is made by x/oauth2.
package account

import (
	"net/http"
	"sync"
	"time"

	"anquanda/internal/errs"
)

// Why somebody does not come in through an account. Nothing is changed.
var (
	ErrUnknownProvider = errs.New(errs.NotFound, "provider_unknown", "没有这种登录方式，请回到活动页面重新选择")
	ErrDenied          = errs.New(errs.Forbidden, "signin_denied", "登录没有完成：您没有同意，或中途退出了。需要时请重新点登录")
	ErrRefused         = errs.New(errs.Forbidden, "signin_refused", "对方系统没有认可这次登录，请重新点登录；多次不行请联系活动主办方")
	ErrAway            = errs.New(errs.Unavailable, "signin_away", "登录的系统暂时没有回应，请稍后再试；已经答的题都还在")
	ErrToken           = errs.New(errs.Forbidden, "signin_token", "登录凭证没有通过核对，请重新点登录；多次不行请联系活动主办方")
	ErrIncomplete      = errs.New(errs.Forbidden, "signin_incomplete", "登录的系统没有告诉我们您是谁，请联系活动主办方")
	ErrLevel           = errs.New(errs.Forbidden, "signin_level",
		"这个账号还没有实名认证到要求的等级，请先在那个系统里完成实名认证，再来登录")
)

const (
	// callWithin bounds one call to a provider, maxReply what it may answer, in bytes.
	callWithin = 6 * time.Second
	maxReply   = 1 << 20
)

// Person is who a provider says somebody is. Texts but ID may be empty.
type Person struct {
	ID       string `json:"id"` // the same for ever, within the provider
	Name     string `json:"name,omitempty"`
	Phone    string `json:"phone,omitempty"`
	UnitCode string `json:"unit_code,omitempty"`
	UnitName string `json:"unit_name,omitempty"`
	Level    string `json:"level,omitempty"` // of assurance, in the provider's words
}

// Provider is one system whose accounts are taken. It is safe for concurrent use.
type Provider struct {
	Key   string // in addresses and in what proves a person: it never changes
	Title string // shown on the button

	m      mapping
	client *http.Client
	now    func() time.Time

	mu          sync.Mutex // over what follows
	found       *discovered
	clientToken string
	tokenUntil  time.Time
}

// Door names the trips through this provider.
func (p *Provider) Door() string { return "account " + p.Key }

// Providers are those of a mapping file, in its order. None is nil.
type Providers []*Provider

// Get finds a provider by its key. Errors: ErrUnknownProvider.
func (all Providers) Get(key string) (*Provider, error) {
	for _, p := range all {
		if p.Key == key {
			return p, nil
		}
	}
	return nil, ErrUnknownProvider
}

func newClient() *http.Client {
	return &http.Client{
		Timeout: callWithin,
		// Nobody is sent on with a secret or a code in hand.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
