// Package app is the composition root: one App, built by the program and by the
// end-to-end tests alike.
package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/certificate"
	"anquanda/internal/conduct"
	"anquanda/internal/hall"
	"anquanda/internal/honour"
	"anquanda/internal/httpapi/console/tasks"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/identity/signin"
	accounts "anquanda/internal/identity/signin/account"
	"anquanda/internal/identity/signin/booth"
	"anquanda/internal/identity/signin/phone"
	"anquanda/internal/keyring"
	"anquanda/internal/keyring/rotation"
	"anquanda/internal/live"
	"anquanda/internal/live/hub"
	"anquanda/internal/pairing"
	"anquanda/internal/play"
	"anquanda/internal/pledge"
	"anquanda/internal/poll"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/prize/handout"
	"anquanda/internal/prize/instant"
	"anquanda/internal/prize/payout"
	"anquanda/internal/publicname"
	"anquanda/internal/redisdb"
	"anquanda/internal/referral"
	"anquanda/internal/report"
	"anquanda/internal/report/closing"
	"anquanda/internal/report/forensics"
	"anquanda/internal/report/form"
	"anquanda/internal/report/offline"
	"anquanda/internal/report/tally"
	"anquanda/internal/shortlist"
	"anquanda/internal/spot"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/team"
	"anquanda/internal/unit"
	"anquanda/internal/webhook"
	"anquanda/internal/wechat"
	"anquanda/internal/wechat/shared"
)

// App is the whole program, wired.
type App struct {
	DB      *sqldb.DB
	Redis   *redisdb.DB
	Keys    *rotation.Rotation // the key ring, as all nodes agree on it
	Banks   *bank.Store
	Catalog *catalog.Catalog
	Players *identity.Players
	// Sessions are where players are signed in.
	Sessions *identity.Sessions
	Names    *publicname.Names
	Phones   *phone.Service // proves persons by SMS
	Staff    *staff.Service
	Play     *play.Service
	Boards   *board.Service
	// Tally counts what is played while it is played.
	Tally *tally.Service
	// Report tells what was played, Closing what an office hands in of it.
	Report  *report.Service
	Closing *closing.Service
	// Offline keeps what units tell of what happened off line.
	Offline *offline.Service
	forms   *form.Service // tables of other offices
	Pledges *pledge.Service
	// Certificates are those that players hold.
	Certificates *certificate.Service
	// Honours are what units are awarded.
	Honours *honour.Service
	Lists   *shortlist.Store
	// Pairings are units that meet in rounds.
	Pairings *pairing.Service
	Polls    *poll.Store
	Teams    *team.Service // that players form
	Prizes   *prize.Ledger
	Units    *unit.Service
	// Instant, Drawings, Booth, Claims and Payouts are the doors of Prizes: what goes
	// into the ledger and out of it.
	Instant  *instant.Service
	Drawings *drawing.Drawings
	Booth    *handout.Booth
	Claims   *handout.Claims
	Payouts  *payout.Payouts
	// Spots knows the codes that players find.
	Spots *spot.Service
	// Referrals knows how players come.
	Referrals *referral.Service
	// WeChat asks the account of WeChat, and SharedWeChat is what all nodes agree on of it.
	WeChat       *wechat.Client
	SharedWeChat *shared.Store
	// Conduct keeps cases; Forensics looks for what they begin with.
	Conduct   *conduct.Service
	Forensics *forensics.Forensics

	// Halls keeps what big screens show.
	Halls *hall.Service

	// Webhook tells a group of staff what waits, which tasks counts.
	Webhook *webhook.Service
	tasks   *tasks.API

	// Live keeps live rooms; streams are the phones that watch them.
	Live    *live.Service
	streams *hub.Hub

	free func() (uint64, error) // bytes that the disk of the data folder has left
	// storeElsewhere tells whether what is stored stands on another server's disk.
	storeElsewhere bool
	diskLow        atomic.Bool

	codes     *signin.Once       // of accounts elsewhere
	providers accounts.Providers // of these accounts
	confirms  *booth.Service     // persons at a booth

	scanning sync.WaitGroup // scans for signals under way, until stopped
	stopped  context.Context
	stop     context.CancelFunc
	handler  http.Handler
	now      func() time.Time
	clock    *clock // behind now, where no other was given

	logBroken atomic.Int64 // entry of the audit log that was altered; 0: none is known
	auditLog  string       // where entries of it go too
}

// New opens the stores, brings the schema up to date, loads what ships when the
// database is empty, and wires the capabilities. Errors are one line each.
func New(ctx context.Context, cfg Config) (*App, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	a := &App{auditLog: cfg.AuditLog}
	if cfg.Now == nil {
		a.clock = clockOf(cfg.Ahead)
		cfg.Now = a.clock.now
	}
	a.now = cfg.Now
	a.free = func() (uint64, error) { return cfg.Free(cfg.Data) }
	a.storeElsewhere = cfg.MySQL != ""
	if err := a.open(ctx, cfg); err != nil {
		a.closeStores()
		return nil, err
	}
	if err := a.wire(ctx, cfg); err != nil {
		a.closeStores()
		return nil, err
	}
	return a, nil
}

func (a *App) open(ctx context.Context, cfg Config) (err error) {
	if a.DB, err = openStore(ctx, cfg); err != nil {
		return err
	}
	if err = a.followClock(ctx); err != nil {
		return fmt.Errorf("ask the database's clock: %w", err)
	}
	if a.clock != nil { // the clock of a test tells when people play, and stands still
		a.DB.GoBy(a.clock.now)
	}
	a.Redis, err = redisdb.Open(ctx, cfg.Redis)
	return err
}

func openStore(ctx context.Context, cfg Config) (*sqldb.DB, error) {
	if cfg.MySQL != "" {
		return sqldb.OpenMySQL(ctx, cfg.MySQL)
	}
	return sqldb.OpenSQLite(ctx, cfg.Data)
}

// Migrations are the tables of every capability, in order.
func Migrations() ([]sqldb.Migration, error) {
	return sqldb.Collect(sqldb.Migrations(), bank.Migrations(), unit.Migrations(), catalog.Migrations(),
		conduct.Migrations(), publicname.Migrations(), identity.Migrations(), phone.Migrations(), play.Migrations(),
		board.Migrations(), staff.Migrations(), pledge.Migrations(), referral.Migrations(), prize.Migrations(),
		live.Migrations(), certificate.Migrations(), shortlist.Migrations(), poll.Migrations(), honour.Migrations(),
		team.Migrations(), pairing.Migrations(),
		tally.Migrations(), offline.Migrations(), form.Migrations(),
		webhook.Migrations(), shared.Migrations(), signin.Migrations(), rotation.Migrations(), hall.Migrations())
}

// parts are what capabilities are made with.
type parts struct {
	Config
	ids   *sqldb.IDs
	ring  *keyring.Ring
	vault *personal.Vault // of what players tell
}

// wire makes the capabilities, each from those that stand before it here.
func (a *App) wire(ctx context.Context, cfg Config) error {
	p := parts{Config: cfg}
	for _, open := range []func(context.Context, *parts) error{
		a.openSchema,   // tables, the key, the number of this node
		a.openGround,   // banks, contests, players, staff, boards, units
		a.loadContests, // what ships with the program, and what is stored
		a.openWeChat,
		a.openWebhook,
		a.openPhones, // codes by SMS
		a.openPlay,   // attempts, which referrals and boards follow
		a.openPrizes, // the ledger with its doors
		a.openPayouts,
		a.openConduct,
		a.openPledges,
		a.openLive,
		a.openDoors,   // through which persons are proven
		a.openHandler, // HTTP in front of all of them
	} {
		if err := open(ctx, &p); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) openSchema(ctx context.Context, p *parts) error {
	migrations, err := Migrations()
	if err != nil {
		return err
	}
	if err := a.DB.Migrate(ctx, migrations); err != nil {
		return err
	}
	if a.Keys, err = rotation.Open(ctx, a.DB, keySource(p.Config)); err != nil {
		return err
	}
	p.ring = a.Keys.Ring()
	a.DB.SignWith(p.ring.Of("audit log"))
	if p.ids, err = sqldb.NewIDs(ctx, a.DB); err != nil {
		return fmt.Errorf("claim a node number: %w", err)
	}
	return nil
}

// openGround makes what all others stand on, and tells each of those it asks, before
// anything is stored: the guards of banks and definitions, who hears of new units.
func (a *App) openGround(ctx context.Context, p *parts) error {
	p.vault = personal.NewVault(p.ring.Of("personal data"), p.ring.Of("personal hashes"))
	a.Banks = bank.NewStore(a.DB, p.Now)
	a.Catalog = catalog.New(a.DB, p.ids, a.Banks, p.Now)
	a.Catalog.PlaysFrom(p.MediaHosts)
	a.Names = publicname.New(a.DB, p.Now)
	if err := a.Names.Follow(ctx); err != nil {
		return err
	}
	a.Players = identity.NewPlayers(a.DB, p.ids, p.vault, p.Now)
	a.Players.Names = a.Names
	a.Sessions = identity.NewSessions(a.DB, p.ids, p.ring.Of("player sessions"), p.Now)
	if err := a.Sessions.Follow(ctx); err != nil {
		return err
	}
	a.Staff = staff.New(a.DB, p.ids, p.ring.Of("staff"), p.Now)
	a.Staff.Words = func() []string { return a.ownWords(p.Public) }
	a.Boards = board.New(a.DB, a.Redis, a.Catalog, a.Players, p.Now)
	a.Units = a.newUnits(p)
	a.Teams = a.newTeams(p)
	a.Halls = hall.New(a.DB, p.ids, p.Now)
	a.Banks.SetGuard(a.Catalog.BankFits)
	known, err := ShippedReferences()
	if err != nil {
		return err
	}
	a.Banks.SetKnown(known)
	a.Catalog.SetGuard(catalog.Guards(prize.GuardStock(drawing.Promised), pledge.Guard, play.GuardScale(a.Catalog)))
	a.Catalog.OnUnits(a.Boards.UnitsMoved)
	return nil
}

// loadContests reads the contests that are stored; without any, it stores those
// that ship.
func (a *App) loadContests(ctx context.Context, _ *parts) error {
	if err := a.loadShipped(ctx); err != nil {
		return err
	}
	err := a.Catalog.Refresh(ctx)
	if err != nil && len(a.Catalog.All()) > 0 {
		slog.WarnContext(ctx, "a contest does not load", "error", err) // others do
		return nil
	}
	return err
}
