package arena

import (
	"context"
	"slices"

	"anquanda/internal/sqldb"
)

// grantsOf are what players earned, by kinds: "@" of points, "@flowers" of a purse.
func grantsOf(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (map[string][]attempt, error) {
	var rows []attempt
	err := db.Select(ctx, &rows, `SELECT g.player_id, e.unit_id, g.kind, g.amount AS earned, g.granted_at AS finished_at
		FROM grants g JOIN enrolments e ON e.contest_id = g.contest_id AND e.player_id = g.player_id
		WHERE g.contest_id = ? ORDER BY g.granted_at, g.id`, contestID)
	grants := map[string][]attempt{}
	for _, row := range rows {
		kind := row.Kind
		if kind == "points" {
			kind = "@"
		}
		grants[kind] = append(grants[kind], row)
	}
	return grants, err
}

// earnedOf adds up what was earned; who only answered has nothing.
func earnedOf(rows []attempt) map[sqldb.ID]*total {
	totals := map[sqldb.ID]*total{}
	for _, row := range rows {
		t := totals[row.PlayerID]
		if t == nil {
			t = &total{unit: row.UnitID, reached: row.FinishedAt}
			totals[row.PlayerID] = t
		}
		if row.Earned > 0 {
			t.points, t.reached = t.points+row.Earned, row.FinishedAt
		}
	}
	return totals
}

// timesOf takes the median of the time that each level took up to its pass. Points are the
// tenths of a second below a day.
func timesOf(attempts []attempt) map[sqldb.ID]*total {
	totals, took, passed := map[sqldb.ID]*total{}, map[sqldb.ID]map[string]int64{}, map[sqldb.ID][]int64{}
	done := map[sqldb.ID]map[string]bool{}
	for _, a := range attempts {
		t := totals[a.PlayerID]
		if t == nil {
			t = &total{unit: a.UnitID, reached: a.FinishedAt}
			totals[a.PlayerID], took[a.PlayerID], done[a.PlayerID] = t, map[string]int64{}, map[string]bool{}
		}
		if done[a.PlayerID][a.LevelKey] {
			continue
		}
		took[a.PlayerID][a.LevelKey] += a.UsedMS
		if !a.Passed {
			continue
		}
		done[a.PlayerID][a.LevelKey] = true
		t.asked += a.Reached
		passed[a.PlayerID] = append(passed[a.PlayerID], took[a.PlayerID][a.LevelKey])
		points := 864_000 - (middle(passed[a.PlayerID])+99)/100
		if points != t.points || len(passed[a.PlayerID]) == 1 {
			t.points, t.reached = points, a.FinishedAt
		}
	}
	return totals
}

// middle is the median; of two in the middle what lies between them.
func middle(values []int64) int64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
