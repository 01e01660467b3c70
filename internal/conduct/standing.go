package conduct

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// StandingWhere is a condition on player_id for queries of other packages: it holds
// for players who count, neither disqualified nor set aside. It takes the contest's
// id twice.
const StandingWhere = `player_id NOT IN (SELECT out_of.player_id FROM disqualifications out_of
		WHERE out_of.contest_id = ? AND out_of.standing = 1)
	AND player_id NOT IN (SELECT aside.player_id FROM set_aside aside WHERE aside.contest_id = ?)`

// OutOf tells which of some players of a contest do not count: who is disqualified or
// set aside.
func OutOf(ctx context.Context, from sqldb.Reader, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]bool, error) {
	if len(players) == 0 {
		return nil, nil
	}
	var ids []sqldb.ID
	err := from.SelectIn(ctx, &ids,
		`SELECT player_id FROM disqualifications WHERE contest_id = ? AND standing = 1 AND player_id IN (?)
		UNION ALL SELECT player_id FROM set_aside WHERE contest_id = ? AND player_id IN (?)`,
		contestID, players, contestID, players)
	return setOf(ids), errs.Wrap(err, "read who does not count")
}

// Out lists everybody in a contest who is disqualified; see Aside for who is set aside.
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
