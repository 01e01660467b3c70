package play

import (
	"context"
	"strconv"
	"sync"
	"time"

	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

// handOuts remembers when a question was handed out first: asked for again, by a page
// that was reloaded or by somebody who wants a later start, its clock is the same. All
// nodes share the memory in Redis; the one in front of it is bounded, answers for this
// process, and keeps to what it said while Redis is away. It is safe for concurrent
// use.
type handOuts struct {
	redis *redisdb.DB // nil: as if it were away

	mu         sync.Mutex
	young, old map[recentKey]handOut
}

// handOut is when a question was handed out. Where Redis was away it may have been
// handed out before, by another node: then it is not sure.
type handOut struct {
	at   int64
	sure bool
}

const (
	// handOutsAtMost bounds each of the two halves of the memory: 4 MB in all.
	handOutsAtMost = 1 << 15
	// redisPatience bounds the wait for Redis: a question may not wait longer.
	redisPatience = 500 * time.Millisecond
)

func newHandOuts(redis *redisdb.DB) *handOuts {
	return &handOuts{redis: redis, young: map[recentKey]handOut{}}
}

// first is when a question was handed out first: now, unless it was before. It is
// remembered for at least a while.
func (h *handOuts) first(ctx context.Context, contestID sqldb.ID, of recentKey, now int64,
	while time.Duration) handOut {
	if kept, ok := h.get(of); ok {
		return kept
	}
	made := handOut{at: now}
	if h.redis != nil {
		// It goes on if the phone hangs up: the phone will ask again.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), redisPatience)
		defer cancel()
		key := redisdb.Keys(contestID).HandedOut(of.attempt, of.position)
		text, err := h.redis.First(ctx, key, strconv.FormatInt(now, 10), while)
		if err == nil {
			made.at, err = strconv.ParseInt(text, 10, 64)
		}
		redisdb.LogAway(ctx, "remember when a question was handed out", err)
		made.sure = err == nil
	}
	return h.keep(of, made)
}

func (h *handOuts) get(of recentKey) (handOut, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	kept, ok := h.young[of]
	if !ok {
		kept, ok = h.old[of]
	}
	return kept, ok
}

// keep returns the one that stands, where two asked at once.
func (h *handOuts) keep(of recentKey, made handOut) handOut {
	h.mu.Lock()
	defer h.mu.Unlock()
	if kept, ok := h.young[of]; ok {
		return kept
	}
	if len(h.young) >= handOutsAtMost {
		h.young, h.old = map[recentKey]handOut{}, h.young
	}
	h.young[of] = made
	return made
}
