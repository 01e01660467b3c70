package play

import (
	"context"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Stats are the public counters of a contest, over finished attempts.
type Stats struct {
	Players  int64 `db:"-"`
	Attempts int64 `db:"attempts"`
	Answers  int64 `db:"answers"`
	Correct  int64 `db:"correct"`
	Passed   int64 `db:"passed"`
}

// statsLeast is how long counters are kept at least: every big screen reads them,
// and they cost a pass over the attempts.
const statsLeast = 3 * time.Second

// Stats counts what was played in a contest; it may be some seconds old.
func (s *Service) Stats(ctx context.Context, contestID sqldb.ID) (Stats, error) {
	return s.stats.Get(contestID, func() (Stats, error) { return s.countStats(ctx, contestID) })
}

func (s *Service) countStats(ctx context.Context, contestID sqldb.ID) (stats Stats, err error) {
	err = s.db.Get(ctx, &stats, `
		SELECT COUNT(*) AS attempts, COALESCE(SUM(answered), 0) AS answers,
		       COALESCE(SUM(correct), 0) AS correct, COALESCE(SUM(passed), 0) AS passed
		FROM attempts WHERE contest_id = ? AND finished_at > 0 AND held = 0`, contestID)
	if err != nil {
		return Stats{}, errs.Wrap(err, "count attempts")
	}
	stats.Players, err = s.players.Count(ctx, contestID)
	return stats, err
}
