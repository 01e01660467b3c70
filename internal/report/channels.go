package report

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// DrewByChannel counts the players of a contest who drew from a prize pool, by the
// code of the channel by which they came; empty for those whom players brought.
func (s *Service) DrewByChannel(ctx context.Context, contestID sqldb.ID) (map[string]int64, error) {
	var rows []struct {
		Channel string `db:"channel"`
		Players int64  `db:"players"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT a.channel, COUNT(DISTINCT d.player_id) AS players
		FROM draws d JOIN arrivals a ON a.contest_id = d.contest_id AND a.player_id = d.player_id
		WHERE d.contest_id = ? GROUP BY a.channel`, contestID)
	counts := make(map[string]int64, len(rows))
	for _, row := range rows {
		counts[row.Channel] = row.Players
	}
	return counts, errs.Wrap(err, "count who drew by channel")
}
