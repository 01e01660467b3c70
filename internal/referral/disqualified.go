package referral

import (
	"context"

	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

// Touch notes, in the transaction in which a player is disqualified or restored,
// that the player's place on the share board is to be looked at again.
func (s *Service) Touch(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx, "UPDATE arrivals SET changed_at = ? WHERE contest_id = ? AND inviter_id = ? AND state = 'counted'", s.millis(), contestID, player)
	return errs.Wrap(err, "let a place of the share board be looked at again")
}

// Refresh sets the place of a player who was disqualified or restored, at once. What
// fails here is caught up.
func (s *Service) Refresh(ctx context.Context, contestID, player sqldb.ID) {
	_, err := s.pushAll(ctx, `
		SELECT contest_id, inviter_id, COUNT(*) AS invited, MAX(reached_at) AS reached_at FROM arrivals
		WHERE contest_id = ? AND state = 'counted' AND inviter_id = ? GROUP BY contest_id, inviter_id`, contestID, player)
	redisdb.LogAway(ctx, "set the place of a player who was disqualified or restored", err)
}

// outOf tells who of a batch is disqualified and stands on no share board.
func (s *Service) outOf(ctx context.Context, batch []tally) (map[arrivalKey]bool, error) {
	inviters := map[sqldb.ID][]sqldb.ID{}
	for _, t := range batch {
		inviters[t.ContestID] = append(inviters[t.ContestID], t.InviterID)
	}
	all := map[arrivalKey]bool{}
	for contestID, players := range inviters {
		out, err := conduct.OutOf(ctx, s.db, contestID, players)
		if err != nil {
			return nil, err
		}
		for player := range out {
			all[arrivalKey{contestID, player}] = true
		}
	}
	return all, nil
}
