package app

import (
	"context"
	"errors"
	"sync"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
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
		given, err := a.giveListed(ctx, c, rows)
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

// giveListed gives players what a list gives, and tells to whom it did; the error is one of
// the others.
func (a *App) giveListed(
	ctx context.Context, c *catalog.Contest, rows []shortlist.Row,
) (given []sqldb.ID, failed error) {
	var (
		giving sync.WaitGroup
		mu     sync.Mutex
	)
	next := make(chan shortlist.Row)
	for range min(listGiving, len(rows)) {
		giving.Go(func() {
			for row := range next {
				_, err := a.Play.Do(ctx, c, row.PlayerID, c.Listing(row.Key, row.PutAt))
				mu.Lock()
				if err == nil || errors.Is(err, identity.ErrNotEnrolled) { // who has left
					given = append(given, row.PlayerID)
				} else {
					failed = err
				}
				mu.Unlock()
			}
		})
	}
	for _, row := range rows {
		next <- row
	}
	close(next)
	giving.Wait()
	return given, failed
}
