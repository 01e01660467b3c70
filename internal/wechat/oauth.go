package wechat

import (
	"context"
	"net/url"
)

// exchangePath is where a code is turned into who came with it.
const exchangePath = "/sns/oauth2/access_token"

// AuthorizeURL is the page that tells WeChat whom to send back to redirect, with a
// code and state (letters and digits, at most 128). The scope is snsapi_base: it is
// silent, asks the person nothing and tells nothing but who it is. A page that asks
// for more before anybody has pressed anything is shown as a snapshot, in which
// everybody is somebody made up.
//
// WeChat holds this address against a pattern, so the order of its parameters counts.
func (c *Client) AuthorizeURL(redirect, state string) string {
	return c.account.Open + "/connect/oauth2/authorize?appid=" + url.QueryEscape(c.account.AppID) +
		"&redirect_uri=" + url.QueryEscape(redirect) +
		"&response_type=code&scope=snsapi_base&state=" + url.QueryEscape(state) + "#wechat_redirect"
}

// Login is who came back with a code.
type Login struct {
	OpenID  string `json:"openid"`  // of one AppID
	UnionID string `json:"unionid"` // of all apps of one 开放平台 account; empty where there is none
	// Snapshot: the page was opened as a snapshot, and OpenID and UnionID are nobody's.
	Snapshot bool `json:"snapshot"`
}

// Subjects tell the person apart from all others.
func (c *Client) Subjects(l Login) []string {
	subjects := []string{"openid:" + c.account.AppID + ":" + l.OpenID}
	if l.UnionID != "" {
		subjects = append(subjects, "unionid:"+l.UnionID)
	}
	return subjects
}

const (
	maxCode = 256
	maxID   = 128
)

// ValidCode reports whether a text can be a code at all.
func ValidCode(code string) bool {
	if code == "" || len(code) > maxCode {
		return false
	}
	for _, r := range code {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_' {
			return false
		}
	}
	return true
}

// Exchange learns who came with a code, which can be asked once: a code that went
// lost on the way back is lost. Errors: *Error.
func (c *Client) Exchange(ctx context.Context, code string) (Login, error) {
	var reply struct {
		OpenID   string `json:"openid"`
		UnionID  string `json:"unionid"`
		Snapshot int    `json:"is_snapshotuser"`
	}
	query := url.Values{"appid": {c.account.AppID}, "secret": {c.account.Secret}, "code": {code},
		"grant_type": {"authorization_code"}}
	if err := c.get(ctx, exchangePath, query, &reply); err != nil {
		return Login{}, err
	}
	if reply.OpenID == "" || len(reply.OpenID) > maxID || len(reply.UnionID) > maxID {
		return Login{}, &Error{Call: exchangePath, Fault: Nonsense, Text: "the reply holds no openid"}
	}
	return Login{OpenID: reply.OpenID, UnionID: reply.UnionID, Snapshot: reply.Snapshot != 0}, nil
}
