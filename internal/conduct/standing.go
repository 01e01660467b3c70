package conduct

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// StandingWhere is a condition on player_id for queries of other packages: it holds
// for players who are not disqualified. It takes the contest's id.
const StandingWhere = "player_id NOT IN (SELECT out_of.player_id FROM disqualifications out_of WHERE out_of.contest_id = ? AND out_of.standing = 1)"

// OutOf tells which of some players of a contest are disqualified.
func OutOf(ctx context.Context, from sqldb.Reader, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]bool, error) {
	if len(players) == 0 {
		return nil, nil
	}
	var ids []sqldb.ID
	err := from.SelectIn(ctx, &ids,
		"SELECT player_id FROM disqualifications WHERE contest_id = ? AND standing = 1 AND player_id IN (?)",
		contestID, players)
	return setOf(ids), errs.Wrap(err, "read who is disqualified")
}

// Out lists everybody who is disqualified in a contest.
func Out(ctx context.Context, from sqldb.Reader, contestID sqldb.ID) (map[sqldb.ID]bool, error) {
	var ids []sqldb.ID
	err := from.Select(ctx, &ids,
		"SELECT player_id FROM disqualifications WHERE contest_id = ? AND standing = 1", contestID)
	return setOf(ids), errs.Wrap(err, "read who is disqualified")
}

func setOf(ids []sqldb.ID) map[sqldb.ID]bool {
	set := make(map[sqldb.ID]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}
