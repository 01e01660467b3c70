package board

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

// A disqualified player, one who was set aside, and where boards are for proven persons
// one who is not proven, keeps the standings and is left out of the view: whatever
// sets totals in Redis (a push, catching up, a rebuild) takes the member out
// instead, and the sums of units pass the player over. So taking a
// disqualification back, or being proven, needs no more than setting the same totals again.

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

// takeOut removes the totals of players who do not count from the view and returns the
// others.
func (s *Service) takeOut(ctx context.Context, contestID sqldb.ID, entries []entry) ([]entry, error) {
	c := s.contestOf(contestID)
	out, err := s.outOf(ctx, c, contestID, playersOf(entries))
	if err != nil || len(out) == 0 {
		return entries, err
	}
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

// outOf tells which players stand on no board.
func (s *Service) outOf(ctx context.Context, c *catalog.Contest, contestID sqldb.ID,
	players []sqldb.ID) (map[sqldb.ID]bool, error) {
	out, err := conduct.OutOf(ctx, s.db, contestID, players)
	if err != nil || c == nil || !c.NeedsProof(contest.ForBoards) {
		return out, err
	}
	who, err := s.players.Enrolments(ctx, contestID, players)
	if out == nil {
		out = map[sqldb.ID]bool{}
	}
	for _, player := range players {
		if !c.IsProven(who[player].Proofs) {
			out[player] = true
		}
	}
	return out, err
}
