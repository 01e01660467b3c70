package app

import (
	"context"
	"fmt"
	"sync"

	"anquanda/internal/httpapi"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/console/accounts"
	"anquanda/internal/httpapi/console/banks"
	"anquanda/internal/httpapi/console/booth"
	"anquanda/internal/httpapi/console/cases"
	"anquanda/internal/httpapi/console/channels"
	"anquanda/internal/httpapi/console/closings"
	"anquanda/internal/httpapi/console/contests"
	"anquanda/internal/httpapi/console/drawings"
	"anquanda/internal/httpapi/console/entries"
	"anquanda/internal/httpapi/console/figures"
	"anquanda/internal/httpapi/console/forms"
	"anquanda/internal/httpapi/console/lists"
	"anquanda/internal/httpapi/console/messages"
	"anquanda/internal/httpapi/console/names"
	"anquanda/internal/httpapi/console/pairings"
	"anquanda/internal/httpapi/console/payouts"
	"anquanda/internal/httpapi/console/prizes"
	"anquanda/internal/httpapi/console/robot"
	"anquanda/internal/httpapi/console/rooms"
	"anquanda/internal/httpapi/console/screens"
	"anquanda/internal/httpapi/console/signatures"
	"anquanda/internal/httpapi/console/spots"
	"anquanda/internal/httpapi/console/tasks"
	"anquanda/internal/httpapi/console/units"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/fill"
	"anquanda/internal/httpapi/live"
	"anquanda/internal/httpapi/player"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/limit"
	"anquanda/internal/wechat"
	"anquanda/static"
)

// pagesOnce bundles the pages once a process: they are the same for every App.
var pagesOnce = sync.OnceValues(static.Load)

// openHandler puts all of HTTP in front of the capabilities.
func (a *App) openHandler(_ context.Context, p *parts) error {
	pages, err := pagesOnce()
	if err != nil {
		return fmt.Errorf("bundle the pages: %w", err)
	}
	if p.WeChat.Configured() {
		pages = pages.Allowing(wechat.SDKOrigin)
	}
	pages = pages.PlayingFrom(p.MediaHosts)
	if p.NoOffline {
		pages = pages.WithoutWorker()
	}
	pages = pages.Describing(a.describe(p.Config))
	var verifications []wechat.Verification
	for _, path := range p.WeChatVerify {
		file, err := wechat.ReadVerification(path)
		if err != nil {
			return fmt.Errorf("--wechat-verify: %w", err)
		}
		verifications = append(verifications, file)
	}
	passes := web.NewPasses(p.ring.Of("passes of rehearsals"))
	elsewhere, err := a.elsewhere(p)
	if err != nil {
		return err
	}
	api := &player.API{Conduct: a.Conduct, Units: a.Units, Catalog: a.Catalog, Players: a.Players,
		Desk: &web.Desk{Sessions: a.Sessions, Players: a.Players},
		Play: a.Play, Boards: a.Boards, Banks: a.Banks, Pledges: a.Pledges,
		Certificates: a.Certificates, Honours: a.Honours, Pairs: a.pairs(), Prizes: a.Prizes, Instant: a.Instant,
		Lists:    contestview.NewLists(a.Lists, a.Players, a.Teams, p.Now),
		Drawings: a.Drawings, Halls: a.Halls, Rooms: a.Live,
		Claims: a.Claims, Payouts: a.Payouts, IDs: p.ids, Now: p.Now, Public: p.Public, Passes: passes,
		Referrals: a.Referrals, Finds: a.Spots, Polls: a.Polls, Teams: a.Teams,
		Doors: a.doorsOffered, Leaving: a.Leave, WeChat: a.WeChat,
		Phones:   a.Phones,
		Accounts: elsewhere, Booth: a.confirms,
		AskWeChat: a.exchange, Trips: web.Trips{Keys: p.ring.Of("ways to sign in")}}
	api.Limits = a.limits(p)
	desk, err := a.console(p, passes, api.Limits.Limiter)
	if err != nil {
		return err
	}
	phones := &live.API{Catalog: a.Catalog, Players: a.Players, Rooms: a.Live, Hub: a.streams, Now: p.Now, Passes: passes}
	phones.Limits = api.Limits
	a.Live.Watch(phones.Push)
	a.Live.Audience(phones.Audience)
	a.Live.Forgotten(phones.Forget)
	server := &httpapi.Server{Player: api, Live: phones, Console: desk,
		Fill: &fill.API{Catalog: a.Catalog, Offline: a.Offline, Limits: api.Limits}, Pages: pages, DB: a.DB, Redis: a.Redis,
		Disk: a.disk, Keys: a.Keys,
		Verifications: verifications, Proxies: p.Proxies, Public: p.Public, Passes: passes,
		Metrics: p.OpenMetrics}
	a.handler = server.Handler()
	return nil
}

// console gives each screen of the console the services that it needs.
func (a *App) console(p *parts, passes *web.Passes, limits *limit.Limiter) (httpapi.Console, error) {
	shipped, err := examples()
	if err != nil {
		return httpapi.Console{}, err
	}
	a.tasks = &tasks.API{Catalog: a.Catalog, Conduct: a.Conduct, Drawings: a.Drawings, Payouts: a.Payouts,
		Claims: a.Claims, Instant: a.Instant, Now: p.Now}
	return httpapi.Console{
		Catalog:  a.Catalog,
		Messages: &messages.API{Phones: a.Phones},
		Sessions: &console.Sessions{Staff: a.Staff, Limits: limits},
		Accounts: &accounts.API{Staff: a.Staff, Catalog: a.Catalog, LogBroken: a.logBroken.Load,
			Deciding: a.deciding},
		Banks: &banks.API{Banks: a.Banks, Catalog: a.Catalog, Play: a.Play, IDs: p.ids, Staff: a.Staff, Now: p.Now},
		Contests: &contests.API{Catalog: a.Catalog, Banks: a.Banks, Players: a.Players, Play: a.Play, Report: a.Report,
			Now: p.Now, Public: p.Public, Examples: shipped, DeleteRehearsal: a.EndRehearsal,
			DeleteDraftRehearsal: a.EndDraftRehearsal, Doors: a.doorsOffered, Passes: passes},
		Figures: &figures.API{Catalog: a.Catalog, Banks: a.Banks, Units: a.Units, Referrals: a.Referrals,
			Report: a.Report, Personal: a.Players.Personal, Polls: a.Polls, Tally: a.Tally,
			Studies: figures.NewStudies(p.Now), Now: p.Now},
		Forms:   &forms.API{Catalog: a.Catalog, Closing: a.Closing, Forms: a.forms, Offline: a.Offline},
		Entries: &entries.API{Catalog: a.Catalog, Offline: a.Offline, Closing: a.Closing},
		Closings: &closings.API{Catalog: a.Catalog, Closing: a.Closing, Honours: a.Honours,
			Certificates: a.Certificates, Now: p.Now},
		Units:      &units.API{Catalog: a.Catalog, Units: a.Units, Report: a.Report},
		Lists:      &lists.API{Catalog: a.Catalog, Lists: a.Lists, Players: a.Players, Now: p.Now},
		Pairings:   &pairings.API{Catalog: a.Catalog, Pairs: a.pairs(), Now: p.Now},
		Spots:      &spots.API{Catalog: a.Catalog, Spots: a.Spots},
		Channels:   &channels.API{Catalog: a.Catalog, Referrals: a.Referrals, Drew: a.Report.DrewByChannel},
		Signatures: &signatures.API{Catalog: a.Catalog, Pledges: a.Pledges},
		Names: &names.API{Catalog: a.Catalog, Players: a.Players, Pledges: a.Pledges, Names: a.Names, Teams: a.Teams,
			Decide: a.DecideNames, Settle: a.settleNames},
		Prizes: &prizes.API{Catalog: a.Catalog, Prizes: a.Prizes, Instant: a.Instant, Claims: a.Claims},
		Booth:  &booth.API{Catalog: a.Catalog, Booth: a.Booth, Now: p.Now},
		Proofs: &booth.Proofs{Catalog: a.Catalog, Booth: a.confirms, Players: a.Players,
			Now: func() int64 { return p.Now().UnixMilli() }},
		Drawings: &drawings.API{Catalog: a.Catalog, Drawings: a.Drawings, Players: a.Players, Now: p.Now},
		Rooms:    &rooms.API{Catalog: a.Catalog, Rooms: a.Live, Now: p.Now, Passes: passes},
		Screens:  &screens.API{Catalog: a.Catalog, Halls: a.Halls, Drawings: a.Drawings, Rooms: a.Live, Now: p.Now},
		Tasks:    a.tasks,
		Robot:    &robot.API{Webhook: a.Webhook},
		Payouts:  &payouts.API{Catalog: a.Catalog, Payouts: a.Payouts, Players: a.Players},
		Cases: &cases.API{Catalog: a.Catalog, Players: a.Players, Conduct: a.Conduct, Forensics: a.Forensics,
			Scan: a.StartScan, Play: a.Play, Staff: a.Staff},
	}, nil
}

// pairs reads the pairings of units for the pages of every audience.
func (a *App) pairs() contestview.Pairings {
	return contestview.Pairings{Pairings: a.Pairings, Boards: a.Boards}
}
