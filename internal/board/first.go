package board

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

// First are the players whom a list of a board of players takes: the first of it over the
// whole contest who have reached the list's total, from the truth and in the board's order.
// It goes once through the totals of the board.
func (s *Service) First(
	ctx context.Context, c *catalog.Contest, board contest.Board, l *contest.List,
) ([]sqldb.ID, error) {
	where, args := rankedWhere(c, board, 0)
	if board.Measure == contest.MeasureAccuracy { // points are the right answers, which rank nobody by themselves
		where, args = where+" AND answered >= ?", append(args, board.Answers)
	} else {
		from := int64(l.Least)
		if l.Count > 0 {
			var last []int64
			err := s.db.Select(ctx, &last, "SELECT points"+where+" ORDER BY points DESC LIMIT 1 OFFSET ?",
				append(slices.Clone(args), l.Count-1)...)
			if err != nil {
				return nil, errs.Wrap(err, "find the last of the first of a board")
			}
			if len(last) > 0 {
				from = max(from, last[0])
			}
		}
		where, args = where+" AND points >= ?", append(args, from)
	}
	var entries []entry
	err := s.db.Select(ctx, &entries, "SELECT "+entryColumns+where, args...)
	if err != nil {
		return nil, errs.Wrap(err, "read the first of a board")
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(scoreOf(c, a), scoreOf(c, b)), cmp.Compare(a.PlayerID, b.PlayerID))
	})
	return playersOf(taken(entries, l, func(e entry) bool {
		total := contest.Total{Measure: board.Measure, Points: e.Points, Answered: e.Answered}
		return l.Reaches(&board, total.RanksBy())
	})), nil
}

// FirstUnits are the units or teams that a list of such a board takes, likewise.
func (s *Service) FirstUnits(
	ctx context.Context, c *catalog.Contest, board contest.Board, l *contest.List,
) ([]sqldb.ID, error) {
	ranked, err := s.RankedUnits(ctx, c, board)
	if err != nil {
		return nil, err
	}
	ranked = taken(ranked, l, func(u RankedUnit) bool { return l.Reaches(&board, u.Points) })
	units := make([]sqldb.ID, len(ranked))
	for i := range units {
		units[i] = ranked[i].ID
	}
	return units, nil
}

// taken are those that a list takes of what a board ranks, in its order: as many of the
// first as it counts, as far as they reach its total.
func taken[T any](ranked []T, l *contest.List, reaches func(T) bool) []T {
	if l.Count > 0 {
		ranked = ranked[:min(l.Count, len(ranked))]
	}
	if at := slices.IndexFunc(ranked, func(r T) bool { return !reaches(r) }); at >= 0 {
		ranked = ranked[:at]
	}
	return ranked
}

// RankedUnits are the units of a board of units over the whole contest, from the truth and
// in the board's order.
func (s *Service) RankedUnits(ctx context.Context, c *catalog.Contest, board contest.Board) ([]RankedUnit, error) {
	return s.RankedUnitsIn(ctx, c, board, 0)
}

// RankedUnitsIn is RankedUnits in a period, as in contest.Total.
func (s *Service) RankedUnitsIn(
	ctx context.Context, c *catalog.Contest, board contest.Board, period int,
) ([]RankedUnit, error) {
	ranked, err := s.rankUnits(ctx, c, board, period)
	if err != nil {
		return nil, errs.Wrap(err, "rank the units of a board")
	}
	slices.SortFunc(ranked, func(a, b RankedUnit) int {
		return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(a.ID, b.ID))
	})
	return ranked, nil
}

// rankedWhere is the condition, with what stands before it in a query, for the totals that
// a board ranks or adds up.
func rankedWhere(c *catalog.Contest, board contest.Board, period int) (where string, args []any) {
	parts := []string{" FROM standings WHERE contest_id = ? AND measure = ? AND period = ? AND points >= ?",
		conduct.StandingWhere}
	args = []any{c.ContestID, board.TotalName(), period, board.Least, c.ContestID, c.ContestID}
	if c.NeedsProof(contest.ForBoards) {
		proven, more := identity.ProvenWhere(c.Definition, c.ContestID)
		parts, args = append(parts, proven), append(args, more...)
	}
	if board.Measure == contest.MeasureTime {
		parts, args = append(parts, "answered >= ?"), append(args, board.Answers)
	}
	if board.Division != "" {
		parts, args = append(parts, "division = ?"), append(args, board.Division)
	}
	return strings.Join(parts, " AND "), args
}

// Totals are what some units have on a board of units in a period, as in contest.Total, from
// the view in one round trip; those that are not on it are left out. Errors: ErrAway.
func (s *Service) Totals(
	ctx context.Context, c *catalog.Contest, board contest.Board, period int, units []sqldb.ID,
) (map[sqldb.ID]int64, error) {
	key, scores := unitsKey(c.ContestID, &board, period), make([]*redis.FloatCmd, len(units))
	var there *redis.IntCmd
	_, err := s.redis.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		there = pipe.Exists(ctx, redisdb.Keys(c.ContestID).Boards().Mark)
		for i, unit := range units {
			scores[i] = pipe.ZScore(ctx, key, member(unit))
		}
		return nil
	})
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, ErrAway.Because(err)
	}
	if there.Val() == 0 {
		return nil, ErrAway.Because(redisdb.ErrEmptied)
	}
	totals, packed := make(map[sqldb.ID]int64, len(units)), packingOf(board)
	for i, unit := range units {
		if scores[i].Err() == nil {
			totals[unit] = packed.points(scores[i].Val())
		}
	}
	return totals, nil
}
