package wechat

import (
	"context"
	"crypto/rand"
	"crypto/sha1"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"

	"anquanda/internal/errs"
)

// The script of the JS-SDK. Pages load it only where an account is set up: it is
// the one thing that they ever take from another host.
const (
	SDKOrigin = "https://res.wx.qq.com"
	SDKScript = SDKOrigin + "/open/js/jweixin-1.6.0.js"
)

// ErrNoCard is returned where no account is set up, or WeChat gives no ticket:
// the page then shares without a card.
var ErrNoCard = errs.New(errs.NotFound, "share_card_unknown", "没有配置微信分享卡片")

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

// currentTicket is the ticket that holds now, for all nodes.
func (c *Client) currentTicket(ctx context.Context) (string, error) {
	return c.hold(ctx, &c.ticket, "", c.newTicket)
}

func (c *Client) newTicket(ctx context.Context) (Token, error) {
	const path = "/cgi-bin/ticket/getticket"
	var reply struct {
		Ticket  string `json:"ticket"`
		Seconds int64  `json:"expires_in"`
	}
	err := c.withAccess(ctx, func(token string) error {
		return c.get(ctx, path, url.Values{"access_token": {token}, "type": {"jsapi"}}, &reply)
	})
	if err != nil {
		return Token{}, err
	}
	return c.until(path, reply.Ticket, reply.Seconds)
}
