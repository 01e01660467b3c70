package board

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/errs"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

var errNoMark = errors.New("redis holds no watermark: it was emptied")

const (
	reconcileEvery = 2 * time.Second // how soon an emptied Redis is noticed
	// catchUpEvery is how often standings are compared by the watermark, and
	// catchUpOverlap how far behind it, in milliseconds: longer than a
	// transaction may take between choosing its time and its commit.
	catchUpEvery   = 15 * time.Second
	catchUpOverlap = 30_000
	// rebuildLock keeps two nodes from building the same view at once.
	rebuildLock = 2 * time.Minute
)

// Run keeps the view until ctx ends: it sends new totals, catches up, builds the
// view again after Redis was emptied, and adds up the units.
func (s *Service) Run(ctx context.Context) {
	done := make(chan struct{}, 2)
	go func() { s.runPushes(ctx); done <- struct{}{} }()
	go func() { s.runUnits(ctx); done <- struct{}{} }()
	tick := time.NewTicker(reconcileEvery)
	defer tick.Stop()
	for {
		s.Reconcile(ctx)
		select {
		case <-tick.C:
		case <-ctx.Done():
			<-done
			<-done
			return
		}
	}
}

// Reconcile brings every contest's view up to the truth where it is behind.
func (s *Service) Reconcile(ctx context.Context) {
	for _, c := range s.catalog.All() {
		err := s.reconcile(ctx, c.ContestID)
		if errors.Is(err, context.Canceled) {
			return
		}
		s.late.Store(err != nil)
		redisdb.LogAway(ctx, "bring the boards of "+c.Slug+" up to date", err)
	}
}

func (s *Service) reconcile(ctx context.Context, contestID sqldb.ID) error {
	mark, err := s.redis.Get(ctx, markKey(contestID)).Int64()
	if errors.Is(err, redis.Nil) {
		return s.Rebuild(ctx, contestID)
	}
	if err != nil {
		return err
	}
	if now := s.now(); now.UnixMilli()-mark < catchUpEvery.Milliseconds() {
		return nil
	}
	return s.catchUp(ctx, contestID, mark)
}

// catchUp sets what changed since the watermark and moves it. Both the totals
// and the mark are set again if two nodes do this at once, which harms nothing.
func (s *Service) catchUp(ctx context.Context, contestID sqldb.ID, mark int64) error {
	began := s.now().UnixMilli()
	err := s.stream(ctx, `
		SELECT contest_id, measure, period, player_id, unit_id, points, reached_at, version
		FROM standings WHERE contest_id = ? AND changed_at >= ?`, func(batch []entry) error {
		return s.pushContest(ctx, contestID, batch)
	}, contestID, mark-catchUpOverlap)
	if err != nil {
		return err
	}
	s.touchUnits(contestID)
	return s.redis.Set(ctx, markKey(contestID), began, 0).Err()
}

// Rebuild drops the view of a contest and builds it from the truth. While it
// runs, board pages say that they are late; totals that change meanwhile are
// caught up at its end.
func (s *Service) Rebuild(ctx context.Context, contestID sqldb.ID) error {
	lock := redisdb.Key(contestID.String(), "rebuilding")
	mine := strconv.FormatInt(time.Now().UnixNano(), 36)
	locked, err := s.redis.SetNX(ctx, lock, mine, rebuildLock).Result()
	if err != nil {
		return err
	}
	if !locked {
		return nil // another node is at it
	}
	defer s.redis.Del(context.WithoutCancel(ctx), lock)
	began := s.now().UnixMilli()
	if err := s.drop(ctx, contestID); err != nil {
		return err
	}
	count, err := s.fill(ctx, contestID)
	if err != nil {
		return err
	}
	if err := s.redis.Set(ctx, markKey(contestID), began, 0).Err(); err != nil {
		return err
	}
	if err := s.catchUp(ctx, contestID, began); err != nil {
		return err
	}
	if err := s.RefreshUnits(ctx, contestID); err != nil {
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

// fill sets every total of the contest, in pipelines without the guards of
// setScript, which would refuse without the mark.
func (s *Service) fill(ctx context.Context, contestID sqldb.ID) (int, error) {
	opens := opensAt(s.contestOf(contestID))
	count := 0
	err := s.stream(ctx, `
		SELECT contest_id, measure, period, player_id, unit_id, points, reached_at, version
		FROM standings WHERE contest_id = ?`, func(batch []entry) error {
		names, err := s.players.Enrolments(ctx, contestID, playersOf(batch))
		if err != nil {
			return err
		}
		count += len(batch)
		_, err = s.redis.Pipelined(ctx, func(pipe redis.Pipeliner) error {
			sets := map[string]bool{}
			for _, e := range batch {
				key := playersKey(contestID, e.Measure, e.Period)
				sets[key] = true
				pipe.ZAdd(ctx, key, redis.Z{Score: playerPacking.pack(e.Points, e.ReachedAt, opens), Member: member(e.PlayerID)})
				if e.Period == 0 { // the row of the newest version
					pipe.HSet(ctx, whoKey(contestID), member(e.PlayerID), strconv.FormatInt(e.Version, 10)+" 0 "+whoText(names[e.PlayerID]))
				}
			}
			for key := range sets {
				pipe.SAdd(ctx, keysKey(contestID), key)
			}
			return nil
		})
		return err
	}, contestID)
	return count, errs.Wrap(err, "build the boards of contest %d", contestID)
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
