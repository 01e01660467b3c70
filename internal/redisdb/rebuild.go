package redisdb

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/errs"
	"anquanda/internal/pace"
	"anquanda/internal/sqldb"
)

const (
	// catchUpEvery is how often the truth is compared by the watermark, and
	// catchUpOverlap how far behind it: longer than a transaction may take between
	// choosing its time and its commit.
	catchUpEvery   = 15 * time.Second
	catchUpOverlap = 30 * time.Second
)

// Reconcile brings the view of every contest up to the truth where it is behind. One
// that cannot be does not hold up the others.
func (v *View[T]) Reconcile(ctx context.Context) (failed error) {
	missed := v.missed.Load()
	behind := missed != v.caughtUp.Load()
	whole := true
	for _, contest := range v.c.Contests() {
		err := v.reconcile(ctx, contest, behind)
		switch {
		case errors.Is(err, context.Canceled):
			return err
		case errors.Is(err, ErrRebuilding):
			whole = false
		case err != nil:
			whole = false
			failed = errors.Join(failed, errs.Wrap(err, "contest %d", contest))
		}
	}
	v.away.Store(failed != nil)
	if whole {
		v.caughtUp.Store(missed)
	}
	return failed
}

// reconcile catches up when it is time to, or at once when entries are known not to
// have reached Redis.
func (v *View[T]) reconcile(ctx context.Context, contest sqldb.ID, behind bool) error {
	text, err := v.c.Redis.Get(ctx, v.c.Keys(contest).Mark).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return err
	}
	at, epoch, ok := readMark(text)
	if !ok || epoch != v.c.Epoch(contest) {
		return v.Rebuild(ctx, contest)
	}
	if !behind && v.now()-at < catchUpEvery.Milliseconds() {
		return nil
	}
	return v.catchUp(ctx, contest, at)
}

// The watermark is the time up to which the truth is in Redis, and the epoch.
func (v *View[T]) markOf(contest sqldb.ID, at int64) string {
	return strconv.FormatInt(at, 10) + " " + strconv.FormatInt(v.c.Epoch(contest), 10)
}

func readMark(text string) (at, epoch int64, ok bool) {
	n, err := fmt.Sscan(text, &at, &epoch)
	return at, epoch, err == nil && n == 2
}

// catchUp sets what changed since the watermark and moves it. Both the entries and
// the mark are set again if two nodes do this at once, which harms nothing.
func (v *View[T]) catchUp(ctx context.Context, contest sqldb.ID, mark int64) error {
	began := v.now()
	if err := v.Update(ctx, contest, v.c.Truth(contest, mark-catchUpOverlap.Milliseconds())); err != nil {
		return err
	}
	// Only where there is one: Redis may just have been emptied.
	moved, err := v.c.Redis.SetXX(ctx, v.c.Keys(contest).Mark, v.markOf(contest, began), 0).Result()
	if err == nil && !moved {
		err = ErrEmptied
	}
	return err
}

// Update sets entries of a contest at once, which a query reads from the truth.
// Errors: ErrEmptied.
func (v *View[T]) Update(ctx context.Context, contest sqldb.ID, q Query) error {
	return v.stream(ctx, q, func(batch []T) error {
		if v.c.Found != nil {
			v.c.Found(contest, batch)
		}
		return v.c.Write(ctx, contest, batch, v.guard(contest))
	})
}

// RebuildInTurn is Rebuild that waits while another node builds the view: what that
// one read may be older than what the caller has just stored. Errors: ErrRebuilding,
// when ctx ends before.
func (v *View[T]) RebuildInTurn(ctx context.Context, contest sqldb.ID) error {
	for {
		err := v.Rebuild(ctx, contest)
		if !errors.Is(err, ErrRebuilding) || !pace.Wait(ctx, writePause) {
			return err
		}
	}
}

// Rebuild drops the view of a contest and builds it from the truth. While it runs the
// view has no watermark; what changes meanwhile is caught up at its end. Errors:
// ErrRebuilding.
func (v *View[T]) Rebuild(ctx context.Context, contest sqldb.ID) error {
	lock, err := takeLock(ctx, v.c.Redis, v.c.Keys(contest).Lock)
	if err != nil {
		return err
	}
	defer lock.release(ctx)
	began := v.now()
	count, err := v.build(ctx, contest, lock.guard())
	if err != nil {
		return errs.Wrap(err, "build the %s of contest %d", v.c.Name, contest)
	}
	mark := []string{v.c.Keys(contest).Mark}
	if err := markScript.Run(ctx, v.c.Redis, lock.guard(), mark, v.markOf(contest, began)); err != nil {
		return err
	}
	if err := v.catchUp(ctx, contest, began); err != nil {
		return err
	}
	slog.InfoContext(ctx, "view built again from the store",
		"view", v.c.Name, "contest", contest.String(), "entries", count)
	return nil
}

// markScript sets the watermark, unless the lock was lost: then Redis was emptied
// while it was filled, or another node fills it. KEYS: guard, mark. ARGV: guard, mark.
var markScript = NewGuarded(`redis.call('SET', KEYS[2], ARGV[2])`)

func (v *View[T]) build(ctx context.Context, contest sqldb.ID, g Guard) (count int, err error) {
	if err := v.c.Redis.Unlink(ctx, v.c.Keys(contest).Mark).Err(); err != nil {
		return 0, err
	}
	if err := v.c.Drop(ctx, contest); err != nil {
		return 0, err
	}
	err = v.stream(ctx, v.c.Truth(contest, 0), func(batch []T) error {
		count += len(batch)
		return v.c.Write(ctx, contest, batch, g)
	})
	if err != nil || v.c.Built == nil {
		return count, err
	}
	return count, v.c.Built(ctx, contest)
}

// stream hands the rows of a query to use, some hundred at a time.
func (v *View[T]) stream(ctx context.Context, q Query, use func([]T) error) error {
	var row T
	batch := make([]T, 0, writeAtOnce)
	err := v.c.DB.Each(ctx, &row, func() error {
		if batch = append(batch, row); len(batch) < writeAtOnce {
			return nil
		}
		err := use(batch)
		batch = batch[:0]
		return err
	}, q.SQL, q.Args...)
	if err != nil || len(batch) == 0 {
		return err
	}
	return use(batch)
}

func (v *View[T]) now() int64 { return v.c.Now().UnixMilli() }
