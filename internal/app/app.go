// Package app is the composition root: one App, built by the program and by the
// end-to-end tests alike.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/pace"
	"anquanda/internal/play"
	"anquanda/internal/pledge"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/prize/handout"
	"anquanda/internal/prize/instant"
	"anquanda/internal/prize/payout"
	"anquanda/internal/redisdb"
	"anquanda/internal/referral"
	"anquanda/internal/report/forensics"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/unit"
	"anquanda/internal/wechat"
)

// Config is what an App is made of. The zero value of a field is its default.
type Config struct {
	Data  string // folder of the embedded store and the key; default var
	MySQL string // DSN; empty: SQLite in Data
	Redis string // host:port[,host:port…]; empty: in-process
	Key   []byte // 32 bytes; empty: ANQUANDA_KEY, else the file key in Data
	Now   func() time.Time
	// Public is where phones reach the pages, as https://quiz.example.org; empty: where
	// who asks has opened them.
	Public string
	// Proxies are the addresses (or CIDR) of the proxies in front, whose
	// X-Forwarded-For is believed; sign-in tries are counted by it.
	Proxies []string
	// WeChat is the account whose share card pages set; the zero value takes
	// ANQUANDA_WECHAT_APP and ANQUANDA_WECHAT_SECRET, and without them there is none.
	WeChat wechat.Account
	// WeChatPay is the file with the merchant's account of WeChat Pay; empty: none.
	WeChatPay string
	// CommitEach gives each answer its own commit, for `anquanda bench answers`.
	CommitEach bool
}

// App is the whole program, wired.
type App struct {
	DB      *sqldb.DB
	Redis   *redisdb.DB
	Banks   *bank.Store
	Catalog *catalog.Catalog
	Players *identity.Players
	Staff   *staff.Service
	Play    *play.Service
	Boards  *board.Service
	Pledges *pledge.Service
	Prizes  *prize.Ledger
	Units   *unit.Service
	// Instant, Drawings, Booth, Claims and Payouts are the doors of Prizes: what goes
	// into the ledger and out of it.
	Instant  *instant.Service
	Drawings *drawing.Drawings
	Booth    *handout.Booth
	Claims   *handout.Claims
	Payouts  *payout.Payouts
	// Referrals knows how players come.
	Referrals *referral.Service
	// Conduct keeps cases; Forensics looks for what they begin with.
	Conduct   *conduct.Service
	Forensics *forensics.Forensics

	scanning sync.WaitGroup // scans for signals under way, until stopped
	stopped  context.Context
	stop     context.CancelFunc
	handler  http.Handler
	now      func() time.Time
}

// New opens the stores, brings the schema up to date, loads what ships when the
// database is empty, and wires the capabilities. Errors are one line each.
func New(ctx context.Context, cfg Config) (*App, error) {
	cfg = cfg.withDefaults()
	a := &App{now: cfg.Now}
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

func (cfg Config) withDefaults() Config {
	if cfg.Data == "" {
		cfg.Data = "var"
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if !cfg.WeChat.Configured() {
		cfg.WeChat = wechat.Account{AppID: os.Getenv("ANQUANDA_WECHAT_APP"), Secret: os.Getenv("ANQUANDA_WECHAT_SECRET")}
	}
	return cfg
}

func (a *App) open(ctx context.Context, cfg Config) (err error) {
	if cfg.MySQL != "" {
		a.DB, err = sqldb.OpenMySQL(ctx, cfg.MySQL)
	} else {
		a.DB, err = sqldb.OpenSQLite(ctx, cfg.Data)
	}
	if err != nil {
		return err
	}
	a.Redis, err = redisdb.Open(ctx, cfg.Redis)
	return err
}

// Migrations are the tables of every capability, in order.
func Migrations() ([]sqldb.Migration, error) {
	return sqldb.Collect(sqldb.Migrations(), bank.Migrations(), unit.Migrations(), catalog.Migrations(), conduct.Migrations(),
		identity.Migrations(), play.Migrations(), board.Migrations(), staff.Migrations(), pledge.Migrations(), referral.Migrations(),
		prize.Migrations())
}

func (a *App) wire(ctx context.Context, cfg Config) error {
	migrations, err := Migrations()
	if err != nil {
		return err
	}
	if err := a.DB.Migrate(ctx, migrations); err != nil {
		return err
	}
	key, err := openKey(ctx, a.DB, cfg)
	if err != nil {
		return err
	}
	ids, err := sqldb.NewIDs(ctx, a.DB)
	if err != nil {
		return fmt.Errorf("claim a node number: %w", err)
	}
	a.Banks = bank.NewStore(a.DB, cfg.Now)
	a.Catalog = catalog.New(a.DB, ids, a.Banks, cfg.Now)
	a.Banks.SetGuard(a.Catalog.BankFits)
	vault, err := personal.NewVault(key.of("personal data"), key.of("personal hashes"))
	if err != nil {
		return err
	}
	a.Players = identity.NewPlayers(a.DB, ids, vault, cfg.Now)
	a.Staff = staff.New(a.DB, ids, cfg.Now)
	a.Boards = board.New(a.DB, a.Redis, a.Catalog, a.Players, cfg.Now)
	a.openUnits(ids, cfg)
	if err := a.loadShipped(ctx); err != nil {
		return err
	}
	if err := a.Catalog.Refresh(ctx); err != nil {
		if len(a.Catalog.All()) == 0 {
			return err
		}
		slog.WarnContext(ctx, "a contest does not load", "error", err) // others do
	}
	if err := a.openReferrals(key, cfg); err != nil {
		return err
	}
	a.Play, err = play.New(play.Config{
		DB: a.DB, IDs: ids, Catalog: a.Catalog, Players: a.Players, Key: key.of("tickets"), Now: cfg.Now,
		Hooks:     []play.Hook{a.Referrals.CreditInviters, a.Boards.SetStandings},
		Followers: []play.Follower{a.Boards.Follow, a.Referrals.Follow}, CommitEach: cfg.CommitEach,
	})
	if err != nil {
		return err
	}
	a.Referrals.Join(a.Play)
	if err := a.openPrizes(ids, key, cfg.Now); err != nil {
		return err
	}
	if err := a.openPayouts(cfg); err != nil {
		return err
	}
	a.openConduct(ids, cfg.Now)
	a.Pledges = pledge.New(pledge.Config{DB: a.DB, Catalog: a.Catalog, Players: a.Players, Key: key.of("pledge links"), Now: cfg.Now,
		Credit: a.creditPledge})
	return a.openHandler(ids, key, cfg)
}

// Handler serves all of HTTP.
func (a *App) Handler() http.Handler { return a.handler }

// refreshEvery is how soon a contest or bank that another node stored is seen.
const refreshEvery = 2 * time.Second

// stopWithin bounds a graceful stop; what was acknowledged is durable anyhow.
const stopWithin = 15 * time.Second

// HTTPServer is the server that the program runs around handler, with its
// limits on slow and oversized requests.
func HTTPServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      90 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug),
	}
}

// Serve answers requests on listener and runs the background work until ctx
// ends; then it takes no new requests, finishes those it accepted, and returns.
// It does not Close the App.
func (a *App) Serve(ctx context.Context, listener net.Listener) error {
	server := HTTPServer(a.handler)
	background, stopBackground := context.WithCancel(context.WithoutCancel(ctx))
	running := a.Start(background)
	defer running.Wait()
	defer stopBackground()

	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	err := server.Shutdown(stopping)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	return err
}

// Start runs the background work until ctx ends; wait for the group after.
func (a *App) Start(ctx context.Context) *sync.WaitGroup {
	var running sync.WaitGroup
	running.Go(func() { a.Boards.Run(ctx) })
	running.Go(func() { a.Referrals.Run(ctx) })
	running.Go(func() { a.Play.Run(ctx) })
	running.Go(func() { a.Pledges.Run(ctx) })
	running.Go(func() { a.Instant.Run(ctx) })
	running.Go(func() { a.Claims.Run(ctx) })
	running.Go(func() { a.Payouts.Run(ctx) })
	running.Go(func() { a.keepScanning(ctx) })
	running.Go(func() { a.checkAuditLog(ctx) })
	running.Go(func() { pace.Every(ctx, retentionEvery, "delete personal data whose retention is over", a.expire) })
	running.Go(func() { pace.Every(ctx, refreshEvery, "follow what other nodes stored", a.refresh) })
	return &running
}

func (a *App) refresh(ctx context.Context) error {
	err := errors.Join(
		errs.Wrap(a.Catalog.Refresh(ctx), "look for changed contests"),
		errs.Wrap(a.Units.Settle(ctx), "settle names of units"),
		errs.Wrap(a.rescorePending(ctx), "score results again"),
	)
	a.adviseServers(ctx)
	return err
}

// Close commits what was accepted and closes the stores.
func (a *App) Close() error {
	a.Pledges.Close()
	a.Referrals.Close()
	a.Drawings.Wait()
	a.stopScanning()
	a.Instant.Close()
	a.Play.Close()
	return a.closeStores()
}

func (a *App) closeStores() error {
	var errDB, errRedis error
	if a.DB != nil {
		errDB = a.DB.Close()
	}
	if a.Redis != nil {
		errRedis = a.Redis.Close()
	}
	return errors.Join(errDB, errRedis)
}
