// Package redisdb opens Redis: a server, a cluster, or the one inside this
// process. Redis is a view: all in it can be dropped and is made again from SQL.
//
// A View is how a capability keeps one: it hands in how the truth is read and how
// entries are written, and gets the queue, the watermark, catching up, building
// again under a lock, and noticing that Redis was emptied. Keys names every key of
// the program.
package redisdb

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
)

// Timeouts of one call. A board may be late; an answer must not wait for it.
const (
	dialTimeout = 2 * time.Second
	callTimeout = 2 * time.Second
)

// DB is an open Redis, safe for concurrent use.
type DB struct {
	redis.UniversalClient
	embedded *miniredis.Miniredis
}

// Open connects to the addresses (as readAddress has them), or
// starts the in-process Redis when there are none. An address that cannot be
// reached is an error at start; later, calls fail until it is back.
func Open(ctx context.Context, addresses string) (*DB, error) {
	logging.Disable() // its messages are repeated by the errors that calls return
	if addresses == "" {
		return openEmbedded()
	}
	options, err := readAddress(addresses)
	if err != nil {
		return nil, fmt.Errorf("--redis: %w", err)
	}
	db := &DB{UniversalClient: redis.NewUniversalClient(options)}
	if err := db.Ping(ctx).Err(); err != nil {
		db.Close()
		return nil, fmt.Errorf("--redis %s: %w", Shown(addresses), err)
	}
	return db, nil
}

// Embedded reports whether this is the in-process Redis, which is for trials
// and small events.
func (db *DB) Embedded() bool { return db.embedded != nil }

// Close closes the connections and stops the in-process Redis.
func (db *DB) Close() error {
	err := db.UniversalClient.Close()
	if db.embedded != nil {
		db.embedded.Close()
	}
	return err
}

// LogAway logs that a call failed, unless the caller went away.
func LogAway(ctx context.Context, what string, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		slog.WarnContext(ctx, "redis call failed", "what", what, "error", err)
	}
}
