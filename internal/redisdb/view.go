package redisdb

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"anquanda/internal/pace"
	"anquanda/internal/sqldb"
)

const (
	writeAtOnce  = 500 // entries
	writeTimeout = 3 * time.Second
	// writePause is how long writing rests after a failure.
	writePause     = 100 * time.Millisecond
	reconcileEvery = 2 * time.Second // how soon an emptied Redis is noticed
)

// View keeps in Redis what the truth says of each contest: entries of type T, which
// are rows of a query. What a commit changed is handed to Add and reaches Redis in
// the background. What is lost on the way (a crash, Redis away, a full queue) is
// caught up from the truth by a watermark that is kept in Redis beside the entries.
// Where the watermark is missing, Redis was emptied, and the view is built again, by
// one node at a time.
//
// Every write is guarded (see Guard): by the watermark, or while the view is built by
// the lock of who builds it. So a view that was emptied or is half built never gets
// a watermark that vouches for what is not there.
//
// A View is safe for concurrent use.
type View[T any] struct {
	c ViewConfig[T]

	queue   chan T
	waiting atomic.Int64 // entries handed to Add and not yet in Redis or dropped
	away    atomic.Bool  // the last call to Redis failed
	// Entries and batches that did not reach Redis, and how many of those have been
	// caught up since.
	missed, caughtUp atomic.Int64
}

// ViewConfig is what a View is of. The functions are called from several goroutines.
type ViewConfig[T any] struct {
	Name  string // in the log, as "boards"
	DB    *sqldb.DB
	Redis *DB
	Now   func() time.Time // the clock by which Truth tells when rows changed

	// Queue bounds what waits for Redis. Beyond it entries are dropped and caught up:
	// nobody's answer waits for a view.
	Queue int
	// Contests lists the contests whose view is kept.
	Contests func() []sqldb.ID
	// Of is the contest of an entry.
	Of func(T) sqldb.ID
	// Keys are those by which the view of a contest is watched.
	Keys func(contest sqldb.ID) ViewKeys
	// Epoch is what the entries of a contest depend on beside the truth, such as the
	// moment that times are counted from. When it changes, they are built again.
	Epoch func(contest sqldb.ID) int64

	// Truth reads the entries of a contest that changed since a moment in UTC ms;
	// since 0, all of them.
	Truth func(contest sqldb.ID, since int64) Query
	// Write sets entries of a contest by a GuardedScript. An entry holds a total and no
	// increment: written late or twice, it must change nothing.
	Write func(ctx context.Context, contest sqldb.ID, entries []T, g Guard) error
	// Drop deletes the entries of a contest.
	Drop func(ctx context.Context, contest sqldb.ID) error
	// Found is told of entries that were found changed in the truth, before they are
	// written; may be nil.
	Found func(contest sqldb.ID, entries []T)
	// Built adds, after all entries were written anew, what is made from them; may be
	// nil.
	Built func(ctx context.Context, contest sqldb.ID) error
}

// Query reads entries from the truth.
type Query struct {
	SQL  string
	Args []any
}

// NewView returns a view. Call Run to keep it.
func NewView[T any](c ViewConfig[T]) *View[T] {
	return &View[T]{c: c, queue: make(chan T, c.Queue)}
}

// Run keeps the view until ctx ends: it writes new entries, catches up, and builds
// the view again after Redis was emptied.
func (v *View[T]) Run(ctx context.Context) {
	var running sync.WaitGroup
	running.Go(func() { pace.Every(ctx, writePause, "write to the "+v.c.Name, v.writeQueued) })
	pace.Every(ctx, reconcileEvery, "bring the "+v.c.Name+" up to date", v.Reconcile)
	running.Wait()
}

// Add queues entries that a commit changed. It never blocks.
func (v *View[T]) Add(entries ...T) {
	for _, e := range entries {
		v.waiting.Add(1)
		select {
		case v.queue <- e:
		default:
			v.waiting.Add(-1)
			v.missed.Add(1)
		}
	}
}

// Late reports whether entries are known not to be in Redis, which is or was away.
func (v *View[T]) Late() bool { return v.away.Load() || v.missed.Load() != v.caughtUp.Load() }

// Settled reports whether all entries handed over so far are in Redis, or given up
// for catching up.
func (v *View[T]) Settled() bool { return v.waiting.Load() == 0 }

// writeQueued writes queued entries, as many as wait at once, until one call fails.
func (v *View[T]) writeQueued(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case first := <-v.queue:
			if err := v.writeBatch(ctx, v.gather(first)); err != nil {
				return err
			}
		}
	}
}

func (v *View[T]) gather(first T) []T {
	batch := []T{first}
	for len(batch) < writeAtOnce {
		select {
		case e := <-v.queue:
			batch = append(batch, e)
		default:
			return batch
		}
	}
	return batch
}

// writeBatch writes entries, one call a contest. Whatever ends it, a panic too, the
// batch is written or known to be missed.
func (v *View[T]) writeBatch(ctx context.Context, batch []T) (err error) {
	written := false
	defer func() {
		if !written {
			v.missed.Add(1)
		}
		v.away.Store(!written)
		v.waiting.Add(-int64(len(batch)))
	}()
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	byContest := map[sqldb.ID][]T{}
	for _, e := range batch {
		byContest[v.c.Of(e)] = append(byContest[v.c.Of(e)], e)
	}
	for contest, entries := range byContest {
		if err := v.c.Write(ctx, contest, entries, v.guard(contest)); err != nil {
			return err
		}
	}
	written = true
	return nil
}

// guard allows writing while there is a watermark.
func (v *View[T]) guard(contest sqldb.ID) Guard {
	return Guard{key: v.c.Keys(contest).Mark, lost: ErrEmptied}
}
