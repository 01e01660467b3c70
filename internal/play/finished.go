package play

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Finished tells which of some players of a contest have finished an attempt.
func Finished(
	ctx context.Context, from sqldb.Reader, contestID sqldb.ID, players []sqldb.ID,
) (map[sqldb.ID]bool, error) {
	if len(players) == 0 {
		return nil, nil
	}
	var ids []sqldb.ID
	err := from.SelectIn(ctx, &ids,
		"SELECT DISTINCT player_id FROM attempts WHERE contest_id = ? AND player_id IN (?) AND finished_at > 0",
		contestID, players)
	finished := make(map[sqldb.ID]bool, len(ids))
	for _, id := range ids {
		finished[id] = true
	}
	return finished, errs.Wrap(err, "read who has finished an attempt")
}
