package play

import (
	"context"
	"sync"
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

// statsCache keeps counters for a while: they are read by every big screen and
// cost a pass over the attempts.
type statsCache struct {
	mu      sync.Mutex
	entries map[sqldb.ID]cachedStats
}

type cachedStats struct {
	Stats
	until time.Time
}

// A count is kept for at least statsLeast and for statsFactor times as long as
// it took, so that counting never takes more than a twentieth of the store.
const (
	statsLeast  = 3 * time.Second
	statsFactor = 20
)

// Stats counts what was played in a contest; it may be some seconds old.
func (s *Service) Stats(ctx context.Context, contestID sqldb.ID) (Stats, error) {
	s.stats.mu.Lock()
	defer s.stats.mu.Unlock()
	if cached, ok := s.stats.entries[contestID]; ok && s.now().Before(cached.until) {
		return cached.Stats, nil
	}
	begun := time.Now()
	var stats Stats
	err := s.db.Get(ctx, &stats, `
		SELECT COUNT(*) AS attempts, COALESCE(SUM(answered), 0) AS answers,
		       COALESCE(SUM(correct), 0) AS correct, COALESCE(SUM(passed), 0) AS passed
		FROM attempts WHERE contest_id = ? AND finished_at > 0`, contestID)
	if err != nil {
		return Stats{}, errs.Wrap(err, "count attempts")
	}
	if stats.Players, err = s.players.Count(ctx, contestID); err != nil {
		return Stats{}, err
	}
	if s.stats.entries == nil {
		s.stats.entries = map[sqldb.ID]cachedStats{}
	}
	s.stats.entries[contestID] = cachedStats{stats, s.now().Add(max(statsLeast, statsFactor*time.Since(begun)))}
	return stats, nil
}
