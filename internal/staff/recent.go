package staff

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// RecentTouch is an act on somebody's account that was not long ago.
type RecentTouch struct {
	ID     sqldb.ID `db:"id"` // of the account
	Login  string   `db:"login"`
	Name   string   `db:"name"`
	By     sqldb.ID `db:"touched_by"`
	ByName string   `db:"by_name"` // 命令行 for the command line
	What   Touched  `db:"what"`
	At     int64    `db:"touched_at"` // UTC ms
}

// RecentTouches lists the acts on accounts of the last day, the newest first: so long
// these accounts are no second persons, and everybody is to see why.
func (s *Service) RecentTouches(ctx context.Context) ([]RecentTouch, error) {
	var recent []RecentTouch
	err := s.db.Select(ctx, &recent, `SELECT s.id, s.login, s.name, t.touched_by, COALESCE(b.name, ?) AS by_name, t.what,
			t.touched_at
		FROM staff_touches t JOIN staff s ON s.id = t.account_id LEFT JOIN staff b ON b.id = t.touched_by
		WHERE t.touched_at > ? ORDER BY t.touched_at DESC, s.id, t.touched_by, t.what LIMIT 50`,
		CommandLine.Name, s.now().Add(-settled).UnixMilli())
	return recent, errs.Wrap(err, "list recent acts on accounts")
}
