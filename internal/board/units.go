package board

import (
	"context"
	"maps"
	"slices"
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

// unitRefresh is what of a contest's units is to be added up, and when at the
// earliest.
type unitRefresh struct {
	dirty map[int]bool // periods
	next  time.Time
}

// touchUnits notes that totals of these days (0: of the whole contest, which is
// always meant too) have changed.
func (s *Service) touchUnits(contestID sqldb.ID, days ...int) {
	s.unitsMu.Lock()
	defer s.unitsMu.Unlock()
	r := s.unitsOf(contestID)
	r.dirty[0] = true
	for _, day := range days {
		r.dirty[day] = true
	}
}

// unitsOf is called with unitsMu held.
func (s *Service) unitsOf(contestID sqldb.ID) *unitRefresh {
	if s.units[contestID] == nil {
		s.units[contestID] = &unitRefresh{dirty: map[int]bool{}}
	}
	return s.units[contestID]
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
			periods := s.takeDirty(c.ContestID)
			if len(periods) == 0 {
				continue
			}
			if err := s.RefreshUnits(ctx, c.ContestID, periods...); err != nil {
				s.touchUnits(c.ContestID, periods...)
				redisdb.LogAway(ctx, "add up the units of "+c.Slug, err)
			}
		}
	}
}

func (s *Service) takeDirty(contestID sqldb.ID) (periods []int) {
	s.unitsMu.Lock()
	defer s.unitsMu.Unlock()
	r := s.unitsOf(contestID)
	if time.Now().Before(r.next) {
		return nil
	}
	periods = slices.Collect(maps.Keys(r.dirty))
	clear(r.dirty)
	return periods
}

// RefreshUnits adds up the units of a contest and sets their boards, of the
// given periods or of all.
func (s *Service) RefreshUnits(ctx context.Context, contestID sqldb.ID, periods ...int) error {
	began := time.Now()
	defer func() {
		s.unitsMu.Lock()
		defer s.unitsMu.Unlock()
		s.unitsOf(contestID).next = time.Now().Add(max(unitsLeast, unitsFactor*time.Since(began)))
	}()
	c := s.contestOf(contestID)
	if c == nil {
		return nil
	}
	if len(periods) == 0 {
		var err error
		if periods, err = s.periods(ctx, contestID); err != nil {
			return err
		}
	}
	for _, board := range c.Boards {
		for _, period := range periods {
			if board.Subject != contest.SubjectUnit || period != 0 && !board.Daily {
				continue
			}
			if err := s.refreshUnitBoard(ctx, c, board, period); err != nil {
				return err
			}
		}
	}
	return nil
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
	// Set anew and whole: a unit that was moved in the tree must not stay behind.
	_, err = s.redis.TxPipelined(ctx, func(pipe redis.Pipeliner) error {
		pipe.Del(ctx, key)
		if len(entries) > 0 {
			pipe.ZAdd(ctx, key, entries...)
			pipe.SAdd(ctx, keysKey(c.ContestID), key)
		}
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
