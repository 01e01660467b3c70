package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/httpapi"
	"anquanda/internal/keyring/rotation"
	"anquanda/internal/pace"
)

// Handler serves all of HTTP.
func (a *App) Handler() http.Handler { return a.handler }

// refreshEvery is how soon a contest or bank that another node stored is seen.
const refreshEvery = 2 * time.Second

// leaveWithin bounds what a node that stops waits to say so; without it the others wait for
// it a little longer.
const leaveWithin = 2 * time.Second

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
	a.streams.Close() // Shutdown does not know connections that were taken over
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	err := server.Shutdown(stopping)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	return err
}

// ServeMetrics answers /metrics, and nothing else, on listener until ctx ends.
func (a *App) ServeMetrics(ctx context.Context, listener net.Listener) error {
	server := HTTPServer(httpapi.Metrics())
	defer context.AfterFunc(ctx, func() { server.Close() })()
	err := server.Serve(listener)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// Start runs the background work until ctx ends; wait for the group after.
func (a *App) Start(ctx context.Context) *sync.WaitGroup {
	var running sync.WaitGroup
	running.Go(func() { pace.Every(ctx, clockEvery, "ask the database's clock", a.followClock) })
	running.Go(func() { a.Boards.Run(ctx) })
	running.Go(func() { pace.Every(ctx, rotation.FollowEvery, "follow the key ring", a.Keys.Follow) })
	running.Go(func() { pace.Every(ctx, resealEvery, "seal anew with the new key", a.reseal) })
	running.Go(func() { a.Referrals.Run(ctx) })
	running.Go(func() { a.Tally.Run(ctx) })
	running.Go(func() { a.Play.Run(ctx) })
	running.Go(func() { a.Pledges.Run(ctx) })
	running.Go(func() { a.Halls.Run(ctx) })
	running.Go(func() { a.Live.Run(ctx) })
	running.Go(func() { a.Instant.Run(ctx) })
	running.Go(func() { a.Claims.Run(ctx) })
	running.Go(func() { a.Payouts.Run(ctx) })
	running.Go(func() { a.codes.Run(ctx) })
	running.Go(func() { a.Webhook.Run(ctx) })
	running.Go(func() { pace.Every(ctx, tellEvery, "note what waits for staff", a.tellWaiting) })
	running.Go(func() { a.keepScanning(ctx) })
	running.Go(func() { a.keepCheckingLog(ctx) })
	running.Go(func() { a.shipLog(ctx) })
	running.Go(func() { pace.Every(ctx, retentionEvery, "delete personal data whose retention is over", a.expire) })
	running.Go(func() { pace.Every(ctx, freezeEvery, "keep the figures of periods that are over", a.FreezePeriods) })
	running.Go(func() { pace.After(ctx, a.untilLists, "make lists of players", a.MakeLists) })
	running.Go(func() { pace.Every(ctx, sweepEvery, "delete old messages", a.Phones.Sweep) })
	running.Go(func() { pace.Every(ctx, refreshEvery, "follow what other nodes stored", a.refresh) })
	return &running
}

func (a *App) refresh(ctx context.Context) error {
	err := errors.Join(
		errs.Wrap(a.Catalog.Refresh(ctx), "look for changed contests"),
		errs.Wrap(a.Sessions.Follow(ctx), "look for sessions that ended"),
		errs.Wrap(a.Units.Settle(ctx), "settle names of units"),
		errs.Wrap(a.Names.Follow(ctx), "read the words that names may not hold"),
		a.settleNames(ctx),
		errs.Wrap(a.rescorePending(ctx), "score results again"),
	)
	a.adviseServers(ctx)
	a.watchDisk(ctx)
	return err
}

// Close commits what was accepted and closes the stores.
func (a *App) Close() error {
	a.streams.Close()
	a.Live.Close()
	a.Pledges.Close()
	a.Referrals.Close()
	a.Drawings.Wait()
	a.stopScanning()
	a.Instant.Close()
	a.Play.Close()
	a.Sessions.Close()
	return a.closeStores()
}

func (a *App) closeStores() error {
	var errDB, errRedis, errKeys error
	if a.Keys != nil {
		leaving, cancel := context.WithTimeout(context.Background(), leaveWithin)
		defer cancel()
		errKeys = a.Keys.Leave(leaving)
	}
	if a.DB != nil {
		errDB = a.DB.Close()
	}
	if a.Redis != nil {
		errRedis = a.Redis.Close()
	}
	return errors.Join(errKeys, errDB, errRedis)
}
