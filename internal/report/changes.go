package report

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Begun is how often a level was begun.
type Begun struct {
	LevelKey string `db:"level_key"`
	All      int64  `db:"begun"`
	Since    int64  `db:"begun_since"` // since the moment that was asked for
	UnderWay int64  `db:"under_way"`   // neither finished nor out of time
}

// BegunLevels counts the attempts at levels: all, those since a moment, and those
// under way now (UTC ms). It costs a pass over the attempts of the contest.
func (s *Service) BegunLevels(
	ctx context.Context, contestID sqldb.ID, levels []string, since, now int64,
) (map[string]Begun, error) {
	var rows []Begun
	err := s.selectIn(ctx, levels, &rows, `
		SELECT level_key, COUNT(*) AS begun, SUM(CASE WHEN started_at >= ? THEN 1 ELSE 0 END) AS begun_since,
			SUM(CASE WHEN finished_at = 0 AND deadline_at > ? THEN 1 ELSE 0 END) AS under_way
		FROM attempts WHERE contest_id = ? AND level_key IN (?) GROUP BY level_key`, since, now, contestID, levels)
	begun := make(map[string]Begun, len(rows))
	for _, row := range rows {
		begun[row.LevelKey] = row
	}
	return begun, errs.Wrap(err, "count the attempts of contest %d", contestID)
}

// Given is what a rule has given: to how many players, and how often.
type Given struct {
	RuleKey string `db:"rule_key"`
	Players int64  `db:"players"`
	Times   int64  `db:"times"`
}

// GivenByRules counts what rules of earning gave. It costs a pass over the grants
// of the contest.
func (s *Service) GivenByRules(ctx context.Context, contestID sqldb.ID, rules []string) (map[string]Given, error) {
	var rows []Given
	err := s.selectIn(ctx, rules, &rows, `
		SELECT rule_key, COUNT(DISTINCT player_id) AS players, COUNT(*) AS times
		FROM grants WHERE contest_id = ? AND rule_key IN (?) GROUP BY rule_key`, contestID, rules)
	given := make(map[string]Given, len(rows))
	for _, row := range rows {
		given[row.RuleKey] = row
	}
	return given, errs.Wrap(err, "count the grants of contest %d", contestID)
}

// selectIn asks nothing where there are no keys to ask for.
func (s *Service) selectIn(ctx context.Context, keys []string, rows any, query string, args ...any) error {
	if len(keys) == 0 {
		return nil
	}
	return s.db.SelectIn(ctx, rows, query, args...)
}
