package shortlist

import (
	"context"

	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Standing are the players who are on a list and count, those with a place first: nobody
// who was taken off, is disqualified, set aside, or has left.
func (s *Store) Standing(ctx context.Context, contestID sqldb.ID, key string) ([]Row, error) {
	var rows []Row
	err := s.db.Select(ctx, &rows, "SELECT "+columns+` FROM shortlisted
		WHERE contest_id = ? AND list_key = ? AND on_list = 1 AND `+conduct.StandingWhere+`
		ORDER BY CASE WHEN place = 0 THEN 1 ELSE 0 END, place, player_id`, contestID, key, contestID, contestID)
	return rows, errs.Wrap(err, "read who stands on a list")
}
