package instant

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Spent reads what a player spent in a contest, by purse; "" is the points.
func (s *Service) Spent(ctx context.Context, contestID, player sqldb.ID) (map[string]int, error) {
	var rows []struct {
		Purse  string `db:"purse"`
		Amount int    `db:"amount"`
	}
	err := s.db.Select(ctx, &rows, `SELECT purse, SUM(amount) AS amount FROM spends
		WHERE contest_id = ? AND player_id = ? GROUP BY purse`, contestID, player)
	if err != nil {
		return nil, errs.Wrap(err, "read what a player spent by purse")
	}
	spent := make(map[string]int, len(rows))
	for _, row := range rows {
		spent[row.Purse] = row.Amount
	}
	return spent, nil
}
