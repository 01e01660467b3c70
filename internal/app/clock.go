package app

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"anquanda/internal/sqldb"
)

// clock is the time that a node goes by: that of its machine, unless it differs from the
// database's. All nodes have that one in common, and a question that one of them deals is
// answered at another: were their clocks apart, answers in time would be refused as late.
// It is safe for concurrent use.
type clock struct {
	local func() time.Time
	added atomic.Int64 // to local, in ns
}

// clockOf is a clock by this machine's, which is set wrong by ahead.
func clockOf(ahead time.Duration) *clock {
	return &clock{local: func() time.Time { return time.Now().Add(ahead) }}
}

func (c *clock) now() time.Time { return c.local().Add(time.Duration(c.added.Load())) }

const (
	// clockEvery is how often a node compares its clock with the database's.
	clockEvery = 10 * time.Second
	// clockTolerance is by how much the two may differ: a clock that NTP keeps is nearer, and
	// two nodes at its ends are within the grace that answers have (play.Grace).
	clockTolerance = 500 * time.Millisecond
	// clockTries is how often it asks, and takes the answer that came fastest.
	clockTries = 3
)

// follow compares the clock with the database's.
func (c *clock) follow(ctx context.Context, db *sqldb.DB) error {
	var best, within time.Duration
	for try := range clockTries {
		ahead, asked, err := db.ClockAhead(ctx, c.local)
		if err != nil {
			return err
		}
		if try == 0 || asked < within {
			best, within = ahead, asked
		}
	}
	c.set(ctx, best, within)
	return nil
}

// set goes by a clock that is ahead of this machine's, give or take within, if the time that
// it has gone by so far is not near to that.
func (c *clock) set(ctx context.Context, ahead, within time.Duration) {
	if (ahead - time.Duration(c.added.Load())).Abs() <= clockTolerance+within {
		return
	}
	c.added.Store(int64(ahead))
	slog.WarnContext(ctx, "the clock of this machine is not that of the database, by which all nodes go now: set both right "+
		"(NTP)", "database_ahead_ms", ahead.Milliseconds(), "within_ms", within.Milliseconds())
}

func (a *App) followClock(ctx context.Context) error {
	if a.clock == nil {
		return nil
	}
	return a.clock.follow(ctx, a.DB)
}

// ClockApart is by how much the clock of this machine differs from that of the store's
// server; 0 for less than can be told.
func (a *App) ClockApart(ctx context.Context) (time.Duration, error) {
	if a.clock == nil {
		return 0, nil
	}
	ahead, within, err := a.DB.ClockAhead(ctx, a.clock.local)
	if err != nil || ahead.Abs() <= clockTolerance+within {
		return 0, err
	}
	return ahead, nil
}
