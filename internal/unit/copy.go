package unit

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Copy gives a contest without units those of another one, under ids of their own.
func Copy(ctx context.Context, tx *sqldb.Tx, ids *sqldb.IDs, from, to sqldb.ID) error {
	var units []*Unit
	if err := tx.Select(ctx, &units, "SELECT "+unitColumns+" FROM units WHERE contest_id = ? ORDER BY position, id",
		from); err != nil {
		return errs.Wrap(err, "read units to copy")
	}
	own := map[sqldb.ID]sqldb.ID{0: 0}
	for _, u := range units {
		own[u.ID] = ids.Next()
	}
	for _, u := range units {
		_, err := tx.Exec(ctx,
			`INSERT INTO units (contest_id, id, parent_id, code, name, headcount, position, aliases, gone_at)
			SELECT ?, ?, ?, code, name, headcount, position, aliases, gone_at FROM units WHERE contest_id = ? AND id = ?`,
			to, own[u.ID], own[u.ParentID], from, u.ID)
		if err != nil {
			return errs.Wrap(err, "copy a unit")
		}
	}
	return bump(ctx, tx, to)
}
