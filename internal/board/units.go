package board

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

// Units are ranked by sums over their players. The sums are taken anew from
// standings whenever something changed, and not counted up: a sum cannot drift.
// How often depends on how long it takes.
const (
	unitsLeast  = time.Second
	unitsFactor = 20 // adding up takes at most a twentieth of the time
)

// unitRefresh is when the units of a contest are due.
type unitRefresh struct {
	dirty bool
	next  time.Time
}

func (s *Service) touchUnits(contestID sqldb.ID) {
	s.unitsMu.Lock()
	defer s.unitsMu.Unlock()
	if s.units[contestID] == nil {
		s.units[contestID] = &unitRefresh{}
	}
	s.units[contestID].dirty = true
}

func (s *Service) runUnits(ctx context.Context) {
	tick := time.NewTicker(unitsLeast / 2)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		for _, c := range s.catalog.All() {
			if !s.takeDirty(c.ContestID) {
				continue
			}
			if err := s.RefreshUnits(ctx, c.ContestID); err != nil {
				s.touchUnits(c.ContestID)
				redisdb.LogAway(ctx, "add up the units of "+c.Slug, err)
			}
		}
	}
}

func (s *Service) takeDirty(contestID sqldb.ID) bool {
	s.unitsMu.Lock()
	defer s.unitsMu.Unlock()
	r := s.units[contestID]
	if r == nil || !r.dirty || time.Now().Before(r.next) {
		return false
	}
	r.dirty = false
	return true
}

// RefreshUnits adds up the units of a contest and sets their boards: for the
// whole contest and for today.
func (s *Service) RefreshUnits(ctx context.Context, contestID sqldb.ID) error {
	began := time.Now()
	defer func() {
		s.touchNext(contestID, time.Now().Add(max(unitsLeast, unitsFactor*time.Since(began))))
	}()
	c := s.contestOf(contestID)
	if c == nil {
		return nil
	}
	today := c.Day(s.now().UnixMilli())
	for _, board := range c.Boards {
		if board.Subject != contest.SubjectUnit {
			continue
		}
		periods := []int{0}
		if board.Daily {
			periods = append(periods, today)
		}
		for _, period := range periods {
			if err := s.refreshUnitBoard(ctx, c, board, period); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) touchNext(contestID sqldb.ID, next time.Time) {
	s.unitsMu.Lock()
	defer s.unitsMu.Unlock()
	if s.units[contestID] == nil {
		s.units[contestID] = &unitRefresh{}
	}
	s.units[contestID].next = next
}

// unitSum is what the players of one unit hold together.
type unitSum struct {
	UnitID    sqldb.ID `db:"unit_id"`
	Players   int64    `db:"players"`
	Points    int64    `db:"points"`
	ReachedAt int64    `db:"reached_at"`
}

func (s *Service) refreshUnitBoard(ctx context.Context, c *catalog.Contest, board contest.Board, period int) error {
	var sums []unitSum
	err := s.db.Select(ctx, &sums, `
		SELECT unit_id, COUNT(*) AS players, SUM(points) AS points, MAX(reached_at) AS reached_at
		FROM standings WHERE contest_id = ? AND measure = ? AND period = ? AND unit_id <> 0
		GROUP BY unit_id`, c.ContestID, string(board.PlayerMeasure()), period)
	if err != nil {
		return errs.Wrap(err, "add up units")
	}
	key := unitsKey(c.ContestID, board.Key, period)
	entries := make([]redis.Z, 0, len(sums))
	for id, sum := range rollUp(c, board, sums) {
		points := sum.Points
		if board.Measure == contest.MeasurePlayers {
			points = sum.Players
		}
		entries = append(entries, redis.Z{Score: unitPacking.pack(points, sum.ReachedAt, opensAt(c)), Member: member(id)})
	}
	if len(entries) == 0 {
		return nil
	}
	_, err = s.redis.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		pipe.ZAdd(ctx, key, entries...)
		pipe.SAdd(ctx, keysKey(c.ContestID), key)
		return nil
	})
	return err
}

// rollUp adds the units below the board's depth to the one at that depth.
func rollUp(c *catalog.Contest, board contest.Board, sums []unitSum) map[sqldb.ID]*unitSum {
	ranked := map[sqldb.ID]*unitSum{}
	for _, sum := range sums {
		unit, known := c.Units.At(sum.UnitID, board.Depth)
		if !known {
			continue
		}
		total := ranked[unit.ID]
		if total == nil {
			total = &unitSum{UnitID: unit.ID}
			ranked[unit.ID] = total
		}
		total.Players += sum.Players
		total.Points += sum.Points
		total.ReachedAt = max(total.ReachedAt, sum.ReachedAt)
	}
	return ranked
}
