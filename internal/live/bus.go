package live

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"anquanda/internal/pace"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

const (
	// beatEvery is how often a node tells itself by the bus that it hears, silentAfter
	// from when it does not.
	beatEvery   = 2 * time.Second
	silentAfter = 3 * beatEvery
	// mostUntold is how many hints wait for a Redis that hangs; more are left out.
	mostUntold = 100
)

// bus carries hints between nodes by Redis PUBLISH: "room R is at seq N". What it loses
// is seen within a second by reading, so nothing hangs on it. A subscriber can stop
// hearing for good while its connection looks well (after a failover): so the node beats
// to itself, and subscribes anew when it does not hear that.
type bus struct {
	redis *redisdb.DB
	node  sqldb.ID
	now   func() time.Time
	hear  func(id sqldb.ID, seq int64)
	heard atomic.Int64 // own beat, UTC ms
	out   chan string  // to be published
}

func newBus(redis *redisdb.DB, node sqldb.ID, now func() time.Time, hear func(sqldb.ID, int64)) *bus {
	b := &bus{redis: redis, node: node, now: now, hear: hear, out: make(chan string, mostUntold)}
	b.heard.Store(now().UnixMilli())
	return b
}

// tell hints that a room has moved to seq. It never waits: a step must not hang on
// Redis.
func (b *bus) tell(id sqldb.ID, seq int64) {
	select {
	case b.out <- id.String() + " " + strconv.FormatInt(seq, 10):
	default:
	}
}

// publish sends what was told until ctx ends.
func (b *bus) publish(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case hint := <-b.out:
			redisdb.LogAway(ctx, "hint of a live room", b.redis.Publish(ctx, redisdb.LiveChannel, hint).Err())
		}
	}
}

// silent reports whether the node has not heard its own beat for long.
func (b *bus) silent() bool { return b.now().UnixMilli()-b.heard.Load() > silentAfter.Milliseconds() }

func (b *bus) run(ctx context.Context) {
	b.heard.Store(b.now().UnixMilli()) // nothing was to be heard before
	var publishing sync.WaitGroup
	publishing.Go(func() { b.publish(ctx) })
	defer publishing.Wait()
	for ctx.Err() == nil {
		b.listen(ctx)
		if ctx.Err() == nil {
			slog.WarnContext(ctx, "the bus between nodes is silent; subscribing anew")
			pace.Wait(ctx, time.Second)
		}
	}
}

// listen hears until the bus is silent or ctx ends.
func (b *bus) listen(ctx context.Context) {
	subscribed := b.redis.Subscribe(ctx, redisdb.LiveChannel)
	defer subscribed.Close()
	messages := subscribed.Channel()
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	began := b.now().UnixMilli()
	for {
		select {
		case <-ctx.Done():
			return
		case message, ok := <-messages:
			if !ok {
				return
			}
			b.take(message.Payload)
		case <-beat.C:
			b.tell(b.node, 0)
			if b.silent() && b.now().UnixMilli()-began > silentAfter.Milliseconds() {
				return
			}
		}
	}
}

// take reads a message; one that is none of ours is passed over.
func (b *bus) take(payload string) {
	who, number, _ := strings.Cut(payload, " ")
	id, ok := sqldb.ParseID(who)
	seq, err := strconv.ParseInt(number, 10, 64)
	switch {
	case !ok || err != nil:
	case id == b.node:
		b.heard.Store(b.now().UnixMilli())
	case seq > 0:
		b.hear(id, seq)
	}
}

// BusSilent reports whether this node does not hear the others, and follows them by
// reading alone.
func (s *Service) BusSilent() bool { return s.bus.silent() }
