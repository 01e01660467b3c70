package app

import (
	"fmt"
	"sync"

	"anquanda/internal/httpapi"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/console/accounts"
	"anquanda/internal/httpapi/console/banks"
	"anquanda/internal/httpapi/console/booth"
	"anquanda/internal/httpapi/console/cases"
	"anquanda/internal/httpapi/console/channels"
	"anquanda/internal/httpapi/console/contests"
	"anquanda/internal/httpapi/console/drawings"
	"anquanda/internal/httpapi/console/payouts"
	"anquanda/internal/httpapi/console/prizes"
	"anquanda/internal/httpapi/console/signatures"
	"anquanda/internal/httpapi/console/units"
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
		Play: a.Play, Boards: a.Boards, Banks: a.Banks, Pledges: a.Pledges, Prizes: a.Prizes, Instant: a.Instant, Drawings: a.Drawings,
		Claims: a.Claims, IDs: ids, Now: cfg.Now, Public: cfg.Public,
		Referrals: a.Referrals, Leaving: a.Leave, WeChat: wechat.NewClient(cfg.WeChat, cfg.Now)}
	desk, err := a.console(ids, cfg)
	if err != nil {
		return err
	}
	server := &httpapi.Server{Player: api, Console: desk, Pages: pages, DB: a.DB, Redis: a.Redis,
		Proxies: cfg.Proxies, Public: cfg.Public}
	a.handler = server.Handler()
	return nil
}

// console gives each screen of the console the services that it needs.
func (a *App) console(ids *sqldb.IDs, cfg Config) (httpapi.Console, error) {
	shipped, err := examples()
	if err != nil {
		return httpapi.Console{}, err
	}
	figures := report.New(a.DB)
	return httpapi.Console{
		Sessions: &console.Sessions{Staff: a.Staff},
		Accounts: &accounts.API{Staff: a.Staff},
		Banks:    &banks.API{Banks: a.Banks, Catalog: a.Catalog, Play: a.Play, IDs: ids},
		Contests: &contests.API{Catalog: a.Catalog, Players: a.Players, Play: a.Play, Report: figures, Now: cfg.Now,
			Public: cfg.Public, Examples: shipped, DeleteRehearsal: a.EndRehearsal},
		Units:      &units.API{Catalog: a.Catalog, Units: a.Units, Report: figures},
		Channels:   &channels.API{Catalog: a.Catalog, Referrals: a.Referrals, Drew: figures.DrewByChannel},
		Signatures: &signatures.API{Catalog: a.Catalog, Pledges: a.Pledges},
		Prizes:     &prizes.API{Catalog: a.Catalog, Prizes: a.Prizes, Instant: a.Instant, Claims: a.Claims},
		Booth:      &booth.API{Catalog: a.Catalog, Booth: a.Booth, Now: cfg.Now},
		Drawings:   &drawings.API{Catalog: a.Catalog, Drawings: a.Drawings, Players: a.Players, Now: cfg.Now},
		Payouts:    &payouts.API{Catalog: a.Catalog, Payouts: a.Payouts, Players: a.Players},
		Cases: &cases.API{Catalog: a.Catalog, Players: a.Players, Conduct: a.Conduct, Forensics: a.Forensics,
			Scan: a.StartScan},
	}, nil
}
