package play

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
)

// Records reads all that the rules see of several players in a contest at once, for
// lists that go through everybody. who are their parts in the contest.
func (s *Service) Records(
	ctx context.Context, c *contest.Definition, contestID sqldb.ID, who map[sqldb.ID]identity.Enrolment,
) (map[sqldb.ID]*contest.Record, error) {
	players := make([]sqldb.ID, 0, len(who))
	for player := range who {
		players = append(players, player)
	}
	records := make(map[sqldb.ID]*contest.Record, len(players))
	if len(players) == 0 {
		return records, nil
	}
	found, err := readRecords(ctx, s.db, contestID, players)
	if err != nil {
		return nil, err
	}
	for player, e := range who {
		record := found[player]
		record.Division, record.Registered = e.Division, c.Registered(e.HasField)
		records[player] = record
	}
	return records, nil
}

// readRecords reads all rows of players in a contest, but for their parts in it.
func readRecords(
	ctx context.Context, from sqldb.Reader, contestID sqldb.ID, players []sqldb.ID,
) (map[sqldb.ID]*contest.Record, error) {
	rows, err := readHistories(ctx, from, players)
	if err != nil {
		return nil, err
	}
	l, err := readLedger(ctx, from, []sqldb.ID{contestID}, players)
	if err != nil {
		return nil, err
	}
	records := make(map[sqldb.ID]*contest.Record, len(players))
	for _, player := range players {
		key := playerKey{contestID, player}
		records[player] = &contest.Record{Deeds: l.deeds[key], Grants: l.grants[key]}
	}
	for i := range rows {
		if row := &rows[i]; row.ContestID == contestID {
			record := records[row.PlayerID]
			record.History = append(record.History, row.forRules())
		}
	}
	return records, nil
}
