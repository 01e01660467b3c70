package referral

import (
	"context"
	"database/sql"
	"errors"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
)

// Where a definition keeps invitations for proven persons, an invitee counts with the
// later of two things: what the definition asks of every invitee, and being proven. Both
// lock the invitee's enrolment before they look at the other, so that whichever comes
// second sees the first and counts the invitation, once.

// admitted reports whether an invitation that waits may count, as far as proof goes.
func (s *Service) admitted(ctx context.Context, tx *sqldb.Tx, row *arrivalRow) (bool, error) {
	c := s.contestOf(row.ContestID)
	if row.State != stateWaiting || c == nil || !c.NeedsProof(contest.ForInvitations) {
		return true, nil
	}
	invitee, err := identity.LockIn(ctx, tx, row.ContestID, row.PlayerID)
	if errors.Is(err, identity.ErrNotEnrolled) {
		return false, nil
	}
	return c.IsProven(invitee.Proofs), err
}

// CountProven counts the invitation of a player who is proven, in that transaction, if it
// waited for nothing else.
func (s *Service) CountProven(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, at int64) error {
	c := s.contestOf(contestID)
	if c == nil || !c.NeedsProof(contest.ForInvitations) {
		return nil
	}
	rows, err := readArrivals(ctx, tx, map[arrivalKey]bool{{contestID, player}: true})
	if err != nil || len(rows) == 0 {
		return err
	}
	row := &rows[0]
	if row.State != stateWaiting || c.Share.Counts != contest.CountsJoined && row.TriedAt == 0 {
		return nil
	}
	if admitted, err := s.admitted(ctx, tx, row); err != nil || !admitted {
		return err
	}
	deeds, err := s.credit(ctx, tx, row, at)
	if err != nil || len(deeds) == 0 {
		return err
	}
	return s.play.DoIn(ctx, tx, deeds)
}

// InviterOf is who invited a player, where that counted; 0 for nobody.
func (s *Service) InviterOf(ctx context.Context, contestID, player sqldb.ID) (sqldb.ID, error) {
	var inviter sqldb.ID
	err := s.db.Get(ctx, &inviter,
		"SELECT inviter_id FROM arrivals WHERE contest_id = ? AND player_id = ? AND state = 'counted'", contestID, player)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return inviter, errs.Wrap(err, "read who invited a player")
}
