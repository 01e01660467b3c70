package board

import (
	"context"

	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

// A disqualified player keeps the standings and is left out of the view: whatever
// sets totals in Redis (a push, catching up, a rebuild) takes the member out
// instead, and the sums of units pass the player over. So taking a
// disqualification back needs no more than setting the same totals again.

// Touch notes, in the transaction in which a player is disqualified or restored,
// that the player's totals are to be looked at again: catching up finds them also
// when the call to Refresh is lost.
func (s *Service) Touch(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx, "UPDATE standings SET changed_at = ? WHERE contest_id = ? AND player_id = ?",
		s.now().UnixMilli(), contestID, player)
	return errs.Wrap(err, "let totals be looked at again")
}

// Refresh sets the boards of a player who was disqualified or restored, at once. What
// fails here is caught up.
func (s *Service) Refresh(ctx context.Context, contestID, player sqldb.ID) {
	err := s.view.Update(ctx, contestID, redisdb.Query{
		SQL: standingsOfContest + " AND player_id = ?", Args: []any{contestID, player},
	})
	redisdb.LogAway(ctx, "set the boards of a player who was disqualified or restored", err)
}

// takeOut removes the totals of disqualified players from the view and returns the
// others.
func (s *Service) takeOut(ctx context.Context, contestID sqldb.ID, entries []entry) ([]entry, error) {
	out, err := conduct.OutOf(ctx, s.db, contestID, playersOf(entries))
	if err != nil || len(out) == 0 {
		return entries, err
	}
	c := s.contestOf(contestID)
	stay := make([]entry, 0, len(entries))
	pipe := s.redis.Pipeline()
	for _, e := range entries {
		if !out[e.PlayerID] {
			stay = append(stay, e)
			continue
		}
		for _, key := range keysOf(c, e) {
			pipe.ZRem(ctx, key, member(e.PlayerID))
		}
	}
	_, err = pipe.Exec(ctx)
	return stay, err
}
