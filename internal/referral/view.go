package referral

import (
	"context"

	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/play"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

// viewQueue is how many tallies wait for Redis at most.
const viewQueue = 4_096

func (s *Service) newView() *redisdb.View[tally] {
	return redisdb.NewView(redisdb.ViewConfig[tally]{
		Name: "share board", DB: s.db, Redis: s.redis, Now: s.now, Queue: viewQueue,
		Contests: s.catalog.IDs,
		Of:       func(t tally) sqldb.ID { return t.ContestID },
		Keys:     func(contestID sqldb.ID) redisdb.ViewKeys { return redisdb.Keys(contestID).Shares() },
		Epoch:    s.opensAt, // scores count from it
		Truth:    truth,
		Write:    s.write,
		Drop: func(ctx context.Context, contestID sqldb.ID) error {
			return s.redis.Unlink(ctx, redisdb.Keys(contestID).ShareBoard()).Err()
		},
	})
}

// truth reads the tallies of a contest that changed since a moment (0: all of them).
func truth(contestID sqldb.ID, since int64) redisdb.Query {
	if since == 0 {
		return tallies("", contestID)
	}
	return tallies("AND inviter_id IN (SELECT inviter_id FROM arrivals WHERE contest_id = ? AND changed_at >= ?)",
		contestID, contestID, since)
}

// tallies reads the tallies of a contest that a condition asks for.
func tallies(condition string, args ...any) redisdb.Query {
	return redisdb.Query{Args: args, SQL: `
		SELECT contest_id, inviter_id, COUNT(*) AS invited, MAX(reached_at) AS reached_at FROM arrivals
		WHERE contest_id = ? AND state = 'counted' ` + condition + ` GROUP BY contest_id, inviter_id`}
}

// tallyScript sets tallies. KEYS: guard, set. ARGV: guard, then for each tally member
// and score; without a score the member is taken out. A tally only grows, and its
// score only falls: what comes late or twice changes nothing.
var tallyScript = redisdb.NewGuarded(`
for i = 2, #ARGV, 2 do
  if ARGV[i + 1] == '' then
    redis.call('ZREM', KEYS[2], ARGV[i])
  else
    redis.call('ZADD', KEYS[2], 'LT', ARGV[i + 1], ARGV[i])
  end
end`)

// write sets tallies of a contest. Who is disqualified is taken out instead.
func (s *Service) write(ctx context.Context, contestID sqldb.ID, batch []tally, g redisdb.Guard) error {
	inviters := make([]sqldb.ID, len(batch))
	for i, t := range batch {
		inviters[i] = t.InviterID
	}
	out, err := conduct.OutOf(ctx, s.db, contestID, inviters)
	if err != nil {
		return err
	}
	opens := s.opensAt(contestID)
	args := make([]any, 0, 2*len(batch))
	for _, t := range batch {
		if out[t.InviterID] {
			args = append(args, t.InviterID.String(), "")
		} else {
			args = append(args, t.InviterID.String(), t.score(opens))
		}
	}
	return tallyScript.Run(ctx, s.redis, g, []string{redisdb.Keys(contestID).ShareBoard()}, args...)
}

// Follow is play's follower: it queues an inviter's new tally for Redis. It never
// blocks.
func (s *Service) Follow(c *play.Change) {
	if c.Deed == nil || c.Deed.Kind != contest.DeedInvite {
		return
	}
	invited := c.Summary.Did(contest.DeedInvite)
	s.view.Add(tally{
		ContestID: c.ContestID, InviterID: c.PlayerID, Invited: int64(invited.Count), ReachedAt: invited.At,
	})
}

// Run keeps the share board until ctx ends.
func (s *Service) Run(ctx context.Context) { s.view.Run(ctx) }

// Reconcile brings every contest's share board up to the truth where it is behind.
func (s *Service) Reconcile(ctx context.Context) error { return s.view.Reconcile(ctx) }

// Rebuild makes the share board of a contest anew from the truth. It waits while
// another node does so. Errors: redisdb.ErrRebuilding, when ctx ends before.
func (s *Service) Rebuild(ctx context.Context, contestID sqldb.ID) error {
	return s.view.RebuildInTurn(ctx, contestID)
}

// Late reports whether the share board is behind because Redis is or was away.
func (s *Service) Late() bool { return s.view.Late() }

// Settled reports whether all tallies handed over so far are in Redis; tests wait
// for it.
func (s *Service) Settled() bool { return s.view.Settled() }

// opensAt is when a contest opens, UTC ms; 0 when it is not known.
func (s *Service) opensAt(contestID sqldb.ID) int64 {
	if c := s.contestOf(contestID); c != nil {
		return c.Window.Opens.MS
	}
	return 0 // a rehearsal that ended
}
