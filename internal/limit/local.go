package limit

import (
	"container/list"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// localKept is how many buckets a node keeps in memory, about 300 bytes each.
const localKept = 50_000

// Local counts in the memory of this node, in a bounded number of buckets: the one that
// was not asked for the longest time goes first, and is full again when it is asked for.
// It is safe for concurrent use.
type Local struct {
	most int

	mu    sync.Mutex
	by    map[string]*list.Element // of *local
	order list.List                // the last that was asked in front
}

type local struct {
	name    string
	bucket  Bucket
	limiter *rate.Limiter
}

// NewLocal returns one that keeps at most so many buckets.
func NewLocal(most int) *Local { return &Local{most: most, by: map[string]*list.Element{}} }

// Take counts one call in a bucket. Where it may not be made, wait is until when. A clock
// that is set back gives nothing.
func (l *Local) Take(name string, b Bucket, now time.Time) (ok bool, wait time.Duration) {
	limiter := l.limiter(name, b)
	reserved := limiter.ReserveN(now, 1)
	if !reserved.OK() {
		return false, b.Every // a bucket of nothing
	}
	if wait = reserved.DelayFrom(now); wait > 0 {
		reserved.CancelAt(now)
		return false, wait
	}
	return true, 0
}

func (l *Local) limiter(name string, b Bucket) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if found := l.by[name]; found != nil {
		l.order.MoveToFront(found)
		if kept := found.Value.(*local); kept.bucket == b {
			return kept.limiter
		}
		l.forget(found)
	}
	made := &local{name, b, rate.NewLimiter(rate.Limit(float64(b.Refill)/b.Every.Seconds()), b.Burst)}
	l.by[name] = l.order.PushFront(made)
	if len(l.by) > l.most {
		l.forget(l.order.Back())
	}
	return made.limiter
}

func (l *Local) forget(e *list.Element) {
	delete(l.by, e.Value.(*local).name)
	l.order.Remove(e)
}
