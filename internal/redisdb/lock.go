package redisdb

import (
	"context"
	"crypto/rand"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/pace"
)

// lockLasts is how long a lock outlives the node that held it.
const lockLasts = 15 * time.Second

// lock is held by the one node that builds a view of a contest. It is renewed until
// it is released.
type lock struct {
	db        *DB
	key, mine string
	stop      context.CancelFunc
	keeping   sync.WaitGroup
}

// takeLock takes the lock. Errors: ErrRebuilding.
func takeLock(ctx context.Context, db *DB, key string) (*lock, error) {
	l := &lock{db: db, key: key, mine: rand.Text()}
	taken, err := db.SetNX(ctx, key, l.mine, lockLasts).Result()
	if err == nil && !taken {
		err = ErrRebuilding
	}
	if err != nil {
		return nil, err
	}
	ctx, l.stop = context.WithCancel(ctx)
	l.keeping.Go(func() {
		for pace.Wait(ctx, lockLasts/3) {
			LogAway(ctx, "hold the lock of a view", l.last(ctx, lockLasts))
		}
	})
	return l, nil
}

// guard allows writing while the lock is held: it is lost when Redis is emptied, and
// when the node stood still for so long that another one took it.
func (l *lock) guard() Guard { return Guard{key: l.key, held: l.mine, lost: ErrRebuilding} }

// lastScript lets a lock that is still mine last ARGV[2] ms from now; 0 ends it.
// KEYS: lock. ARGV: mine, ms.
var lastScript = redis.NewScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`)

func (l *lock) last(ctx context.Context, d time.Duration) error {
	return lastScript.Run(ctx, l.db, []string{l.key}, l.mine, d.Milliseconds()).Err()
}

func (l *lock) release(ctx context.Context) {
	l.stop()
	l.keeping.Wait()
	LogAway(ctx, "unlock a view", l.last(context.WithoutCancel(ctx), 0)) // it ends by itself
}
