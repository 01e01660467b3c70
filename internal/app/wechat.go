package app

import (
	"context"

	"anquanda/internal/wechat"
	"anquanda/internal/wechat/shared"
)

// openWeChat makes the one account of WeChat, which all nodes share.
func (a *App) openWeChat(_ context.Context, p *parts) (err error) {
	a.SharedWeChat, err = shared.New(a.DB, a.Redis, p.key.of("what nodes share of WeChat"), p.Now)
	if err != nil {
		return err
	}
	a.WeChat = wechat.NewClient(p.WeChat, p.Now)
	a.WeChat.Shelf = a.SharedWeChat
	return nil
}

// exchange learns from WeChat who came with a code, once for all nodes.
func (a *App) exchange(ctx context.Context, code string) (wechat.Login, error) {
	return a.SharedWeChat.Exchange(ctx, a.WeChat.AppID(), code, a.WeChat.Exchange)
}
