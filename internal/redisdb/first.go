package redisdb

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"
)

// firstScript is SET NX GET, which Redis before 7.0 does not have.
var firstScript = redis.NewScript(`
	local kept = redis.call("GET", KEYS[1])
	if kept then return kept end
	redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
	return ARGV[1]`)

// First keeps value under key for at least a while unless one is kept there already,
// and returns the one that is kept. It is one round trip.
func (db *DB) First(ctx context.Context, key, value string, while time.Duration) (string, error) {
	return firstScript.Run(ctx, db, []string{key}, value, max(while.Milliseconds(), 1)).Text()
}
