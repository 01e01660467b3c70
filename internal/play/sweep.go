package play

import (
	"context"
	"errors"
	"sync"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/pace"
	"anquanda/internal/sqldb"
)

const (
	sweepEvery = 5 * time.Second
	// sweepAfter is how long after its deadline an attempt is finished for the
	// player, in milliseconds: longer than any response may still be on its way.
	sweepAfter  = Grace + 5_000
	sweepAtOnce = 200
)

// Run finishes attempts whose time ran out, until ctx ends: those whose player
// went away, and those whose node died between the last response and the end.
func (s *Service) Run(ctx context.Context) {
	pace.Every(ctx, sweepEvery, "finish attempts whose time ran out", s.Sweep)
}

// Sweep finishes every attempt whose time has run out. One that cannot be
// finished is told of in the error and does not hold up the others.
func (s *Service) Sweep(ctx context.Context) error {
	var failed error
	var last attemptRow
	for {
		var rows []attemptRow
		err := s.db.Select(ctx, &rows, `
			SELECT id, player_id, deadline_at FROM attempts WHERE finished_at = 0 AND deadline_at < ?
			AND (deadline_at > ? OR (deadline_at = ? AND id > ?)) ORDER BY deadline_at, id LIMIT ?`,
			s.millis()-sweepAfter, last.DeadlineAt, last.DeadlineAt, last.ID, sweepAtOnce)
		if err != nil {
			return errs.Wrap(err, "look for attempts whose time ran out")
		}
		if err := s.endAll(ctx, rows); err != nil {
			failed = err
		}
		if len(rows) < sweepAtOnce || errors.Is(failed, sqldb.ErrAway) {
			return failed
		}
		last = rows[len(rows)-1]
	}
}

// endAll ends attempts together, so that they share commits.
func (s *Service) endAll(ctx context.Context, rows []attemptRow) error {
	failures := make([]error, len(rows))
	var all sync.WaitGroup
	for i := range rows {
		all.Go(func() {
			_, err := s.end(ctx, rows[i].PlayerID, rows[i].ID)
			failures[i] = errs.Wrap(err, "attempt %d", rows[i].ID)
		})
	}
	all.Wait()
	for _, err := range failures {
		if err != nil {
			return err // one stands for all: they mostly fail alike
		}
	}
	return nil
}

// overdue is how long after its deadline an attempt that is still not finished holds nothing
// up any more, in milliseconds: finishing it fails.
const overdue = 10 * 60_000

// UnderWay counts the attempts of a contest that began before a moment and are not
// finished, as far as they end before due (UTC ms) if nobody goes on with them.
func (s *Service) UnderWay(ctx context.Context, contestID sqldb.ID, begunBefore, due int64) (n int64, err error) {
	err = s.db.Get(ctx, &n, `SELECT COUNT(*) FROM attempts WHERE contest_id = ? AND finished_at = 0 AND started_at < ?
		AND deadline_at < ? AND deadline_at > ?`, contestID, begunBefore, due, s.millis()-overdue)
	return n, errs.Wrap(err, "count the attempts that are under way")
}
