package instant

import (
	"context"
	"log/slog"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/pace"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// deedPrize is the deed for which a prize of points is credited; its ref is the
// award's id. play records it once, whatever asks twice.
const deedPrize contest.DeedKind = "prize"

// creditDraw adds the points of a draw that won some to the player's own. The win
// stands already: what fails here is made up for by the sweep.
func (s *Service) creditDraw(ctx context.Context, item *chanceDraw) {
	if item.award == nil || item.award.Kind != contest.PrizePoints {
		return
	}
	if err := s.credit(context.WithoutCancel(ctx), item.contest, item.award); err != nil {
		slog.WarnContext(ctx, "credit a prize of points; the sweep will", "award", item.award.ID, "error", err)
	}
}

// credit adds the points of an award to the player's, once, and marks the award.
func (s *Service) credit(ctx context.Context, c *catalog.Contest, award *prize.Award) error {
	if award.Promised == nil {
		return prize.ErrPrizeUnknown
	}
	now := s.millis()
	deed := contest.Deed{Kind: deedPrize, Ref: award.ID.String(), At: now}
	points := contest.Grant{Kind: contest.GrantInto(award.Purse), Source: "prize/" + award.ID.String(),
		Rule: award.PrizeKey, Amount: award.Worth(), At: now}
	if _, err := s.play.Give(ctx, c, award.PlayerID, deed, []contest.Grant{points}); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := prize.Move(ctx, tx, award.ID, prize.Won, prize.Credited, now) // not moved: the sweep was faster
		return errs.Wrap(err, "mark a prize of points as credited")
	})
}

// sweepEvery is how soon points are credited that a crash kept back.
const sweepEvery = 30 * time.Second

// sweepAfter leaves alone what a request may still be at.
const sweepAfter = 10 * time.Second

// Run credits what a crash kept back, until ctx ends.
func (s *Service) Run(ctx context.Context) {
	pace.Every(ctx, sweepEvery, "credit prizes of points", s.Sweep)
}

// Sweep credits the prizes of points that were won some seconds ago and are not
// credited. One that cannot be credited does not hold up the others; the error is
// one of theirs.
func (s *Service) Sweep(ctx context.Context) (failed error) {
	for _, c := range s.catalog.All() {
		err := s.sweepContest(ctx, c)
		if err != nil {
			failed = err
		}
	}
	return failed
}

// sweepContest goes through the awards by their ids, so that one that fails is passed by.
func (s *Service) sweepContest(ctx context.Context, c *catalog.Contest) (failed error) {
	const atOnce = 500
	for after := sqldb.ID(0); ctx.Err() == nil; {
		var due []prize.Award
		err := s.db.Select(ctx, &due, "SELECT "+prize.AwardColumns+` FROM awards
			WHERE contest_id = ? AND kind = ? AND status = ? AND won_at < ? AND id > ? ORDER BY id LIMIT ?`,
			c.ContestID, contest.PrizePoints, prize.Won, s.now().Add(-sweepAfter).UnixMilli(), after, atOnce)
		if err != nil {
			return errs.Wrap(err, "look for prizes of points to credit")
		}
		for i := range due {
			after = due[i].ID
			if err := s.credit(ctx, c, &due[i]); err != nil {
				failed = errs.Wrap(err, "credit award %d", after)
			}
		}
		if len(due) < atOnce {
			return failed
		}
	}
	return failed
}
