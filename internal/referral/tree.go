package referral

import (
	"context"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
)

// Mine is how a player's invitations stand.
type Mine struct {
	Code    string
	Counted int
	Waiting int // came, and have not counted yet
	// Unproven are those of Waiting who have only to be proven still.
	Unproven int
	Refused  int // came on a day that was full
	Today    int // counted today, of the definition's share.per_day
}

// Mine tells how a player's invitations stand.
func (s *Service) Mine(ctx context.Context, c *catalog.Contest, player sqldb.ID) (*Mine, error) {
	var rows []struct {
		State string `db:"state"`
		Today bool   `db:"today"`
		Tried bool   `db:"tried"`
		N     int    `db:"n"`
	}
	today := c.Day(s.millis())
	err := s.db.Select(ctx, &rows, `
		SELECT state, today, tried, COUNT(*) AS n FROM (
			SELECT state, CASE WHEN counted_day = ? THEN 1 ELSE 0 END AS today,
				CASE WHEN tried_at > 0 THEN 1 ELSE 0 END AS tried
			FROM arrivals WHERE contest_id = ? AND inviter_id = ?) AS stand
		GROUP BY state, today, tried`, today, c.ContestID, player)
	if err != nil {
		return nil, errs.Wrap(err, "count a player's invitations")
	}
	mine := &Mine{Code: s.Code(c.ContestID, player)}
	for _, row := range rows {
		switch row.State {
		case stateWaiting:
			mine.Waiting += row.N
			if c.NeedsProof(contest.ForInvitations) && (row.Tried || c.Share.Counts == contest.CountsJoined) {
				mine.Unproven += row.N
			}
		case stateRefused:
			mine.Refused += row.N
		case stateCounted:
			mine.Counted += row.N
			if row.Today {
				mine.Today += row.N
			}
		}
	}
	return mine, nil
}

// Bounds of a tree that is shown: what a page of it costs.
const (
	treeLevels  = 5
	treePlayers = 2_000
)

// Level is one generation of a tree: 1 are those whom the player brought, 2 those
// whom they brought.
type Level struct {
	Number int
	Count  int
	More   bool // there are more than are looked at
}

// Branch is one player of a tree, under a masked name.
type Branch struct {
	Nickname  string // masked
	By        string // masked name of who brought the player; empty in level 1
	Brought   int    // players that this one brought
	ReachedAt int64  // UTC ms
}

// Tree is a player's invitation tree: its levels, and a page of one of them.
type Tree struct {
	Levels   []Level
	Branches []Branch
}

type node struct {
	PlayerID  sqldb.ID `db:"player_id"`
	InviterID sqldb.ID `db:"inviter_id"`
	ReachedAt int64    `db:"reached_at"`
}

// Tree reads the levels below a player and, of one of them (from 1), size players
// from the from-th on. Errors: ErrNoTree where the definition shows none.
func (s *Service) Tree(ctx context.Context, c *catalog.Contest, player sqldb.ID, level, from, size int) (*Tree, error) {
	if !c.Share.Tree {
		return nil, ErrNoTree
	}
	tree := &Tree{Levels: []Level{}, Branches: []Branch{}}
	var shown []node
	brought := map[sqldb.ID]int{}
	inviters, left := []sqldb.ID{player}, treePlayers
	for number := 1; number <= treeLevels+1 && len(inviters) > 0; number++ {
		nodes, more, err := s.below(ctx, c.ContestID, inviters, left)
		if err != nil {
			return nil, err
		}
		for _, n := range nodes {
			brought[n.InviterID]++
		}
		if number > treeLevels || len(nodes) == 0 {
			break // only to count whom the last level brought
		}
		tree.Levels = append(tree.Levels, Level{Number: number, Count: len(nodes), More: more})
		if number == level {
			shown = nodes[min(max(0, from-1), len(nodes)):min(max(0, from-1+size), len(nodes))]
		}
		inviters, left = playersOf(nodes), left-len(nodes)
	}
	return tree, s.branches(ctx, c.ContestID, player, tree, shown, brought)
}

// below reads at most so many players whom others brought, oldest first; more
// tells that there are others.
func (s *Service) below(
	ctx context.Context, contestID sqldb.ID, inviters []sqldb.ID, atMost int,
) (nodes []node, more bool, err error) {
	err = s.db.SelectIn(ctx, &nodes, `SELECT player_id, inviter_id, reached_at FROM arrivals
		WHERE contest_id = ? AND inviter_id IN (?) AND state = 'counted' ORDER BY reached_at, player_id LIMIT ?`, contestID, inviters, atMost+1)
	if len(nodes) > atMost {
		nodes, more = nodes[:atMost], true
	}
	return nodes, more, errs.Wrap(err, "read an invitation tree")
}

func playersOf(nodes []node) []sqldb.ID {
	players := make([]sqldb.ID, len(nodes))
	for i, n := range nodes {
		players[i] = n.PlayerID
	}
	return players
}

// branches names the players of a page.
func (s *Service) branches(
	ctx context.Context, contestID, top sqldb.ID, tree *Tree, shown []node, brought map[sqldb.ID]int,
) error {
	named := playersOf(shown)
	for _, n := range shown {
		named = append(named, n.InviterID)
	}
	slices.Sort(named)
	names, err := s.players.Enrolments(ctx, contestID, slices.Compact(named))
	if err != nil {
		return err
	}
	for _, n := range shown {
		branch := Branch{Nickname: names[n.PlayerID].ShownMasked(publicname.OnPhones, publicname.FirstOnly),
			Brought: brought[n.PlayerID], ReachedAt: n.ReachedAt}
		if n.InviterID != top {
			branch.By = names[n.InviterID].ShownMasked(publicname.OnPhones, publicname.FirstOnly)
		}
		tree.Branches = append(tree.Branches, branch)
	}
	return nil
}
