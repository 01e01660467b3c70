package board

import (
	"cmp"
	"context"
	"errors"
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
	dirty map[int]bool // periods, as in contest.Total
	next  time.Time
}

// touchUnits notes that totals of these periods (0: of the whole contest, which is
// always meant too) have changed.
func (s *Service) touchUnits(contestID sqldb.ID, periods ...int) {
	s.unitsMu.Lock()
	defer s.unitsMu.Unlock()
	r := s.unitsOf(contestID)
	r.dirty[0] = true
	for _, period := range periods {
		r.dirty[period] = true
	}
}

// unitsOf is called with unitsMu held.
func (s *Service) unitsOf(contestID sqldb.ID) *unitRefresh {
	if s.units[contestID] == nil {
		s.units[contestID] = &unitRefresh{dirty: map[int]bool{}}
	}
	return s.units[contestID]
}

// refreshDirty adds up the units whose totals changed, where it is time to.
func (s *Service) refreshDirty(ctx context.Context) (failed error) {
	for _, c := range s.catalog.All() {
		periods := s.takeDirty(c.ContestID)
		if len(periods) == 0 {
			continue
		}
		if err := s.RefreshUnits(ctx, c.ContestID, periods...); err != nil {
			s.touchUnits(c.ContestID, periods...)
			failed = errors.Join(failed, errs.Wrap(err, "contest %s", c.Slug))
		}
	}
	return failed
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
			if board.Subject == contest.SubjectPlayer || !board.RanksIn(period) {
				continue
			}
			if err := s.refreshUnitBoard(ctx, c, board, period); err != nil {
				return err
			}
		}
	}
	return nil
}

// unitSum is what the players of one unit hold together, or one of them.
type unitSum struct {
	UnitID    sqldb.ID `db:"unit_id"`
	Players   int64    `db:"players"`
	Points    int64    `db:"points"`
	ReachedAt int64    `db:"reached_at"`
	UsedMS    int64    `db:"used_ms"`
	Answered  int64    `db:"answered"`

	each []int64 // points of each player, in order, where a unit ranks by their median
}

func (s *Service) refreshUnitBoard(ctx context.Context, c *catalog.Contest, board contest.Board, period int) error {
	ranked, err := s.rankUnits(ctx, c, board, period)
	if err != nil {
		return errs.Wrap(err, "add up units")
	}
	key := unitsKey(c.ContestID, &board, period)
	var others []string // what it was, if it was changed
	for _, kind := range unitKinds {
		if other := redisdb.Keys(c.ContestID).BoardUnits(board.Key+kind, period); other != key {
			others = append(others, other)
		}
	}
	entries := make([]redis.Z, len(ranked))
	for i, unit := range ranked {
		entries[i] = redis.Z{Score: unit.score, Member: member(unit.ID)}
	}
	names, err := s.teamNames(ctx, c, board, period, ranked)
	if err != nil {
		return err
	}
	// Set anew and whole: a unit that was moved in the tree must not stay behind.
	_, err = s.redis.TxPipelined(ctx, func(pipe redis.Pipeliner) error {
		pipe.Del(ctx, append(others, key)...)
		if len(entries) > 0 {
			pipe.ZAdd(ctx, key, entries...)
			pipe.SAdd(ctx, redisdb.Keys(c.ContestID).BoardSets(), key)
		}
		names.set(ctx, pipe)
		return nil
	})
	return err
}

// RankedUnit is a unit that a board ranks.
type RankedUnit struct {
	ID      sqldb.ID
	Points  int64   // as contest.PointsOn reads them
	Players int64   // who counted
	score   float64 // what it ranks by: the smaller, the higher
}

// Equals reports whether nothing ranks two units of a board, neither points nor what
// decides between equals.
func (u *RankedUnit) Equals(other *RankedUnit) bool { return u.score == other.score }

// Ahead reports whether a unit ranks before another of its board.
func (u *RankedUnit) Ahead(other *RankedUnit) bool { return u.score < other.score }

// rankUnits scores the units that a board ranks, in no order.
func (s *Service) rankUnits(
	ctx context.Context, c *catalog.Contest, board contest.Board, period int,
) ([]RankedUnit, error) {
	sums, err := s.sumsOf(ctx, c, board, period)
	if err != nil {
		return nil, err
	}
	ranked := make([]RankedUnit, 0, len(sums))
	for _, sum := range rollUp(c, board, sums) {
		points, ok := pointsOf(c, board, sum)
		if !ok {
			continue
		}
		score := unitPacking.pack(points, sum.ReachedAt, opensAt(c))
		if board.Ties == contest.TiesTime {
			score = unitTimePacking.pack(points, usedOf(&board, sum), 0)
		}
		ranked = append(ranked, RankedUnit{sum.UnitID, points, sum.Players, score})
	}
	return ranked, nil
}

// sumsOf adds up the players of each unit; of a board of the best few, it lists
// those few of each unit one by one, and of one of medians all of them.
func (s *Service) sumsOf(ctx context.Context, c *catalog.Contest, board contest.Board, period int) ([]unitSum, error) {
	where, args := rankedWhere(c, board, period)
	where = groupedBy(board, where)
	query := "SELECT unit_id, COUNT(*) AS players, SUM(points) AS points, MAX(reached_at) AS reached_at, " +
		"SUM(used_ms) AS used_ms, SUM(answered) AS answered" +
		where + " GROUP BY unit_id"
	switch {
	case board.Measure == contest.MeasureTime:
		query = "SELECT unit_id, 1 AS players, points, reached_at, used_ms, answered" + where
	case board.Top > 0:
		query = `SELECT unit_id, 1 AS players, points, reached_at, used_ms, answered FROM (
			SELECT unit_id, points, reached_at, used_ms, answered,
				ROW_NUMBER() OVER (PARTITION BY unit_id ORDER BY points DESC, used_ms, reached_at, player_id) AS place` + where + `
			) AS placed WHERE place <= ?`
		args = append(args, board.Top)
	}
	var sums []unitSum
	err := s.db.Select(ctx, &sums, query, args...)
	return sums, err
}

// rollUp adds the units below the board's depth to the one at that depth, as far
// as they stand below the unit that it ranks under.
func rollUp(c *catalog.Contest, board contest.Board, sums []unitSum) []*unitSum {
	at := func(unit sqldb.ID) (sqldb.ID, bool) {
		found, known := c.Units.At(unit, board.Depth)
		if !known || board.Under != "" && !c.Units.IsUnder(unit, board.Under) {
			return 0, false
		}
		return found.ID, true
	}
	if board.Subject == contest.SubjectTeam { // which stand in no tree
		at = func(team sqldb.ID) (sqldb.ID, bool) { return team, true }
	}
	slices.SortFunc(sums, func(a, b unitSum) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(a.UsedMS, b.UsedMS), cmp.Compare(a.ReachedAt, b.ReachedAt))
	})
	var ranked []*unitSum
	totals := map[sqldb.ID]*unitSum{}
	for _, sum := range sums {
		unit, known := at(sum.UnitID)
		if !known {
			continue
		}
		total := totals[unit]
		if total == nil {
			total = &unitSum{UnitID: unit}
			totals[unit], ranked = total, append(ranked, total)
		}
		if board.Top > 0 && total.Players >= int64(board.Top) {
			continue
		}
		total.Players += sum.Players
		total.Points += sum.Points
		total.UsedMS += sum.UsedMS
		total.Answered += sum.Answered
		if board.Measure == contest.MeasureTime {
			total.each = append(total.each, sum.Points)
		}
		total.ReachedAt = max(total.ReachedAt, sum.ReachedAt)
	}
	return ranked
}

// wholeRate is the rate at which all of the headcount takes part.
const wholeRate = 10_000

// unitKinds are what stands behind the key of a board of units in the view. Averages and
// medians are kept apart from sums: a board that is changed from the one to the other never
// reads what it was before.
var unitKinds = []string{"", "~average", "~time"}

// unitsKey is where a board of units is kept.
func unitsKey(contestID sqldb.ID, board *contest.Board, period int) string {
	kind := unitKinds[0]
	switch {
	case board.Measure == contest.MeasureTime:
		kind = unitKinds[2]
	case board.Heads() > 0:
		kind = unitKinds[1]
	}
	return redisdb.Keys(contestID).BoardUnits(board.Key+kind, period)
}

// usedOf is the time by which a unit ranks among equals: the time of all, or of one on
// average, so that a large unit is not behind by its size.
func usedOf(board *contest.Board, sum *unitSum) int64 {
	if board.Heads() > 0 {
		return sum.UsedMS / sum.Players
	}
	return sum.UsedMS
}

// pointsOf is what a unit ranks by. A unit whose headcount is not known has no
// rate, and one with too few players no average; a team has as many as the contest says;
// one with more players than heads has the whole.
func pointsOf(c *catalog.Contest, board contest.Board, sum *unitSum) (int64, bool) {
	if board.Subject == contest.SubjectTeam && sum.Players < teamLeast(c) {
		return 0, false
	}
	switch board.Measure {
	case contest.MeasurePlayers:
		return sum.Players, true
	case contest.MeasureRate:
		heads := int64(c.Units.Headcount(sum.UnitID))
		if heads == 0 {
			return 0, false
		}
		return min(wholeRate, sum.Players*wholeRate/heads), true
	case contest.MeasureAccuracy:
		return contest.AccuracyOf(sum.Points, sum.Answered),
			sum.Answered >= int64(board.Answers) && sum.Players >= int64(board.Heads())
	}
	if board.Measure == contest.MeasureTime {
		return contest.MedianOf(sum.each), sum.Players >= int64(board.Heads())
	}
	if board.Average > 0 {
		return contest.AverageOf(sum.Points, sum.Players), sum.Players >= int64(board.Average)
	}
	return sum.Points, true
}
