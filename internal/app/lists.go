package app

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// listsEvery is how soon after its moment a list of players is made: what counts is how the
// board stands then.
const listsEvery = 5 * time.Second

// MakeLists makes the lists of players whose moment has come. A contest that fails holds up
// no other.
func (a *App) MakeLists(ctx context.Context) (failed error) {
	for _, c := range a.Catalog.All() {
		failed = errors.Join(failed, errs.Wrap(a.makeListsOf(ctx, c), "contest %s", c.Slug))
	}
	return failed
}

func (a *App) makeListsOf(ctx context.Context, c *catalog.Contest) error {
	now := a.now().UnixMilli()
	due, err := a.Lists.Due(ctx, c, now)
	if err != nil {
		return err
	}
	for _, l := range due {
		players, ranked, err := a.playersOf(ctx, c, l)
		if err != nil {
			return err
		}
		made, err := a.Lists.Make(ctx, c.ContestID, l.Key, players, ranked, now)
		if err != nil {
			return err
		}
		if made {
			slog.InfoContext(ctx, "made a list of players", "contest", c.Slug, "list", l.Key, "players", len(players))
		}
	}
	return nil
}

// playersOf are the players of a list as things stand; ranked says that their order is a
// rank.
func (a *App) playersOf(
	ctx context.Context, c *catalog.Contest, l *contest.List,
) (players []sqldb.ID, ranked bool, err error) {
	belongs := func(id sqldb.ID) bool {
		return slices.ContainsFunc(l.Units, func(code string) bool { return c.Units.IsUnder(id, code) })
	}
	if board, of := c.Board(l.Board); of {
		if board.Subject == contest.SubjectPlayer {
			players, err = a.Boards.First(ctx, c, board, l.Count)
			return players, true, err
		}
		first, err := a.Boards.FirstUnits(ctx, c, board, l.Count)
		if err != nil {
			return nil, false, err
		}
		if board.Subject == contest.SubjectTeam {
			players, err = a.Teams.PlayersOf(ctx, c.ContestID, first)
			return players, false, err
		}
		belongs = func(id sqldb.ID) bool {
			at, known := c.Units.At(id, board.Depth)
			return known && slices.Contains(first, at.ID)
		}
	}
	var units []sqldb.ID
	for _, u := range c.Units.Units() {
		if belongs(u.ID) {
			units = append(units, u.ID)
		}
	}
	players, err = a.Lists.InUnits(ctx, c.ContestID, units)
	return players, false, err
}
