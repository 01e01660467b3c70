package redisdb_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// total is a row of the truth that the tests here keep a view of.
type total struct {
	ContestID sqldb.ID `db:"contest_id"`
	Name      string   `db:"name"`
	Amount    int64    `db:"amount"`
	ChangedAt int64    `db:"changed_at"`
}

var totals = fstest.MapFS{"0900_totals.sql": {Data: []byte(`
CREATE TABLE totals (
  contest_id BIGINT NOT NULL,
  name VARCHAR(40) NOT NULL,
  amount BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);`)}}

// contestID is the only contest here.
const contestID = sqldb.ID(7)

var keys = redisdb.Keys(contestID)

// ledger is a truth with the views that nodes keep of it.
type ledger struct {
	*testing.T
	store *testkit.Store
	now   atomic.Int64
	epoch atomic.Int64
}

func each(t *testing.T, test func(l *ledger)) {
	t.Helper()
	slog.SetLogLoggerLevel(slog.LevelError) // warnings are what the tests provoke
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		s.Migrate(sqldb.Migrations(), totals)
		l := &ledger{T: t, store: s}
		l.now.Store(time.Date(2026, 6, 16, 2, 0, 0, 0, time.UTC).UnixMilli())
		test(l)
	})
}

// node is what one node keeps: queue entries wait at most.
func (l *ledger) node(queue int) (*redisdb.View[total], *redisdb.DB) {
	l.Helper()
	db, err := redisdb.Open(l.Context(), l.store.RedisAddr())
	if err != nil {
		l.Fatal(err)
	}
	l.Cleanup(func() { db.Close() })
	return redisdb.NewView(redisdb.ViewConfig[total]{
		Name: "totals", DB: l.store.DB, Redis: db, Queue: queue,
		Now:      func() time.Time { return time.UnixMilli(l.now.Load()) },
		Contests: func() []sqldb.ID { return []sqldb.ID{contestID} },
		Of:       func(t total) sqldb.ID { return t.ContestID },
		Keys:     func(id sqldb.ID) redisdb.ViewKeys { return redisdb.Keys(id).Shares() },
		Epoch:    func(sqldb.ID) int64 { return l.epoch.Load() },
		Truth: func(id sqldb.ID, since int64) redisdb.Query {
			return redisdb.Query{SQL: "SELECT * FROM totals WHERE contest_id = ? AND changed_at >= ?", Args: []any{id, since}}
		},
		Write: func(ctx context.Context, id sqldb.ID, entries []total, g redisdb.Guard) error {
			var args []any
			for _, e := range entries {
				if e.Name == "broken" {
					panic("an entry that cannot be written")
				}
				args = append(args, e.Amount, e.Name)
			}
			return writeTotals.Run(ctx, db, g, []string{redisdb.Keys(id).ShareBoard()}, args...)
		},
		Drop: func(ctx context.Context, id sqldb.ID) error {
			return db.Unlink(ctx, redisdb.Keys(id).ShareBoard()).Err()
		},
	}), db
}

var writeTotals = redisdb.NewGuarded(`
for i = 2, #ARGV, 2 do redis.call('ZADD', KEYS[2], 'GT', ARGV[i], ARGV[i + 1]) end`)

// commit stores a total, which its node may or may not live to hand on.
func (l *ledger) commit(name string, amount int64) total {
	l.Helper()
	row := total{contestID, name, amount, l.now.Load()}
	err := l.store.DB.InTx(l.Context(), func(tx *sqldb.Tx) error {
		return sqldb.Insert(l.Context(), tx, "INSERT INTO totals", []total{row})
	})
	if err != nil {
		l.Fatal(err)
	}
	return row
}

func (l *ledger) pass(d time.Duration) { l.now.Add(d.Milliseconds()) }

func (l *ledger) must(err error) {
	l.Helper()
	if err != nil {
		l.Fatal(err)
	}
}

// want compares what is in Redis, "name amount" by amount.
func (l *ledger) want(db *redisdb.DB, want string) {
	l.Helper()
	if got := l.held(db); got != want {
		l.Errorf("Redis holds %q, want %q", got, want)
	}
}

func (l *ledger) held(db *redisdb.DB) string {
	l.Helper()
	found, err := db.ZRangeWithScores(l.Context(), keys.ShareBoard(), 0, -1).Result()
	l.must(err)
	var lines []string
	for _, z := range found {
		lines = append(lines, fmt.Sprint(z.Member, " ", z.Score))
	}
	return strings.Join(lines, ", ")
}

// run keeps a view until the test ends.
func (l *ledger) run(v *redisdb.View[total]) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { v.Run(ctx) })
	l.Cleanup(func() {
		cancel()
		running.Wait()
	})
}

func (l *ledger) until(what string, so func() bool) {
	l.Helper()
	for end := time.Now().Add(time.Minute); !so(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			l.Fatalf("waited in vain until %s", what)
		}
	}
}

func TestEntriesReachRedisInTheBackground(t *testing.T) {
	each(t, func(l *ledger) {
		v, db := l.node(100)
		l.must(v.Reconcile(l.Context()))
		l.run(v)
		v.Add(l.commit("安娜", 2), l.commit("小本", 3))
		l.until("they are in Redis", func() bool { return l.held(db) == "安娜 2, 小本 3" })
		if v.Late() {
			l.Error("the view is late")
		}
	})
}

// The clock stands still: nothing is due by the watermark's age.
func TestEntriesThatAFullQueueDroppedAreCaughtUp(t *testing.T) {
	each(t, func(l *ledger) {
		v, db := l.node(1)
		l.must(v.Reconcile(l.Context()))
		v.Add(l.commit("安娜", 2), l.commit("小本", 3), l.commit("卡尔", 4)) // nothing runs: one waits, two are dropped
		if !v.Late() {
			l.Error("entries were dropped, and the view does not say that it is late")
		}
		l.want(db, "")
		l.must(v.Reconcile(l.Context()))
		l.want(db, "安娜 2, 小本 3, 卡尔 4")
		if v.Late() {
			l.Error("all was caught up, and the view says that it is late")
		}
	})
}

func TestWhatACrashKeptFromRedisIsCaughtUpByAnotherNode(t *testing.T) {
	each(t, func(l *ledger) {
		v, _ := l.node(100)
		l.must(v.Reconcile(l.Context()))
		l.commit("安娜", 2) // and its node died
		other, db := l.node(100)
		l.pass(14 * time.Second)
		l.must(other.Reconcile(l.Context()))
		l.want(db, "") // not due yet
		l.pass(time.Second)
		l.must(other.Reconcile(l.Context()))
		l.want(db, "安娜 2")
	})
}

// A transaction chooses its time first and commits up to half a minute later.
func TestCatchingUpLooksBehindTheWatermark(t *testing.T) {
	each(t, func(l *ledger) {
		v, db := l.node(100)
		l.must(v.Reconcile(l.Context()))
		l.pass(-30 * time.Second)
		late := l.commit("安娜", 2)
		l.pass(-time.Millisecond)
		l.commit("小本", 3) // longer ago than any transaction takes
		l.now.Store(late.ChangedAt)
		l.pass(time.Minute)
		l.must(v.Reconcile(l.Context()))
		l.want(db, "安娜 2")
	})
}

func TestAnEmptiedRedisIsNoticedAndTakesNothingUntilItIsBuilt(t *testing.T) {
	each(t, func(l *ledger) {
		v, db := l.node(100)
		l.commit("安娜", 2)
		l.must(v.Reconcile(l.Context()))
		l.store.EmptyRedis()
		row := l.commit("小本", 3)
		query := redisdb.Query{SQL: "SELECT * FROM totals WHERE name = ?", Args: []any{row.Name}}
		if err := v.Update(l.Context(), contestID, query); !errors.Is(err, redisdb.ErrEmptied) {
			l.Errorf("to write to an emptied Redis: %v", err)
		}
		l.want(db, "")
		l.must(v.Reconcile(l.Context()))
		l.want(db, "安娜 2, 小本 3")
	})
}

func TestAViewIsBuiltAgainWhenItsEpochChanges(t *testing.T) {
	each(t, func(l *ledger) {
		v, db := l.node(100)
		l.commit("安娜", 2)
		l.must(v.Reconcile(l.Context()))
		l.must(db.ZAdd(l.Context(), keys.ShareBoard(), redis.Z{Member: "old", Score: 9}).Err())
		l.must(v.Reconcile(l.Context()))
		l.want(db, "安娜 2, old 9")
		l.epoch.Store(1)
		l.must(v.Reconcile(l.Context()))
		l.want(db, "安娜 2")
	})
}

func TestOneNodeAtATimeBuildsAndTheOthersDoNotMeanwhile(t *testing.T) {
	each(t, func(l *ledger) {
		v, db := l.node(100)
		lock := keys.Shares().Lock
		l.must(db.Set(l.Context(), lock, "another node", 0).Err())
		if err := v.Rebuild(l.Context(), contestID); !errors.Is(err, redisdb.ErrRebuilding) {
			l.Errorf("while another node is at it: %v", err)
		}
		if err := v.Reconcile(l.Context()); err != nil {
			l.Errorf("to wait for another node is no failure: %v", err)
		}
		if db.Get(l.Context(), lock).Val() != "another node" {
			l.Error("the lock of another node was taken away")
		}
		l.must(db.Del(l.Context(), lock).Err())
		l.must(v.Rebuild(l.Context(), contestID))
		if db.Exists(l.Context(), lock).Val() != 0 {
			l.Error("the lock stays behind")
		}
	})
}

// A node that stood still for longer than its lock lasts must not write on, nor set a
// watermark, at whatever step it was.
func TestWhoLostTheLockWritesNothingMore(t *testing.T) {
	each(t, func(l *ledger) {
		l.commit("安娜", 2)
		for step := int64(2); ; step++ { // the first takes the lock
			v, db := l.node(100)
			calls := &testkit.RedisCalls{}
			calls.Before = func(number int64) error {
				if number == step {
					_, plain := l.node(0)
					l.store.EmptyRedis()
					return plain.Set(l.Context(), keys.Shares().Lock, "another node", 0).Err()
				}
				return nil
			}
			db.AddHook(calls)
			err := v.Rebuild(l.Context(), contestID)
			if calls.Load() < step {
				l.must(err)
				return
			}
			held := l.store.RedisKeys(keys.Prefix() + "*")
			if !slices.Equal(held, []string{keys.Shares().Lock}) {
				l.Fatalf("the lock was lost before step %d: %v is there, %v", step, held, err)
			}
			l.store.EmptyRedis()
		}
	})
}

func TestAPanicLosesNoEntry(t *testing.T) {
	each(t, func(l *ledger) {
		v, db := l.node(100)
		l.must(v.Reconcile(l.Context()))
		l.run(v)
		l.commit("安娜", 2)
		v.Add(total{ContestID: contestID, Name: "broken"})
		l.until("the rest was caught up, and writing goes on", func() bool {
			return v.Settled() && !v.Late() && l.held(db) == "安娜 2"
		})
		v.Add(l.commit("小本", 3))
		l.until("the next one is there", func() bool { return l.held(db) == "安娜 2, 小本 3" })
	})
}
