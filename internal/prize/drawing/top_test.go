package drawing

import (
	"maps"
	"math"
	"slices"
	"testing"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
)

func TestWhoIsBelowTheLeastOfABoardIsNotAmongItsFirst(t *testing.T) {
	p := &podium{catalog: &catalog.Contest{Definition: &contest.Definition{}}, count: 10, to: math.MaxInt64,
		board: contest.Board{Measure: contest.MeasurePoints, Least: 5},
		order: func(_ *catalog.Contest, total contest.Total) float64 { return -float64(total.Points) }}
	for player, points := range map[sqldb.ID]int{1: 4, 2: 5, 3: 6} {
		p.add(player, &contest.Record{Grants: []contest.Grant{{Kind: contest.GrantPoints, Amount: points, At: 1}}})
	}
	if got := slices.Sorted(maps.Keys(p.players())); !slices.Equal(got, []sqldb.ID{2, 3}) {
		t.Errorf("among the first are %v", got)
	}
}
