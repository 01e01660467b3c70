// Package wechat speaks to WeChat for one account: it signs pages for the share
// card of the JS-SDK (jssdk.go) and pays winners through WeChat Pay (pay.go,
// paysign.go). It knows nothing of contests, players or prizes; whoever calls it
// turns what WeChat says into the words of its own capability.
package wechat

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Account is a service account (公众号) of WeChat. The zero value is none: the
// pages work without.
type Account struct {
	AppID  string
	Secret string
	API    string // base address; empty: WeChat's own
}

// Configured reports whether there is an account.
func (a Account) Configured() bool { return a.AppID != "" && a.Secret != "" }

const (
	defaultAPI = "https://api.weixin.qq.com"
	apiTimeout = 5 * time.Second
	maxBody    = 64 << 10
)

// Client asks WeChat's API for one account. It is safe for concurrent use.
type Client struct {
	account Account
	now     func() time.Time
	http    http.Client
	ticket  ticket
}

// NewClient returns the client of an account, which may be none.
func NewClient(account Account, now func() time.Time) *Client {
	if account.API == "" {
		account.API = defaultAPI
	}
	return &Client{account: account, now: now, http: http.Client{Timeout: apiTimeout}}
}

// accessToken asks for a new token, with which the account's own calls are made.
// It is used at once and not cached: each new token of an account ends the one
// before it, and another node may ask for one at any time.
func (c *Client) accessToken(ctx context.Context) (string, error) {
	var reply struct {
		Token string `json:"access_token"`
	}
	query := url.Values{"grant_type": {"client_credential"}, "appid": {c.account.AppID}, "secret": {c.account.Secret}}
	if err := c.get(ctx, "/cgi-bin/token", query, &reply); err != nil {
		return "", err
	}
	return reply.Token, nil
}

// get asks WeChat, which tells errors in a reply of status 200. No error holds
// the query: it has the secret.
func (c *Client) get(ctx context.Context, path string, query url.Values, into any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.account.API+path+"?"+query.Encode(), nil)
	if err != nil {
		return fmt.Errorf("wechat %s: the address is not valid", path)
	}
	reply, err := c.http.Do(request)
	if err != nil {
		return fmt.Errorf("wechat %s cannot be reached", path)
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(io.LimitReader(reply.Body, maxBody))
	if err != nil {
		return fmt.Errorf("wechat %s: the reply broke off", path)
	}
	var failed struct {
		Code int    `json:"errcode"`
		Text string `json:"errmsg"`
	}
	if reply.StatusCode != http.StatusOK || json.Unmarshal(body, &failed) != nil || failed.Code != 0 {
		return fmt.Errorf("wechat %s: status %d, error %d %.80q", path, reply.StatusCode, failed.Code, failed.Text)
	}
	return json.Unmarshal(body, into)
}
