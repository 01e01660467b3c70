package referral

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/pace"
	"anquanda/internal/play"
	"anquanda/internal/redisdb"
)

const (
	// pushQueue bounds what waits for Redis. Beyond it tallies are dropped and
	// caught up later: nobody's answer waits for the share board.
	pushQueue  = 4_096
	pushAtOnce = 500
	// catchUpEvery is how often the truth is compared by the watermark, and
	// catchUpOverlap how far behind it: longer than a transaction may take.
	catchUpEvery   = 15 * time.Second
	catchUpOverlap = 30 * time.Second
	lookEvery      = 2 * time.Second // how soon an emptied Redis is noticed
)

var errNoMark = errors.New("redis holds no watermark of the share board: it was emptied")

// Follow is play's follower: it queues an inviter's new tally for Redis. It never
// blocks.
func (s *Service) Follow(c *play.Change) {
	if c.Deed == nil || c.Deed.Kind != contest.DeedInvite {
		return
	}
	invited := c.Summary.Did(contest.DeedInvite)
	t := tally{ContestID: c.ContestID, InviterID: c.PlayerID, Invited: int64(invited.Count), ReachedAt: invited.At}
	select {
	case s.pushes <- t:
	default:
	}
}

// Run keeps the share board until ctx ends.
func (s *Service) Run(ctx context.Context) {
	var running sync.WaitGroup
	running.Go(func() { s.runPushes(ctx) })
	pace.Every(ctx, lookEvery, "bring share boards up to date", s.Reconcile)
	running.Wait()
}

// runPushes sends queued tallies to Redis, as many as wait at once.
func (s *Service) runPushes(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-s.pushes:
			_, err := s.push(ctx, s.gather([]tally{first}))
			redisdb.LogAway(ctx, "set places of the share board", err)
		}
	}
}

func (s *Service) gather(batch []tally) []tally {
	for len(batch) < pushAtOnce {
		select {
		case t := <-s.pushes:
			batch = append(batch, t)
		default:
			return batch
		}
	}
	return batch
}

// push sets tallies, one round trip, and returns how many. A tally only grows, and
// its score only falls: what comes late or twice changes nothing. Who is
// disqualified is taken out instead.
func (s *Service) push(ctx context.Context, batch []tally) (set int, err error) {
	out, err := s.outOf(ctx, batch)
	if err != nil {
		return 0, err
	}
	pipe := s.redis.Pipeline()
	for _, t := range batch {
		c := s.contestOf(t.ContestID)
		if c == nil {
			continue
		}
		if out[arrivalKey{t.ContestID, t.InviterID}] {
			pipe.ZRem(ctx, boardKey(t.ContestID), t.InviterID.String())
			continue
		}
		set++
		pipe.ZAddLT(ctx, boardKey(t.ContestID), redis.Z{Score: t.score(c.Window.Opens.MS), Member: t.InviterID.String()})
	}
	_, err = pipe.Exec(ctx)
	return set, err
}

// Reconcile brings every contest's share board up to the truth where it is behind.
// One that cannot be does not hold up the others.
func (s *Service) Reconcile(ctx context.Context) (failed error) {
	for _, c := range s.catalog.All() {
		failed = errors.Join(failed, errs.Wrap(s.reconcile(ctx, c), "contest %s", c.Slug))
	}
	return failed
}

func (s *Service) reconcile(ctx context.Context, c *catalog.Contest) error {
	text, err := s.redis.Get(ctx, markKey(c.ContestID)).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return err
	}
	var mark, opens int64
	if n, _ := fmt.Sscan(text, &mark, &opens); n != 2 || opens != c.Window.Opens.MS {
		return s.Rebuild(ctx, c)
	}
	if s.millis()-mark < catchUpEvery.Milliseconds() {
		return nil
	}
	began := s.millis()
	count, err := s.pushAll(ctx, `
		SELECT contest_id, inviter_id, COUNT(*) AS invited, MAX(reached_at) AS reached_at FROM arrivals
		WHERE contest_id = ? AND state = 'counted' AND inviter_id IN
			(SELECT inviter_id FROM arrivals WHERE contest_id = ? AND changed_at >= ?)
		GROUP BY contest_id, inviter_id`, c.ContestID, c.ContestID, mark-catchUpOverlap.Milliseconds())
	if err != nil {
		return err
	}
	return s.mark(ctx, c, began, count)
}

// Rebuild makes the share board of a contest anew from the truth.
func (s *Service) Rebuild(ctx context.Context, c *catalog.Contest) error {
	began := s.millis()
	if err := s.redis.Unlink(ctx, markKey(c.ContestID), boardKey(c.ContestID)).Err(); err != nil {
		return err
	}
	count, err := s.pushAll(ctx, `
		SELECT contest_id, inviter_id, COUNT(*) AS invited, MAX(reached_at) AS reached_at FROM arrivals
		WHERE contest_id = ? AND state = 'counted' GROUP BY contest_id, inviter_id`, c.ContestID)
	if err != nil {
		return errs.Wrap(err, "build the share board of contest %d", c.ContestID)
	}
	return s.mark(ctx, c, began, count)
}

// markScript sets the watermark if the set holds all that was put into it: else
// Redis was emptied meanwhile. KEYS: mark, set. ARGV: least members, mark.
var markScript = redis.NewScript(`
if redis.call('ZCARD', KEYS[2]) < tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1`)

func (s *Service) mark(ctx context.Context, c *catalog.Contest, at int64, least int) error {
	set, err := markScript.Run(ctx, s.redis, []string{markKey(c.ContestID), boardKey(c.ContestID)}, least, writeMark(at, c.Window.Opens.MS)).Int()
	if err == nil && set == 0 {
		err = errNoMark
	}
	return err
}

// pushAll sets the tallies of a query, some hundred at a time, and returns how
// many there were to set.
func (s *Service) pushAll(ctx context.Context, query string, args ...any) (count int, err error) {
	var row tally
	var batch []tally
	push := func() error {
		set, err := s.push(ctx, batch)
		count, batch = count+set, batch[:0]
		return err
	}
	err = s.db.Each(ctx, &row, func() error {
		if batch = append(batch, row); len(batch) < pushAtOnce {
			return nil
		}
		return push()
	}, query, args...)
	if err != nil || len(batch) == 0 {
		return count, err
	}
	err = push()
	return count, err
}
