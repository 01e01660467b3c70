package board

import (
	"context"
	"sync"

	"anquanda/internal/catalog"
	"anquanda/internal/identity/personal"
	"anquanda/internal/pace"
	"anquanda/internal/play"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

// viewQueue is how many totals wait for Redis at most.
const viewQueue = 20_000

func (s *Service) newView() *redisdb.View[entry] {
	return redisdb.NewView(redisdb.ViewConfig[entry]{
		Name: "boards", DB: s.db, Redis: s.redis, Now: s.now, Queue: viewQueue,
		Contests: s.catalog.IDs,
		Of:       func(e entry) sqldb.ID { return e.ContestID },
		Keys:     func(contestID sqldb.ID) redisdb.ViewKeys { return redisdb.Keys(contestID).Boards() },
		Epoch:    s.epoch,
		Truth:    truth,
		Write:    s.write,
		Drop:     s.drop,
		Found:    s.found,
		Built:    func(ctx context.Context, contestID sqldb.ID) error { return s.RefreshUnits(ctx, contestID) },
	})
}

// epoch is the opening, from which scores count; of a contest whose retention is over,
// whose entries have no names, its negative.
func (s *Service) epoch(contestID sqldb.ID) int64 {
	c := s.contestOf(contestID)
	if s.nameless(c) {
		return -opensAt(c)
	}
	return opensAt(c)
}

// nameless reports whether the retention of a contest is over: its names have left the
// boards then, even where Redis was away when they were deleted.
func (s *Service) nameless(c *catalog.Contest) bool {
	return c != nil && s.now().UnixMilli() >= personal.KeptUntil(c.Definition)
}

var standingsOfContest = "SELECT " + entryColumns + " FROM standings WHERE contest_id = ?"

// truth reads the totals of a contest that changed since a moment (0: all of them).
func truth(contestID sqldb.ID, since int64) redisdb.Query {
	if since == 0 { // by the contest alone: nearly all rows are not to be looked up by when they changed
		return redisdb.Query{SQL: standingsOfContest, Args: []any{contestID}}
	}
	return redisdb.Query{SQL: standingsOfContest + " AND changed_at >= ?", Args: []any{contestID, since}}
}

func (s *Service) drop(ctx context.Context, contestID sqldb.ID) error {
	keys := redisdb.Keys(contestID)
	sets, err := s.redis.SMembers(ctx, keys.BoardSets()).Result()
	if err != nil {
		return err
	}
	return s.redis.Unlink(ctx, append(sets, keys.BoardWho(), keys.BoardSets())...).Err()
}

// found lets the boards of units follow totals that changed on any node.
func (s *Service) found(contestID sqldb.ID, entries []entry) {
	periods := make([]int, 0, len(entries))
	for _, e := range entries {
		periods = append(periods, e.Period)
	}
	s.touchUnits(contestID, periods...)
}

// Follow is play's follower: it queues the new totals of a change for Redis. It
// never blocks.
func (s *Service) Follow(f *play.Change) {
	s.view.Add(entriesOf(f)...)
	s.touchUnits(f.ContestID, f.Contest.RankedAt(f.At())...)
}

// Run keeps the view until ctx ends: it sends new totals, catches up, builds the
// view again after Redis was emptied, and adds up the units.
func (s *Service) Run(ctx context.Context) {
	var running sync.WaitGroup
	running.Go(func() { s.view.Run(ctx) })
	pace.Every(ctx, unitsLeast/2, "add up units", s.refreshDirty)
	running.Wait()
}

// Reconcile brings every contest's view up to the truth where it is behind.
func (s *Service) Reconcile(ctx context.Context) error { return s.view.Reconcile(ctx) }

// Rebuild drops the view of a contest and builds it from the truth. While it runs,
// board pages say that they are late. It waits while another node builds it. Errors:
// redisdb.ErrRebuilding, when ctx ends before.
func (s *Service) Rebuild(ctx context.Context, contestID sqldb.ID) error {
	return s.view.RebuildInTurn(ctx, contestID)
}

// Late reports whether boards are behind because Redis is or was away.
func (s *Service) Late() bool { return s.view.Late() }

// Settled reports whether all totals handed over so far are in Redis; tests wait
// for it.
func (s *Service) Settled() bool { return s.view.Settled() }
