package wechat

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Token is what WeChat gives for a while: an access token, a ticket of the JS-SDK.
type Token struct {
	Value string
	Until time.Time // when it ends
}

// Good reports whether a token can be used at a time, and is not the one that WeChat
// has refused.
func (t Token) Good(at time.Time, refused string) bool {
	return t.Value != "" && t.Value != refused && at.Before(t.Until)
}

// Fresh reports whether a token is good and not yet to be renewed.
func (t Token) Fresh(at time.Time, refused string) bool { return t.Good(at.Add(Early), refused) }

// A token is asked for anew Early before it ends, which is from when WeChat hands out
// the next one while this one holds; after a failure not before Pause has passed, as
// WeChat counts the calls of a day.
const (
	Early = 5 * time.Minute
	Pause = 30 * time.Second
)

// Shelf keeps the tokens of an account for all nodes.
type Shelf interface {
	// Token returns the token of that name. Where there is none, or it is about to end,
	// one of all nodes makes it anew by renew. refused is one that WeChat has refused,
	// which is not returned again; empty: none.
	Token(ctx context.Context, name, refused string, renew func(context.Context) (Token, error)) (Token, error)
}

// held is a token in this node's memory.
type held struct {
	name string

	mu    sync.Mutex
	token Token
	again time.Time // when it is looked for anew
}

var errPaused = errors.New("wechat gave nothing a moment ago")

// hold returns the token that holds now. One caller looks for a new one, the others
// wait for it.
func (c *Client) hold(
	ctx context.Context, h *held, refused string, renew func(context.Context) (Token, error),
) (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := c.now()
	switch {
	case now.Before(h.again) && h.token.Good(now, refused):
		return h.token.Value, nil
	case now.Before(h.again) && h.token.Value == "":
		return "", errPaused
	}
	// A phone that hangs up must not spoil the token of all.
	token, err := c.look(context.WithoutCancel(ctx), h.name, refused, renew)
	if err != nil {
		h.token, h.again = Token{}, now.Add(Pause)
		return "", err
	}
	h.token, h.again = token, token.Until.Add(-Early)
	if h.again.Before(now.Add(Pause)) {
		h.again = now.Add(Pause)
	}
	return token.Value, nil
}

func (c *Client) look(
	ctx context.Context, name, refused string, renew func(context.Context) (Token, error),
) (Token, error) {
	if c.Shelf == nil {
		return renew(ctx)
	}
	return c.Shelf.Token(ctx, name, refused, renew)
}

// accessToken is the token with which the account's own calls are made.
func (c *Client) accessToken(ctx context.Context, refused string) (string, error) {
	return c.hold(ctx, &c.access, refused, c.newAccessToken)
}

// newAccessToken asks for the stable token: whoever asks while it holds gets the same
// one, so no node ends what another uses. It is not asked to be made anew by force,
// which WeChat allows 20 times a day.
func (c *Client) newAccessToken(ctx context.Context) (Token, error) {
	const path = "/cgi-bin/stable_token"
	var reply struct {
		Token   string `json:"access_token"`
		Seconds int64  `json:"expires_in"`
	}
	body := map[string]any{"grant_type": "client_credential", "appid": c.account.AppID, "secret": c.account.Secret,
		"force_refresh": false}
	if err := c.post(ctx, path, body, &reply); err != nil {
		return Token{}, err
	}
	return c.until(path, reply.Token, reply.Seconds)
}

// maxLife bounds what a reply says of a token's life.
const maxLife = 24 * time.Hour

func (c *Client) until(path, value string, seconds int64) (Token, error) {
	if value == "" || len(value) > 1024 || seconds <= 0 {
		return Token{}, &Error{Call: path, Fault: Nonsense, Text: "the reply holds no token"}
	}
	life := min(time.Duration(min(seconds, int64(maxLife/time.Second)))*time.Second, maxLife)
	return Token{Value: value, Until: c.now().Add(life)}, nil
}

// withAccess makes a call with the access token; where WeChat refuses it, once more
// with the one that WeChat gives then.
func (c *Client) withAccess(ctx context.Context, call func(token string) error) error {
	token, err := c.accessToken(ctx, "")
	if err != nil {
		return err
	}
	err = call(token)
	if fault := FaultOf(err); err == nil || fault != BadSecret && fault != BadToken {
		return err
	}
	if token, err = c.accessToken(ctx, token); err != nil {
		return err
	}
	return call(token)
}

// Check asks WeChat for the access token, as the share card needs it: what is wrong
// with the account shows here. Errors: *Error.
func (c *Client) Check(ctx context.Context) error {
	_, err := c.newAccessToken(ctx)
	return err
}
