package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/pace"
	"anquanda/internal/report/forensics"
	"anquanda/internal/sqldb"
)

// openConduct starts what keeps cases; boards follow what it decides.
func (a *App) openConduct(_ context.Context, p *parts) error {
	a.Conduct = conduct.New(a.DB, p.ids, p.Now, a.Boards, a.Referrals)
	a.followProofs()
	a.stopped, a.stop = context.WithCancel(context.Background())
	a.Forensics = forensics.New(a.DB, a.Catalog, a.Play, a.Players)
	return nil
}

// signalsPerCommit is how many signals are stored together.
const signalsPerCommit = 500

// StartScan begins to look for signals in a contest and returns; the work goes on,
// and what becomes of it is read from a.Conduct. Errors: conduct.ErrScanning.
func (a *App) StartScan(ctx context.Context, c *catalog.Contest) error {
	number, err := a.Conduct.BeginScan(ctx, c.ContestID)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(a.stopped, stop)
	a.scanning.Go(func() {
		defer stop()
		if err := a.scan(ctx, c, number); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "look for signals", "contest", c.Slug, "error", err)
		}
	})
	return nil
}

// stopScanning breaks off the scans that are under way: another one begins anew.
func (a *App) stopScanning() {
	a.stop()
	a.scanning.Wait()
}

// scan stores the signals as they are found, some hundred at a time.
func (a *App) scan(ctx context.Context, c *catalog.Contest, number sqldb.ID) error {
	var waiting []conduct.Signal
	var looked int64
	store := func() error {
		err := a.Conduct.Found(ctx, c.ContestID, number, looked, waiting)
		waiting = waiting[:0]
		return err
	}
	err := a.Forensics.Scan(ctx, c, func(s conduct.Signal) error {
		if waiting = append(waiting, s); len(waiting) < signalsPerCommit {
			return nil
		}
		return store()
	}, func(attempts int64) error {
		looked = attempts
		return store()
	})
	if err == nil {
		err = store()
	}
	return errors.Join(err, a.Conduct.EndScan(context.WithoutCancel(ctx), c.ContestID, number, err))
}

const (
	// scansEvery is how often it is checked which contests are due for a scan, and
	// scanAfter how old a contest's last scan may be while it runs.
	scansEvery = 10 * time.Minute
	scanAfter  = 6 * time.Hour
)

// keepScanning looks for signals in running contests now and then, until ctx ends.
func (a *App) keepScanning(ctx context.Context) {
	if !pace.Wait(ctx, scansEvery) { // a start is busy enough
		return
	}
	pace.Every(ctx, scansEvery, "look for signals", func(ctx context.Context) (failed error) {
		for _, c := range a.Catalog.All() {
			failed = errors.Join(failed, errs.Wrap(a.scanWhereDue(ctx, c), "contest %s", c.Slug))
		}
		return failed
	})
}

// scanWhereDue begins a scan in a contest that runs, or ran since the last one.
func (a *App) scanWhereDue(ctx context.Context, c *catalog.Contest) error {
	last, err := a.Conduct.ScanOf(ctx, c.ContestID)
	now := a.now().UnixMilli()
	if err != nil || now < c.Window.Opens.MS || last.BegunAt > c.Window.Closes.MS ||
		now-last.BegunAt < scanAfter.Milliseconds() {
		return err
	}
	if err = a.StartScan(ctx, c); errors.Is(err, conduct.ErrScanning) {
		return nil // another node does
	}
	return err
}
