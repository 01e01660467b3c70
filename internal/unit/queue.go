package unit

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Waiting is a name that players typed.
type Waiting struct {
	ID        sqldb.ID `db:"id"`
	Name      string   `db:"name"`
	UnitID    sqldb.ID `db:"unit_id"` // 0 while it waits
	DecidedAt int64    `db:"decided_at"`
	Players   int      `db:"players"`
}

// Queue lists the names that wait, those of most players first; or with merged
// those that are merged, newest first. total counts all of them.
func (s *Service) Queue(
	ctx context.Context, contestID sqldb.ID, merged bool, from, size int,
) (names []Waiting, total int, err error) {
	which, order := "n.unit_id = 0", "players DESC, n.id"
	if merged {
		which, order = "n.unit_id <> 0", "n.decided_at DESC, n.id"
	}
	// A name that waits without a player is one that is just being taken back.
	having := " HAVING COUNT(p.player_id) > 0 OR n.unit_id <> 0"
	const group = " FROM unit_names n LEFT JOIN unit_name_players p ON p.name_id = n.id WHERE n.contest_id = ? AND "
	err = s.DB.Select(ctx, &names,
		"SELECT n.id, n.name, n.unit_id, n.decided_at, COUNT(p.player_id) AS players"+group+which+
			" GROUP BY n.id, n.name, n.unit_id, n.decided_at"+having+" ORDER BY "+order+" LIMIT ? OFFSET ?",
		contestID, size, from-1)
	if err != nil {
		return nil, 0, errs.Wrap(err, "list typed names")
	}
	err = s.DB.Get(ctx, &total, "SELECT COUNT(*) FROM unit_names n WHERE n.contest_id = ? AND "+which+
		" AND (n.unit_id <> 0 OR EXISTS (SELECT 1 FROM unit_name_players p WHERE p.name_id = n.id))", contestID)
	return names, total, errs.Wrap(err, "count typed names")
}
