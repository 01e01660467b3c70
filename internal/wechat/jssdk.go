package wechat

import (
	"context"
	"crypto/rand"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"anquanda/internal/errs"
)

// The script of the JS-SDK. Pages load it only where an account is set up: it is
// the one thing that they ever take from another host.
const (
	SDKOrigin = "https://res.wx.qq.com"
	SDKScript = SDKOrigin + "/open/js/jweixin-1.6.0.js"
)

// A ticket is asked for anew ticketEarly before it ends, and after a failure not
// before ticketPause has passed: WeChat counts the calls of a day.
const (
	ticketEarly = 5 * time.Minute
	ticketPause = 30 * time.Second
)

// ErrNoCard is returned where no account is set up, or WeChat gives no ticket:
// the page then shares without a card.
var ErrNoCard = errs.New(errs.NotFound, "share_card_unknown", "没有配置微信分享卡片")

// ticket is the cached ticket of the JS-SDK.
type ticket struct {
	mu    sync.Mutex
	value string    // empty after a failure
	until time.Time // when it is asked for anew, or a failure may be repeated
}

// Card is what wx.config takes.
type Card struct {
	AppID     string
	Timestamp int64 // seconds
	Nonce     string
	Signature string
}

// SignPage signs a page by its address for the share card; what follows # is left
// out, as WeChat's documentation of the JS-SDK has it. Errors: ErrNoCard.
func (c *Client) SignPage(ctx context.Context, address string) (*Card, error) {
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
func (c *Client) currentTicket(ctx context.Context) (string, error) {
	t := &c.ticket
	t.mu.Lock()
	defer t.mu.Unlock()
	if c.now().Before(t.until) {
		if t.value == "" {
			return "", fmt.Errorf("wechat gave no ticket a moment ago")
		}
		return t.value, nil
	}
	// A phone that hangs up must not spoil the ticket of all.
	value, life, err := c.newTicket(context.WithoutCancel(ctx))
	if err != nil {
		t.value, t.until = "", c.now().Add(ticketPause)
		return "", err
	}
	t.value, t.until = value, c.now().Add(max(life-ticketEarly, ticketPause))
	return value, nil
}

func (c *Client) newTicket(ctx context.Context) (value string, life time.Duration, err error) {
	token, err := c.accessToken(ctx)
	if err != nil {
		return "", 0, err
	}
	var reply struct {
		Ticket  string `json:"ticket"`
		Seconds int64  `json:"expires_in"`
	}
	query := url.Values{"access_token": {token}, "type": {"jsapi"}}
	if err := c.get(ctx, "/cgi-bin/ticket/getticket", query, &reply); err != nil {
		return "", 0, err
	}
	if reply.Ticket == "" {
		return "", 0, fmt.Errorf("wechat's reply holds no ticket")
	}
	return reply.Ticket, time.Duration(reply.Seconds) * time.Second, nil
}
