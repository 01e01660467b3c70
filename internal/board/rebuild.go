package board

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/pace"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

var errNoMark = errors.New("redis holds no watermark: it was emptied")

// ErrRebuilding is returned by Rebuild when another node builds the same boards.
var ErrRebuilding = errs.New(errs.Conflict, "board_rebuilding", "榜单正在重建")

const (
	reconcileEvery = 2 * time.Second // how soon an emptied Redis is noticed
	// catchUpEvery is how often standings are compared by the watermark, and
	// catchUpOverlap how far behind it, in milliseconds: longer than a
	// transaction may take between choosing its time and its commit.
	catchUpEvery   = 15 * time.Second
	catchUpOverlap = 30_000
	// rebuildLock keeps two nodes from building the same view at once. It is
	// renewed with each batch, and soon over when its node died.
	rebuildLock = 15 * time.Second
)

// Run keeps the view until ctx ends: it sends new totals, catches up, builds the
// view again after Redis was emptied, and adds up the units.
func (s *Service) Run(ctx context.Context) {
	var running sync.WaitGroup
	running.Go(func() { s.runPushes(ctx) })
	running.Go(func() { pace.Every(ctx, unitsLeast/2, "add up units", s.refreshDirty) })
	pace.Every(ctx, reconcileEvery, "bring boards up to date", s.Reconcile)
	running.Wait()
}

// Reconcile brings every contest's view up to the truth where it is behind. One that
// cannot be does not hold up the others.
func (s *Service) Reconcile(ctx context.Context) (failed error) {
	missed := s.missed.Load()
	behind := missed != s.caughtUp.Load()
	whole := true
	for _, c := range s.catalog.All() {
		err := s.reconcile(ctx, c, behind)
		switch {
		case errors.Is(err, context.Canceled):
			return err
		case errors.Is(err, ErrRebuilding):
			whole = false
		case err != nil:
			whole = false
			failed = errors.Join(failed, errs.Wrap(err, "contest %s", c.Slug))
		}
	}
	s.away.Store(failed != nil)
	if whole {
		s.caughtUp.Store(missed)
	}
	return failed
}

// reconcile catches up when it is time to, or at once when totals are known not
// to have reached Redis.
func (s *Service) reconcile(ctx context.Context, c *catalog.Contest, behind bool) error {
	text, err := s.redis.Get(ctx, markKey(c.ContestID)).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return err
	}
	mark, opens, ok := readMark(text)
	if !ok || opens != c.Window.Opens.MS {
		return s.Rebuild(ctx, c.ContestID)
	}
	if !behind && s.now().UnixMilli()-mark < catchUpEvery.Milliseconds() {
		return nil
	}
	return s.catchUp(ctx, c.ContestID, mark)
}

// writeMark makes the watermark: the time up to which standings are in Redis,
// and the contest's opening, which times in scores are counted from.
func writeMark(at, opens int64) string {
	return strconv.FormatInt(at, 10) + " " + strconv.FormatInt(opens, 10)
}

func readMark(text string) (at, opens int64, ok bool) {
	n, err := fmt.Sscan(text, &at, &opens)
	return at, opens, err == nil && n == 2
}

// catchUp sets what changed since the watermark and moves it. Both the totals
// and the mark are set again if two nodes do this at once, which harms nothing.
func (s *Service) catchUp(ctx context.Context, contestID sqldb.ID, mark int64) error {
	began := s.now().UnixMilli()
	periods := map[int]bool{}
	err := s.stream(ctx, "SELECT "+entryColumns+" FROM standings WHERE contest_id = ? AND changed_at >= ?", func(batch []entry) error {
		for _, e := range batch {
			periods[e.Period] = true
		}
		return s.pushContest(ctx, contestID, batch, guarded)
	}, contestID, mark-catchUpOverlap)
	if err != nil {
		return err
	}
	if len(periods) > 0 {
		s.touchUnits(contestID, slices.Collect(maps.Keys(periods))...)
	}
	// Only where there is one: Redis may just have been emptied.
	moved, err := s.redis.SetXX(ctx, markKey(contestID), s.markOf(contestID, began), 0).Result()
	if err == nil && !moved {
		err = errNoMark
	}
	return err
}

func (s *Service) markOf(contestID sqldb.ID, at int64) string {
	return writeMark(at, opensAt(s.contestOf(contestID)))
}

// Rebuild drops the view of a contest and builds it from the truth. While it
// runs, board pages say that they are late; totals that change meanwhile are
// caught up at its end. Errors: ErrRebuilding.
func (s *Service) Rebuild(ctx context.Context, contestID sqldb.ID) error {
	lock, err := s.lockRebuild(ctx, contestID)
	if err != nil {
		return err
	}
	defer lock.release(context.WithoutCancel(ctx))
	began := s.now().UnixMilli()
	if err := s.drop(ctx, contestID); err != nil {
		return err
	}
	count := 0
	err = s.stream(ctx, "SELECT "+entryColumns+" FROM standings WHERE contest_id = ?", func(batch []entry) error {
		count += len(batch)
		if err := lock.renew(ctx); err != nil {
			return err
		}
		return s.pushContest(ctx, contestID, batch, building)
	}, contestID)
	if err != nil {
		return errs.Wrap(err, "build the boards of contest %d", contestID)
	}
	if err := s.RefreshUnits(ctx, contestID); err != nil {
		return err
	}
	if err := lock.mark(ctx, markKey(contestID), s.markOf(contestID, began)); err != nil {
		return err
	}
	if err := s.catchUp(ctx, contestID, began); err != nil {
		return err
	}
	slog.InfoContext(ctx, "boards built again from the store", "contest", contestID.String(), "entries", count)
	return nil
}

func (s *Service) drop(ctx context.Context, contestID sqldb.ID) error {
	sets, err := s.redis.SMembers(ctx, keysKey(contestID)).Result()
	if err != nil {
		return err
	}
	keys := append(sets, markKey(contestID), whoKey(contestID), keysKey(contestID))
	return s.redis.Unlink(ctx, keys...).Err()
}

// rebuilding is a held lock.
type rebuilding struct {
	redis     redis.Scripter
	key, mine string
}

func (s *Service) lockRebuild(ctx context.Context, contestID sqldb.ID) (*rebuilding, error) {
	l := &rebuilding{redis: s.redis, key: redisdb.Key(contestID.String(), "rebuilding"), mine: rand.Text()}
	locked, err := s.redis.SetNX(ctx, l.key, l.mine, rebuildLock).Result()
	if err == nil && !locked {
		err = ErrRebuilding
	}
	return l, err
}

// renewScript lets a lock that is still mine last ARGV[2] ms longer; 0 ends it.
var renewScript = redis.NewScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`)

// markScript sets the watermark, unless the lock was lost: then Redis was emptied
// while it was filled, or another node fills it.
var markScript = redis.NewScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
return 1`)

func (l *rebuilding) renew(ctx context.Context) error {
	return l.whileMine(renewScript.Run(ctx, l.redis, []string{l.key}, l.mine, rebuildLock.Milliseconds()).Int())
}

func (l *rebuilding) mark(ctx context.Context, key, text string) error {
	return l.whileMine(markScript.Run(ctx, l.redis, []string{l.key, key}, l.mine, text).Int())
}

func (l *rebuilding) whileMine(done int, err error) error {
	if err == nil && done == 0 {
		err = ErrRebuilding
	}
	return err
}

func (l *rebuilding) release(ctx context.Context) {
	err := renewScript.Run(ctx, l.redis, []string{l.key}, l.mine, 0).Err()
	redisdb.LogAway(ctx, "unlock the boards", err) // it ends by itself
}

// stream hands the rows of a query to use, some hundred at a time.
func (s *Service) stream(ctx context.Context, query string, use func([]entry) error, args ...any) error {
	var row entry
	batch := make([]entry, 0, pushAtOnce)
	err := s.db.Each(ctx, &row, func() error {
		batch = append(batch, row)
		if len(batch) < pushAtOnce {
			return nil
		}
		err := use(batch)
		batch = batch[:0]
		return err
	}, query, args...)
	if err != nil || len(batch) == 0 {
		return err
	}
	return use(batch)
}
