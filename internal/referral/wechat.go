package referral

import (
	"context"
	"crypto/rand"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"anquanda/internal/errs"
)

// WeChat is the account whose share card the pages may set. The zero value is
// none: the pages work without.
type WeChat struct {
	AppID  string
	Secret string
	API    string // base address; empty: WeChat's own
}

// Configured reports whether there is an account.
func (w WeChat) Configured() bool { return w.AppID != "" && w.Secret != "" }

// The script of the JS-SDK. Pages load it only where an account is set up: it is
// the one thing that they ever take from another host.
const (
	SDKOrigin = "https://res.wx.qq.com"
	SDKScript = SDKOrigin + "/open/js/jweixin-1.6.0.js"
)

const (
	wechatAPI     = "https://api.weixin.qq.com"
	wechatTimeout = 5 * time.Second
	wechatMaxBody = 64 << 10
	// A ticket is asked for anew this long before it ends, and after a failure not
	// before so long: WeChat counts the calls of a day.
	wechatEarly = 5 * time.Minute
	wechatPause = 30 * time.Second
)

// ErrNoCard is returned where no account is set up, or WeChat gives no ticket:
// the page then shares without a card.
var ErrNoCard = errs.New(errs.NotFound, "share_card_unknown", "没有配置微信分享卡片")

// Cards signs pages for WeChat's JS-SDK. It is safe for concurrent use.
type Cards struct {
	account WeChat
	now     func() time.Time
	client  http.Client

	mu     sync.Mutex
	ticket string
	until  time.Time // when the ticket is asked for anew, or a failure may be repeated
}

// NewCards returns the signer of an account, which may be none.
func NewCards(account WeChat, now func() time.Time) *Cards {
	if account.API == "" {
		account.API = wechatAPI
	}
	return &Cards{account: account, now: now, client: http.Client{Timeout: wechatTimeout}}
}

// Card is what wx.config takes.
type Card struct {
	AppID     string
	Timestamp int64 // seconds
	Nonce     string
	Signature string
}

// Sign signs a page by its address; what follows # is left out, as WeChat's
// documentation of the JS-SDK has it. Errors: ErrNoCard.
func (c *Cards) Sign(ctx context.Context, address string) (*Card, error) {
	if !c.account.Configured() {
		return nil, ErrNoCard
	}
	ticket, err := c.currentTicket(ctx)
	if err != nil {
		return nil, ErrNoCard.Because(err)
	}
	address, _, _ = strings.Cut(address, "#")
	card := &Card{AppID: c.account.AppID, Timestamp: c.now().Unix(), Nonce: rand.Text()}
	signed := sha1.Sum([]byte("jsapi_ticket=" + ticket + "&noncestr=" + card.Nonce +
		"&timestamp=" + strconv.FormatInt(card.Timestamp, 10) + "&url=" + address))
	card.Signature = hex.EncodeToString(signed[:])
	return card, nil
}

// currentTicket is the ticket that holds now. One caller asks WeChat, the others
// wait for the answer.
func (c *Cards) currentTicket(ctx context.Context) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.now().Before(c.until) {
		if c.ticket == "" {
			return "", fmt.Errorf("wechat gave no ticket a moment ago")
		}
		return c.ticket, nil
	}
	// A phone that hangs up must not spoil the ticket of all.
	ticket, life, err := c.newTicket(context.WithoutCancel(ctx))
	if err != nil {
		c.ticket, c.until = "", c.now().Add(wechatPause)
		return "", err
	}
	c.ticket, c.until = ticket, c.now().Add(max(life-wechatEarly, wechatPause))
	return ticket, nil
}

func (c *Cards) newTicket(ctx context.Context) (ticket string, life time.Duration, err error) {
	var token struct {
		Value string `json:"access_token"`
	}
	query := url.Values{"grant_type": {"client_credential"}, "appid": {c.account.AppID}, "secret": {c.account.Secret}}
	if err := c.get(ctx, "/cgi-bin/token", query, &token); err != nil {
		return "", 0, err
	}
	var reply struct {
		Ticket  string `json:"ticket"`
		Seconds int64  `json:"expires_in"`
	}
	if err := c.get(ctx, "/cgi-bin/ticket/getticket", url.Values{"access_token": {token.Value}, "type": {"jsapi"}}, &reply); err != nil {
		return "", 0, err
	}
	if reply.Ticket == "" {
		return "", 0, fmt.Errorf("wechat's reply holds no ticket")
	}
	return reply.Ticket, time.Duration(reply.Seconds) * time.Second, nil
}

// get asks WeChat, which tells errors in a reply of status 200. No error holds
// the query: it has the secret.
func (c *Cards) get(ctx context.Context, path string, query url.Values, into any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.account.API+path+"?"+query.Encode(), nil)
	if err != nil {
		return fmt.Errorf("wechat %s: the address is not valid", path)
	}
	reply, err := c.client.Do(request)
	if err != nil {
		return fmt.Errorf("wechat %s cannot be reached", path)
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(io.LimitReader(reply.Body, wechatMaxBody))
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
