// Package wechat speaks to WeChat for one account: it sends people to the page that
// tells who they are and learns it from the code that they come back with (oauth.go),
// signs pages for the share card of the JS-SDK (jssdk.go) and pays winners through
// WeChat Pay (pay.go, paysign.go). What WeChat says when it refuses is an *Error with
// a Fault (fault.go). It knows nothing of contests, players or prizes; whoever calls
// it turns what WeChat says into the words of its own capability. What all nodes must
// agree on stands in package shared.
package wechat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
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
	Open   string // base address of the page that people are sent to; empty: WeChat's own
}

// Configured reports whether there is an account.
func (a Account) Configured() bool { return a.AppID != "" && a.Secret != "" }

const (
	defaultAPI  = "https://api.weixin.qq.com"
	defaultOpen = "https://open.weixin.qq.com"
	maxBody     = 64 << 10
)

// CallTimeout bounds one call of WeChat's API.
const CallTimeout = 5 * time.Second

// Client asks WeChat's API for one account. It is safe for concurrent use.
type Client struct {
	// Shelf keeps the tokens of the account for all nodes; nil: each for itself. It is
	// set before the first call.
	Shelf Shelf

	account Account
	now     func() time.Time
	http    http.Client
	access  held
	ticket  held
}

// NewClient returns the client of an account, which may be none.
func NewClient(account Account, now func() time.Time) *Client {
	if account.API == "" {
		account.API = defaultAPI
	}
	if account.Open == "" {
		account.Open = defaultOpen
	}
	return &Client{account: account, now: now, http: http.Client{Timeout: CallTimeout},
		access: held{name: account.AppID + ":access"}, ticket: held{name: account.AppID + ":ticket"}}
}

// Configured reports whether there is an account.
func (c *Client) Configured() bool { return c.account.Configured() }

// AppID is the account's own; openids are of one AppID.
func (c *Client) AppID() string { return c.account.AppID }

func (c *Client) get(ctx context.Context, path string, query url.Values, into any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.account.API+path+"?"+query.Encode(), nil)
	return c.call(path, request, err, into)
}

func (c *Client) post(ctx context.Context, path string, body, into any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.account.API+path, bytes.NewReader(text))
	if err == nil {
		request.Header.Set("Content-Type", "application/json")
	}
	return c.call(path, request, err, into)
}

// call asks WeChat, which tells errors in a reply of status 200. No error holds the
// query or the body: they have the secret.
func (c *Client) call(path string, request *http.Request, err error, into any) error {
	failed := c.ask(path, request, err, into)
	counted(path, failed)
	if failed == nil {
		return nil
	}
	return failed
}

func (c *Client) ask(path string, request *http.Request, err error, into any) *Error {
	if err != nil {
		return &Error{Call: path, Fault: Away, Text: "the address is not valid"}
	}
	reply, err := c.http.Do(request)
	if err != nil {
		return &Error{Call: path, Fault: unreached(err)}
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(io.LimitReader(reply.Body, maxBody))
	if err != nil {
		return &Error{Call: path, Fault: unreached(err), Text: "the reply broke off"}
	}
	var refused struct {
		Code int    `json:"errcode"`
		Text string `json:"errmsg"`
	}
	switch err := json.Unmarshal(body, &refused); {
	case err == nil && refused.Code != 0:
		return &Error{Call: path, Fault: faultOf(refused.Code), Code: refused.Code, Text: shortened(refused.Text)}
	case reply.StatusCode >= http.StatusInternalServerError:
		return &Error{Call: path, Fault: Busy, Text: reply.Status}
	case err != nil || reply.StatusCode != http.StatusOK || json.Unmarshal(body, into) != nil:
		return &Error{Call: path, Fault: Nonsense, Text: reply.Status}
	}
	return nil
}

// unreached tells a call that took too long from one that did not arrive. The error
// itself holds the address.
func unreached(err error) Fault {
	var timeout interface{ Timeout() bool }
	if errors.As(err, &timeout) && timeout.Timeout() {
		return Slow
	}
	return Away
}

func shortened(text string) string {
	const most = 80
	runes := []rune(text)
	return string(runes[:min(len(runes), most)])
}
