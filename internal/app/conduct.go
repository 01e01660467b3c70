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
	"anquanda/internal/report"
	"anquanda/internal/sqldb"
)

// openConduct starts what keeps cases; boards follow what it decides.
func (a *App) openConduct(ids *sqldb.IDs, now func() time.Time) {
	a.Conduct = conduct.New(a.DB, ids, now, a.Boards, a.Referrals)
	a.stopped, a.stop = context.WithCancel(context.Background())
	a.Forensics = report.NewForensics(a.DB, a.Catalog, a.Play)
}

// signalsPerCommit is how many signals are stored together.
const signalsPerCommit = 500

// StartLook begins to look for signals in a contest and returns; the work goes on,
// and what becomes of it is read from a.Conduct. Errors: conduct.ErrLooking.
func (a *App) StartLook(ctx context.Context, c *catalog.Contest) error {
	look, err := a.Conduct.BeginLook(ctx, c.ContestID)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(a.stopped, stop)
	a.looking.Go(func() {
		defer stop()
		if err := a.look(ctx, c, look); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "look for signals", "contest", c.Slug, "error", err)
		}
	})
	return nil
}

// stopLooking breaks off the looks that are under way: another one begins anew.
func (a *App) stopLooking() {
	a.stop()
	a.looking.Wait()
}

// look stores the signals as they are found, some hundred at a time.
func (a *App) look(ctx context.Context, c *catalog.Contest, look sqldb.ID) error {
	var waiting []conduct.Signal
	var looked int64
	store := func() error {
		err := a.Conduct.Found(ctx, c.ContestID, look, looked, waiting)
		waiting = waiting[:0]
		return err
	}
	err := a.Forensics.Look(ctx, c, func(s conduct.Signal) error {
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
	return errors.Join(err, a.Conduct.EndLook(context.WithoutCancel(ctx), c.ContestID, look, err))
}

const (
	// looksEvery is how often it is checked which contests are due for a look, and
	// lookAfter how old a contest's last look may be while it runs.
	looksEvery = 10 * time.Minute
	lookAfter  = 6 * time.Hour
)

// keepLooking looks for signals in running contests now and then, until ctx ends.
func (a *App) keepLooking(ctx context.Context) {
	if !pace.Wait(ctx, looksEvery) { // a start is busy enough
		return
	}
	pace.Every(ctx, looksEvery, "look for signals", func(ctx context.Context) (failed error) {
		for _, c := range a.Catalog.All() {
			failed = errors.Join(failed, errs.Wrap(a.lookWhereDue(ctx, c), "contest %s", c.Slug))
		}
		return failed
	})
}

// lookWhereDue begins a look in a contest that runs, or ran since the last one.
func (a *App) lookWhereDue(ctx context.Context, c *catalog.Contest) error {
	last, err := a.Conduct.LookOf(ctx, c.ContestID)
	now := a.now().UnixMilli()
	if err != nil || now < c.Window.Opens.MS || last.BegunAt > c.Window.Closes.MS || now-last.BegunAt < lookAfter.Milliseconds() {
		return err
	}
	if err = a.StartLook(ctx, c); errors.Is(err, conduct.ErrLooking) {
		return nil // another node does
	}
	return err
}
