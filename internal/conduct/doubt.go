package conduct

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// LookedSince is when signals of a contest were last looked for by a look that began at
// a moment or later, UTC ms; 0 for none, and while a newer one is under way or has failed.
func LookedSince(ctx context.Context, from sqldb.Reader, contestID sqldb.ID, moment int64) (int64, error) {
	var looked int64
	err := from.Get(ctx, &looked, `SELECT COALESCE(MAX(ended_at), 0) FROM conduct_looks
		WHERE contest_id = ? AND ended = look AND under_way = 0 AND begun_at >= ?`, contestID, moment)
	return looked, errs.Wrap(err, "read when signals were looked for")
}

// Doubted lists the players of a contest with signals on which nobody has closed a case.
func Doubted(ctx context.Context, from sqldb.Reader, contestID sqldb.ID) (players []sqldb.ID, err error) {
	err = from.Select(ctx, &players, `SELECT DISTINCT f.player_id FROM conduct_signals f
		JOIN conduct_looks l ON l.contest_id = f.contest_id AND l.ended = f.look
		WHERE f.contest_id = ? AND NOT EXISTS (SELECT 1 FROM conduct_cases k
			WHERE k.contest_id = f.contest_id AND k.player_id = f.player_id AND k.closed_at > 0)
		ORDER BY f.player_id`, contestID)
	return players, errs.Wrap(err, "list who has open signals")
}
