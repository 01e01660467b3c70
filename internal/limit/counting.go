package limit

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"sync/atomic"
	"time"

	"github.com/go-redis/redis_rate/v10"

	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

const (
	// redisPatience is how long a call waits for Redis before it is counted here.
	redisPatience = 300 * time.Millisecond
	// awayFor is how long all are counted here after that, without asking.
	awayFor = time.Second
)

// away remembers that Redis did not answer.
type away struct{ until atomic.Int64 } // by the node's own clock, ns since began

var began = time.Now()

func (a *away) is() bool { return int64(time.Since(began)) < a.until.Load() }
func (a *away) note()    { a.until.Store(int64(time.Since(began) + awayFor)) }

// take counts one call in a bucket, and reports whether it was counted here.
func (l *Limiter) take(
	ctx context.Context, name string, b Bucket, onlyHere bool,
) (ok bool, wait time.Duration, here bool) {
	if !onlyHere {
		var result *redis_rate.Result
		if l.asked(ctx, "count a limit", func(ctx context.Context) (err error) {
			of := redis_rate.Limit{Rate: b.Refill, Burst: b.Burst, Period: b.Every}
			result, err = l.rate.Allow(ctx, redisdb.LimitKey(name), of)
			return err
		}) {
			return result.Allowed > 0, result.RetryAfter, false
		}
	}
	ok, wait = l.here.Take(name, b, time.Now()) // a clock that nobody sets, as that of Redis
	return ok, wait, true
}

// once lets through what is named one time, as long as it could come again.
var once = Bucket{1, 1, challengeLasts}

// spend uses up what is named, and reports whether it was the first to do so.
func (l *Limiter) spend(ctx context.Context, id string, lasts time.Duration) bool {
	var first bool
	if l.asked(ctx, "spend a proof of work", func(ctx context.Context) (err error) {
		first, err = l.redis.SetNX(ctx, redisdb.WorkKey(id), 1, lasts).Result()
		return err
	}) {
		return first
	}
	ok, _ := l.spent.Take(id, once, time.Now())
	return ok
}

// asked reports whether Redis answered a call.
func (l *Limiter) asked(ctx context.Context, what string, call func(context.Context) error) bool {
	if l.alone || l.away.is() {
		return false
	}
	soon, cancel := context.WithTimeout(ctx, redisPatience)
	defer cancel()
	err := call(soon)
	if err == nil {
		return true
	}
	if !errors.Is(err, context.Canceled) { // else the phone went away
		l.away.note()
		redisdb.LogAway(ctx, what, err)
	}
	return false
}

// name is a keyed hash: what is kept of who calls must tell nobody's address. It holds no
// hash tag, so that counts spread over a cluster.
func (l *Limiter) name(use Use, by By, contest sqldb.ID, value string, worked bool) string {
	h := hmac.New(sha256.New, l.keys.Newest())
	h.Write([]byte(string(use) + " " + string(by) + " " + contest.String() + " " + value))
	name := base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:12])
	if worked {
		return name + "w"
	}
	return name
}

func (w Who) by(by By) string {
	switch by {
	case ByPlayer:
		if w.Player != 0 {
			return w.Player.String()
		}
	case ByDevice:
		return w.Device
	case ByNetwork:
		return w.Network.Name
	case ByContest:
		if w.Contest != 0 {
			return w.Contest.String()
		}
	}
	return ""
}
