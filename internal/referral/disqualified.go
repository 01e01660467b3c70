package referral

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

// Touch notes, in the transaction in which a player is disqualified or restored,
// that the player's place on the share board is to be looked at again.
func (s *Service) Touch(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx,
		"UPDATE arrivals SET changed_at = ? WHERE contest_id = ? AND inviter_id = ? AND state = 'counted'", s.millis(),
		contestID, player)
	return errs.Wrap(err, "let a place of the share board be looked at again")
}

// Refresh sets the place of a player who was disqualified or restored, at once. What
// fails here is caught up.
func (s *Service) Refresh(ctx context.Context, contestID, player sqldb.ID) {
	err := s.view.Update(ctx, contestID, tallies("AND inviter_id = ?", contestID, player))
	redisdb.LogAway(ctx, "set the place of a player who was disqualified or restored", err)
}
