package board

import (
	"context"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/publicname"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
	"anquanda/internal/team"
)

// Teams that players form are ranked as units are, by sums over who is in them now; their
// names, which change while a board stands, are kept beside it.

// groupedBy is a query's condition for the totals that a board adds up, with the group that
// each belongs to as unit_id.
func groupedBy(board contest.Board, where string) string {
	if board.Subject != contest.SubjectTeam {
		return where + " AND unit_id <> 0"
	}
	return ` FROM (SELECT in_team.team_id AS unit_id, total.player_id, total.points, total.reached_at, total.used_ms,
			total.answered
		FROM (SELECT contest_id, player_id, points, reached_at, used_ms, answered` + where + `) AS total
		JOIN team_members in_team ON in_team.contest_id = total.contest_id AND in_team.player_id = total.player_id
		) AS of_teams`
}

// teamLeast is how many members of a team must have a result for it to be ranked.
func teamLeast(c *catalog.Contest) int64 {
	if c.Teams == nil {
		return 1
	}
	return int64(c.Teams.Size.Least)
}

// teamNamesKey is where the names of a board of teams are kept: state, blank, name.
func teamNamesKey(contestID sqldb.ID, board string, period int) string {
	return redisdb.Keys(contestID).BoardUnits(board+"~names", period)
}

// teamNames are the names of the teams of a board; nil of one that ranks units.
type teamNames struct {
	key, sets string
	names     []any // member, text and so on
}

func (s *Service) teamNames(
	ctx context.Context, c *catalog.Contest, board contest.Board, period int, ranked []RankedUnit,
) (*teamNames, error) {
	if board.Subject != contest.SubjectTeam {
		return nil, nil
	}
	names, err := team.NamesOf(ctx, s.db, c.ContestID)
	if err != nil {
		return nil, err
	}
	n := &teamNames{key: teamNamesKey(c.ContestID, board.Key, period), sets: redisdb.Keys(c.ContestID).BoardSets()}
	for _, r := range ranked {
		of := names[r.ID]
		if s.nameless(c) {
			of.Name = ""
		}
		if !of.State.Public() {
			of.State, of.Name = publicname.Hidden, "" // nobody may see it
		}
		n.names = append(n.names, member(r.ID), string(of.State)+" "+of.Name)
	}
	return n, nil
}

// set keeps the names in the place of those before.
func (n *teamNames) set(ctx context.Context, pipe redis.Pipeliner) {
	if n == nil {
		return
	}
	pipe.Del(ctx, n.key)
	if len(n.names) > 0 {
		pipe.HSet(ctx, n.key, n.names...)
		pipe.SAdd(ctx, n.sets, n.key)
	}
}
