package app

import (
	"context"
	"encoding/json"
	"errors"

	"anquanda/internal/errs"
	"anquanda/internal/wechat"
	"anquanda/internal/wechat/shared"
)

// openWeChat makes the one account of WeChat, which all nodes share.
func (a *App) openWeChat(_ context.Context, p *parts) error {
	a.SharedWeChat = shared.New(a.DB, a.Redis, p.ring.Of("what nodes share of WeChat"), p.Now)
	a.WeChat = wechat.NewClient(p.WeChat, p.Now)
	a.WeChat.Shelf = a.SharedWeChat
	return nil
}

// wechatSaid is what WeChat said of a code. A refusal is kept like an answer: asking
// again would be told that the code is used.
type wechatSaid struct {
	Login   wechat.Login  `json:"login"`
	Refused *wechat.Error `json:"refused,omitempty"`
}

// exchange learns from WeChat who came with a code, once for all nodes. Errors:
// *wechat.Error, signin.ErrUnderway, those of the store.
func (a *App) exchange(ctx context.Context, code string) (wechat.Login, error) {
	kept, _, err := a.codes.Do(ctx, "wechat", a.WeChat.AppID(), code, func(ctx context.Context) ([]byte, error) {
		var said wechatSaid
		login, err := a.WeChat.Exchange(ctx, code)
		if err != nil && !errors.As(err, &said.Refused) {
			return nil, err
		}
		said.Login = login
		return json.Marshal(said)
	})
	if err != nil {
		return wechat.Login{}, err
	}
	var said wechatSaid
	if err := json.Unmarshal(kept, &said); err != nil {
		return wechat.Login{}, errs.Wrap(err, "read what WeChat said of a code")
	}
	if said.Refused != nil {
		return wechat.Login{}, said.Refused
	}
	return said.Login, nil
}
