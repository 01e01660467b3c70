package sqldb

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

const (
	// patience is for how long transactions are run again while the store takes no writes:
	// a primary that dies is followed by another within seconds. It counts from when the
	// store was first away, not from each call: what comes later is refused at once, so
	// that calls do not pile up before a store that stays away.
	patience = 8 * time.Second
	// pauses between two tries grow up to longestPause, so that the new primary is found
	// soon after it is there.
	shortestPause = 20 * time.Millisecond
	longestPause  = 250 * time.Millisecond
)

// outage is since when a store takes no writes. All handles of the store share it, and all
// transactions that succeed end it.
type outage struct {
	on          atomic.Bool // so that those who succeed need no lock
	mutex       sync.Mutex
	since, last time.Time
}

// goesOn notes a failure and reports whether to try again.
func (o *outage) goesOn(ctx context.Context, because error) bool {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	now := time.Now()
	if !o.on.Load() || now.Sub(o.last) > patience { // nobody asked meanwhile: this one is new
		o.since = now
		o.on.Store(true)
		metrics.GetOrCreateCounter("anquanda_store_outages_total").Inc()
		slog.WarnContext(ctx, "the store takes no writes; they are tried again", "for_ms", patience.Milliseconds(),
			"error", because)
	}
	o.last = now
	return now.Sub(o.since) < patience
}

// ended notes that the store takes writes.
func (o *outage) ended(ctx context.Context) {
	if !o.on.Load() {
		return
	}
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.on.Swap(false) {
		slog.InfoContext(ctx, "the store takes writes again", "away_ms", time.Since(o.since).Milliseconds())
	}
}

// pauseAway is how long to wait after a try that found the store away.
func pauseAway(try int) time.Duration {
	pause := min(shortestPause<<min(try-1, 10), longestPause)
	return pause/2 + rand.N(pause/2)
}

// pauseConflict is how long to wait after a try that another transaction ended.
func pauseConflict(try int) time.Duration {
	return time.Duration(rand.IntN(5*try)+1) * time.Millisecond
}

// sleep waits, or ends with the context and returns its error.
func sleep(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
