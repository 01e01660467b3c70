// Package limit bounds how often the calls that cost may be made: by a player, a device,
// a network and a contest. table.go says how often each.
//
// A bound comes in two steps. So many calls are free. Over that a call needs a proof of
// work (package puzzle), which a page does by itself within two seconds; those are counted
// apart, and over their bound a call has to wait. So nobody who does no work can use up
// what others behind the same address have, and a hall of people only ever waits seconds.
//
// The counts are in Redis, for all nodes: one round trip for each rule, the most particular
// first, by the clock of Redis. While Redis is away each node counts by itself with the same
// numbers (local.go), so so many nodes let through so many times as much. The Redis inside
// the program is not asked either: no other node knows it, and its scripts cost a thousand
// times as much as counting in memory. Nothing is stored
// of who asked but keyed hashes, which end by themselves.
package limit

import (
	"context"
	"errors"
	"time"

	"github.com/go-redis/redis_rate/v10"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/puzzle"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

// Who makes a call. What is not known is left empty, and not counted by.
type Who struct {
	Contest sqldb.ID
	Player  sqldb.ID
	Device  string // a name that only the server can have given
	Network Network
}

// Work is a challenge and its answer, as a page sends them; empty: none.
type Work struct{ Challenge, Answer string }

// Limiter applies the table. It is safe for concurrent use.
type Limiter struct {
	redis   *redisdb.DB
	rate    *redis_rate.Limiter
	alone   bool   // Redis is inside this program, so no other node counts
	here    *Local // counts while Redis is away, or when alone
	spent   *Local // work that was used, the same
	away    away
	puzzles *puzzle.Maker
	keys    *keyring.Made[[]byte]
	now     func() time.Time
	told    told
	counts  map[counted]counters
}

// New returns the limiter of a node. All nodes have the same keys.
func New(redis *redisdb.DB, keys *keyring.Keys, now func() time.Time) *Limiter {
	return &Limiter{redis: redis, rate: redis_rate.NewLimiter(redis), alone: redis.Embedded(),
		here: NewLocal(localKept), spent: NewLocal(localKept),
		puzzles: puzzle.New(keys.Bytes()), keys: keys.Bytes(), now: now, counts: newCounters()}
}

// challengeLasts is how long a challenge may be solved: an old phone on a slow network
// needs some seconds, and a few of them for who went away meanwhile.
const challengeLasts = 2 * time.Minute

// Errors of Take. ErrTooMany comes with the time to wait, ErrWorkNeeded as a *WorkNeeded.
var (
	ErrTooMany    = errs.New(errs.RateLimited, "too_many", "现在人太多，请稍后再试")
	ErrWorkNeeded = errs.New(errs.RateLimited, "work_needed", "请稍等，正在确认您不是程序；如果一直停在这里，请刷新页面")
)

// WorkNeeded is ErrWorkNeeded with what is to be solved.
type WorkNeeded struct{ puzzle.Challenge }

// Error is the text for logs.
func (w *WorkNeeded) Error() string { return ErrWorkNeeded.Error() }

// Unwrap returns ErrWorkNeeded.
func (w *WorkNeeded) Unwrap() error { return ErrWorkNeeded }

// Take counts a call. It returns nil where the call may go on. Errors: ErrWorkNeeded,
// ErrTooMany. It has none of its own: where a store is away it counts here.
func (l *Limiter) Take(ctx context.Context, use Use, who Who, work Work) error {
	terms := table[use]
	if terms.NoWork {
		return l.takeAll(ctx, use, terms, who, false)
	}
	place := l.place(use, who)
	if work.Challenge != "" && l.worked(ctx, place, work) {
		return l.takeAll(ctx, use, terms, who, true)
	}
	err := l.takeAll(ctx, use, terms, who, false)
	if errors.Is(err, ErrTooMany) {
		return &WorkNeeded{l.puzzles.Make(place, puzzle.Usual, l.now().Add(challengeLasts))}
	}
	return err
}

// place is what a challenge is bound to.
func (l *Limiter) place(use Use, who Who) string {
	return string(use) + " " + who.Contest.String() + " " + who.Network.Name
}

// worked reports whether the work is done, for this place, and for the first time.
func (l *Limiter) worked(ctx context.Context, place string, work Work) bool {
	now := l.now()
	solved, err := l.puzzles.Check(place, work.Challenge, work.Answer, now)
	return err == nil && l.spend(ctx, solved.ID, solved.Until.Sub(now))
}

// takeAll counts a call under every rule of a use, up to the first that refuses it.
func (l *Limiter) takeAll(ctx context.Context, use Use, terms Terms, who Who, worked bool) error {
	for _, rule := range terms.Rules {
		value := who.by(rule.By)
		if value == "" {
			continue
		}
		bucket := rule.Free
		if worked {
			bucket = rule.Worked
		}
		if rule.By == ByNetwork && who.Network.Roomy {
			bucket = bucket.times(roomyTimes)
		}
		ok, wait, here := l.take(ctx, l.name(use, rule.By, who.Contest, value, worked), bucket, terms.Here)
		l.count(counted{use, rule.By, worked}, ok, here)
		if !ok {
			l.tell(ctx, use, rule.By, who.Contest, worked || terms.NoWork)
			return ErrTooMany.After(wait)
		}
	}
	return nil
}
