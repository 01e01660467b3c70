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
	"anquanda/internal/pairing"
	"anquanda/internal/shortlist"
	"anquanda/internal/sqldb"
)

// listsEvery is how soon what staff changes about lists, or another node left undone, is
// seen. A list is made at its moment: what counts is how the board stands then.
const listsEvery = 5 * time.Second

// untilLists is how long there is nothing to do about lists.
func (a *App) untilLists() time.Duration {
	pause, now := listsEvery, a.now().UnixMilli()
	for _, c := range a.Catalog.All() {
		for i := range c.Lists {
			if l := &c.Lists[i]; l.Fixed() && c.MadeAt(l) > now {
				pause = min(pause, time.Duration(c.MadeAt(l)-now)*time.Millisecond)
			}
		}
	}
	return pause
}

// MakeLists advances the pairings of units, makes the lists of players whose moment has come,
// and gives what lists give. A contest that fails holds up no other.
func (a *App) MakeLists(ctx context.Context) (failed error) {
	gives := false
	for _, c := range a.Catalog.All() {
		err := errors.Join(a.Pairings.Advance(ctx, c), a.makeListsOf(ctx, c))
		failed = errors.Join(failed, errs.Wrap(err, "contest %s", c.Slug))
		gives = gives || c.GivesForLists()
	}
	if gives {
		failed = errors.Join(failed, a.giveForLists(ctx))
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
		taken, err := a.takenBy(ctx, c, l)
		if errors.Is(err, errUndecided) {
			continue
		}
		if err != nil {
			return err
		}
		made, err := a.Lists.Make(ctx, c, l.Key, taken, now)
		if errors.Is(err, pairing.ErrOvertaken) {
			continue // who won is just corrected: the next time by that
		}
		if err != nil {
			return err
		}
		if made {
			slog.InfoContext(ctx, "made a list of players", "contest", c.Slug, "list", l.Key, "players", len(taken.Players))
		}
	}
	return nil
}

// errUndecided tells that the pairing of a list is not decided.
var errUndecided = errors.New("the pairing of the list is not decided")

// takenBy is whom a list takes as things stand. Errors: errUndecided.
func (a *App) takenBy(ctx context.Context, c *catalog.Contest, l *contest.List) (taken shortlist.Taken, err error) {
	belongs := func(id sqldb.ID) bool {
		return slices.ContainsFunc(l.Units, func(code string) bool { return c.Units.IsUnder(id, code) })
	}
	if board, of := c.Board(l.Board); of {
		if board.Subject == contest.SubjectPlayer {
			taken.Ranked = true
			taken.Players, err = a.Boards.First(ctx, c, board, l)
			return taken, err
		}
		if taken.Units, err = a.Boards.FirstUnits(ctx, c, board, l); err != nil {
			return taken, err
		}
		if board.Subject == contest.SubjectTeam {
			taken.Players, err = a.Teams.PlayersOf(ctx, c.ContestID, taken.Units)
			return taken, err
		}
		belongs = func(id sqldb.ID) bool {
			at, known := c.Units.At(id, board.Depth)
			return known && slices.Contains(taken.Units, at.ID)
		}
	}
	if l.Pairing != "" {
		state, units, err := a.winning(ctx, c, l.Pairing)
		if err != nil {
			return taken, err
		}
		taken.Holds = func(ctx context.Context, tx *sqldb.Tx) error { return state.Hold(ctx, tx, c.ContestID) }
		taken.Players, err = a.Lists.InUnits(ctx, c.ContestID, units)
		return taken, err
	}
	var units []sqldb.ID
	for _, u := range slices.Concat(c.Units.Units(), c.Units.Gone()) { // whose players count all the same
		if belongs(u.ID) {
			units = append(units, u.ID)
		}
	}
	taken.Players, err = a.Lists.InUnits(ctx, c.ContestID, units)
	return taken, err
}

// winning are the units whose players go on by a pairing. Errors: errUndecided.
func (a *App) winning(ctx context.Context, c *catalog.Contest, key string) (*pairing.State, []sqldb.ID, error) {
	states, err := a.Pairings.Of(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	p, state := c.Pairing(key), states[key]
	if p == nil || state == nil || state.DecidedAt == 0 {
		return nil, nil, errUndecided
	}
	board, _ := c.Board(p.Board)
	return state, pairing.UnitsOf(c, board.Depth, state.Winners()...), nil
}
