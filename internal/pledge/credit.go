package pledge

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/pace"
	"anquanda/internal/sqldb"
)

const (
	sweepEvery = 5 * time.Second
	// sweepAfter is how old, in milliseconds, a signature must be before the sweep
	// credits it: its own request is over by then.
	sweepAfter  = 5_000
	sweepAtOnce = 200
)

// credited names a signature whose deed play has recorded.
type credited struct {
	contestID sqldb.ID
	number    int64
}

// credits reports whether signing must count at once: something is earned by it,
// or needs it. Else the sweep records the deed soon enough, and a crowd that
// signs together waits for one commit only.
func credits(c *catalog.Contest) bool {
	if slices.ContainsFunc(c.Earnings, func(e contest.Earning) bool { return e.For == contest.DeedPledge }) {
		return true
	}
	return slices.ContainsFunc(c.Drawings, func(d contest.Drawing) bool { return d.Who.Pledged }) ||
		slices.ContainsFunc(c.Certificates, func(d contest.Certificate) bool { return d.Who.Pledged })
}

// creditNow records the deed and returns what it earned. A failure is told to
// the log alone: the signature stands, and the sweep tries again.
func (s *Service) creditNow(ctx context.Context, c *catalog.Contest, row *Signature) []contest.Grant {
	earned, err := s.credit(context.WithoutCancel(ctx), c, row.PlayerID,
		contest.Deed{Kind: contest.DeedPledge, Ref: "1", At: row.SignedAt})
	if err != nil {
		slog.WarnContext(ctx, "credit a signature", "contest", c.Slug, "number", row.Number, "error", err)
		return nil
	}
	select {
	case s.credited <- credited{row.ContestID, row.Number}:
	default: // the sweep finds it, and credits it again in vain
	}
	return earned
}

// Run notes what was credited, and credits what a crash left, until ctx ends.
func (s *Service) Run(ctx context.Context) {
	pace.Every(ctx, sweepEvery, "sweep the pledges", s.Sweep)
}

// Sweep is one round of Run. A signature that cannot be credited does not
// hold up the others; the error is one of theirs.
func (s *Service) Sweep(ctx context.Context) error {
	if err := s.noteCredited(ctx); err != nil {
		return err
	}
	var failed error
	last := Signature{}
	for {
		var rows []Signature
		err := s.db.Select(ctx, &rows, "SELECT "+columns+` FROM signatures WHERE credited = 0 AND signed_at < ?
			AND (signed_at > ? OR (signed_at = ? AND number > ?)) ORDER BY signed_at, number LIMIT ?`,
			s.millis()-sweepAfter, last.SignedAt, last.SignedAt, last.Number, sweepAtOnce)
		if err != nil {
			return errs.Wrap(err, "look for signatures to credit")
		}
		if err := s.creditAll(ctx, rows); err != nil {
			failed = err
		}
		if len(rows) < sweepAtOnce || ctx.Err() != nil {
			return failed
		}
		last = rows[len(rows)-1]
	}
}

func (s *Service) creditAll(ctx context.Context, rows []Signature) (failed error) {
	var done []credited
	for i := range rows {
		row := &rows[i]
		c, err := s.catalog.Of(row.ContestID)
		if err != nil {
			continue // unknown: a rehearsal that ended
		}
		_, err = s.credit(ctx, c, row.PlayerID, contest.Deed{Kind: contest.DeedPledge, Ref: "1", At: row.SignedAt})
		if err != nil {
			failed = errs.Wrap(err, "credit signature %d of contest %s", row.Number, c.Slug)
			continue
		}
		done = append(done, credited{row.ContestID, row.Number})
	}
	if err := s.markCredited(ctx, done); err != nil {
		return err
	}
	return failed
}

// noteCredited stores which signatures were credited since the last call.
func (s *Service) noteCredited(ctx context.Context) error {
	var done []credited
	for {
		select {
		case one := <-s.credited:
			done = append(done, one)
			continue
		default:
		}
		return s.markCredited(ctx, done)
	}
}

func (s *Service) markCredited(ctx context.Context, done []credited) error {
	const most = 1000 // numbers of a statement
	byContest := map[sqldb.ID][]int64{}
	for _, one := range done {
		byContest[one.contestID] = append(byContest[one.contestID], one.number)
	}
	for contestID, numbers := range byContest {
		for part := range slices.Chunk(numbers, most) {
			err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
				_, err := tx.ExecIn(ctx, "UPDATE signatures SET credited = 1 WHERE contest_id = ? AND number IN (?)",
					contestID, part)
				return err
			})
			if err != nil {
				return errs.Wrap(err, "note what was credited")
			}
		}
	}
	return nil
}
