package load

import (
	"math"
	"slices"
	"sync/atomic"
	"time"
)

// recorder keeps the latency of every request, by user; each user's is written
// by one goroutine.
type recorder struct {
	users [][]uint32 // microseconds
	lasts [][]uint32 // those of answers that ended an attempt, again
	// missed is how many requests should have been sent and were not.
	missed atomic.Int64
}

func newRecorder(users int) *recorder {
	return &recorder{users: make([][]uint32, users), lasts: make([][]uint32, users)}
}

// add records a request; last tells that it ended an attempt.
func (r *recorder) add(user int, nanoseconds int64, last bool) {
	took := uint32(min(nanoseconds/1000, math.MaxUint32))
	r.users[user] = append(r.users[user], took)
	if last {
		r.lasts[user] = append(r.lasts[user], took)
	}
}

func (r *recorder) result(window time.Duration) *Result {
	all := slices.Concat(r.users...)
	lasts := slices.Concat(r.lasts...)
	slices.Sort(all)
	slices.Sort(lasts)
	return &Result{
		Seconds: window.Seconds(), Requests: len(all), PerSecond: float64(len(all)) / window.Seconds(),
		Missed: int(r.missed.Load()),
		P50:    quantile(all, 0.5), P99: quantile(all, 0.99), P999: quantile(all, 0.999),
		LastP50: quantile(lasts, 0.5), LastP99: quantile(lasts, 0.99),
	}
}

// quantile is the least latency, in milliseconds, that at least the share q of
// the sorted ones do not exceed.
func quantile(sorted []uint32, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	at := int(math.Ceil(q*float64(len(sorted)))) - 1
	return float64(sorted[max(0, at)]) / 1000
}
