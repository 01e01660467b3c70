package app

import (
	"fmt"
	"sync"

	"anquanda/internal/httpapi"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/player"
	"anquanda/internal/identity"
	"anquanda/internal/report"
	"anquanda/internal/sqldb"
	"anquanda/internal/wechat"
	"anquanda/static"
)

// pagesOnce bundles the pages once a process: they are the same for every App.
var pagesOnce = sync.OnceValues(static.Load)

// openHandler puts all of HTTP in front of the capabilities.
func (a *App) openHandler(ids *sqldb.IDs, key masterKey, cfg Config) error {
	pages, err := pagesOnce()
	if err != nil {
		return fmt.Errorf("bundle the pages: %w", err)
	}
	if cfg.WeChat.Configured() {
		pages = pages.Allowing(wechat.SDKOrigin)
	}
	api := &player.API{Conduct: a.Conduct, UnitNames: a.Units, Catalog: a.Catalog, Players: a.Players, Sessions: identity.NewSessions(key.of("player sessions")),
		Play: a.Play, Boards: a.Boards, Banks: a.Banks, Pledges: a.Pledges, Prizes: a.Prizes, Drawn: a.Drawings, Claims: a.Claims, IDs: ids, Now: cfg.Now,
		Referrals: a.Referrals, WeChat: wechat.NewClient(cfg.WeChat, cfg.Now)}
	desk := &console.API{Conduct: a.Conduct, Forensics: a.Forensics, Look: a.StartLook, Paid: a.Payouts,
		UnitTrees: a.Units, Report: report.New(a.DB), Staff: a.Staff, Banks: a.Banks, Catalog: a.Catalog, Play: a.Play, Pledges: a.Pledges, Prizes: a.Prizes, IDs: ids, Now: cfg.Now,
		Drawn: a.Drawings, Booth: a.Booth, Claims: a.Claims, Players: a.Players,
		Referrals: a.Referrals, Drew: report.New(a.DB).DrewByChannel, EndRehearsal: a.EndRehearsal}
	if desk.Examples, err = examples(); err != nil {
		return err
	}
	server := &httpapi.Server{Player: api, Console: desk, Pages: pages, DB: a.DB, Redis: a.Redis, Proxies: cfg.Proxies}
	a.handler = server.Handler()
	return nil
}
