package catalog

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Change is one change of a contest after its first version.
type Change struct {
	Version     int
	At          int64 // UTC ms
	Reason      string
	Differences []rulespage.Difference
}

// mostChanges bounds the change log; the newest come first.
const mostChanges = 50

// Changes is the public change log of a contest, the newest first: what was
// changed, why, in the words of the rules. A change that players cannot notice
// (wording of a comment, order of keys) has no differences and stands in it all
// the same. Errors: ErrUnknown.
func (c *Catalog) Changes(ctx context.Context, contestID sqldb.ID) ([]Change, error) {
	var rows []struct {
		Version   int    `db:"version"`
		Reason    string `db:"reason"`
		Body      string `db:"body"`
		CreatedAt int64  `db:"created_at"`
	}
	err := c.db.Select(ctx, &rows, `SELECT version, reason, body, created_at FROM contest_versions
		WHERE contest_id = ? ORDER BY version DESC LIMIT ?`, contestID, mostChanges+1)
	if err != nil {
		return nil, errs.Wrap(err, "read the versions of contest %d", contestID)
	}
	if len(rows) == 0 {
		return nil, ErrUnknown
	}
	changes := make([]Change, 0, len(rows))
	var after *contest.Definition
	for i, row := range rows {
		d, err := contest.Parse("version", []byte(row.Body))
		if err != nil {
			return nil, errs.Wrap(err, "contest %d version %d", contestID, row.Version)
		}
		if i > 0 {
			later := rows[i-1]
			changes = append(changes, Change{later.Version, later.CreatedAt, later.Reason, rulespage.Compare(d, after)})
		}
		after = d
	}
	return changes, nil
}

// Text is the newest text of a contest, as it was applied. Errors: ErrUnknown.
func (c *Catalog) Text(ctx context.Context, slug string) (string, error) {
	current, err := c.Current(slug)
	if err != nil {
		return "", err
	}
	var body string
	err = c.db.Get(ctx, &body, "SELECT body FROM contest_versions WHERE contest_id = ? AND version = ?", current.ContestID,
		current.Version)
	return body, errs.Wrap(err, "read contest %s", slug)
}
