package catalog

import (
	"context"
	"log/slog"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Past is a version of a contest and from when on it was in force (UTC ms).
type Past struct {
	From       int64
	Definition *contest.Definition
}

// History reads all versions of a contest, the oldest first. One that this program no
// longer reads is left out: the one before it counts on.
func (c *Catalog) History(ctx context.Context, contestID sqldb.ID) ([]Past, error) {
	var rows []struct {
		Body      string `db:"body"`
		CreatedAt int64  `db:"created_at"`
	}
	err := c.db.Select(ctx, &rows,
		"SELECT body, created_at FROM contest_versions WHERE contest_id = ? ORDER BY version", contestID)
	if err != nil {
		return nil, errs.Wrap(err, "read the versions of contest %d", contestID)
	}
	past := make([]Past, 0, len(rows))
	for _, row := range rows {
		d, err := contest.Parse("version", []byte(row.Body))
		if err != nil {
			slog.WarnContext(ctx, "a version of a contest is not read any more", "contest", contestID, "error", err)
			continue
		}
		past = append(past, Past{row.CreatedAt, d})
	}
	return past, nil
}
