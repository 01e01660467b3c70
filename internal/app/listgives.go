package app

import (
	"context"
	"errors"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/pace"
	"anquanda/internal/shortlist"
	"anquanda/internal/sqldb"
)

const (
	// listGives is how many players are given what a list gives between two claims of it.
	listGives = 256
	// listGiving is how many of them wait for shared commits at a time.
	listGiving = 64
)

// giveForLists gives what lists give to all whom they owe it. A list or player that fails
// holds up no other. Whatever dies in between, and however many nodes do it, each player is
// given it once: by the deed of coming on the list.
func (a *App) giveForLists(ctx context.Context) (failed error) {
	owing, err := a.Lists.Owing(ctx)
	if err != nil {
		return err
	}
	for _, l := range owing {
		if c, err := a.Catalog.Of(l.ContestID); err == nil {
			failed = errors.Join(failed, errs.Wrap(a.giveForList(ctx, c, l), "give for the list %s of %s", l.Key, c.Slug))
		}
	}
	return failed
}

func (a *App) giveForList(ctx context.Context, c *catalog.Contest, l shortlist.Owing) (failed error) {
	var held int64
	var after sqldb.ID
	for ctx.Err() == nil {
		until, err := a.Lists.Claim(ctx, l, held, a.now().UnixMilli())
		if err != nil || until == 0 {
			return errors.Join(failed, err)
		}
		held = until
		rows, err := a.Lists.Owed(ctx, l, after, listGives)
		if err != nil {
			return err
		}
		given, err := pace.Each(rows, listGiving, func(row shortlist.Row) error { return a.giveListed(ctx, c, row) })
		if err = errors.Join(err, a.Lists.Gave(ctx, l, given)); err != nil {
			failed = err
		}
		if len(rows) < listGives {
			return errors.Join(failed, a.Lists.Release(ctx, l, held))
		}
		after = rows[len(rows)-1].PlayerID
	}
	return failed
}

// giveListed gives a player what a list gives.
func (a *App) giveListed(ctx context.Context, c *catalog.Contest, row shortlist.Row) error {
	_, err := a.Play.Do(ctx, c, row.PlayerID, c.Listing(row.Key, row.PutAt))
	if errors.Is(err, identity.ErrNotEnrolled) {
		return nil // has left
	}
	return err
}
