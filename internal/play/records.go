package play

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
)

// Records reads all that the rules see of several players in a contest at once, for
// lists that go through everybody. who are their parts in the contest.
func (s *Service) Records(ctx context.Context, c *contest.Definition, contestID sqldb.ID, who map[sqldb.ID]identity.Enrolment) (map[sqldb.ID]*contest.Record, error) {
	players := make([]sqldb.ID, 0, len(who))
	for player := range who {
		players = append(players, player)
	}
	records := make(map[sqldb.ID]*contest.Record, len(players))
	if len(players) == 0 {
		return records, nil
	}
	rows, err := readHistories(ctx, s.db, players)
	if err != nil {
		return nil, err
	}
	histories := map[sqldb.ID]contest.History{}
	for i := range rows {
		if rows[i].ContestID == contestID {
			histories[rows[i].PlayerID] = append(histories[rows[i].PlayerID], rows[i].forRules())
		}
	}
	l, err := readLedger(ctx, s.db, []sqldb.ID{contestID}, players)
	if err != nil {
		return nil, err
	}
	for player, enrolment := range who {
		records[player] = l.record(c, playerKey{contestID, player}, histories[player], enrolment)
	}
	return records, nil
}
