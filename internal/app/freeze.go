package app

import (
	"context"
	"errors"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
)

// freezeEvery is how soon after the end of a period its figures are kept.
const freezeEvery = time.Minute

// FreezePeriods keeps what was counted for each period of units' entries that is over. A
// contest that fails holds up no other.
func (a *App) FreezePeriods(ctx context.Context) (failed error) {
	for _, c := range a.Catalog.All() {
		failed = errors.Join(failed, errs.Wrap(a.freezePeriodsOf(ctx, c), "contest %s", c.Slug))
	}
	return failed
}

func (a *App) freezePeriodsOf(ctx context.Context, c *catalog.Contest) error {
	dues, err := a.Offline.Overdue(ctx, c.ContestID)
	if err != nil {
		return err
	}
	for _, due := range dues {
		figures, err := a.Closing.Figures(ctx, c) // anew: what is new counts from the period before
		if err != nil {
			return err
		}
		if err := a.Offline.FreezePeriod(ctx, c.ContestID, due, figures.Named()); err != nil {
			return err
		}
	}
	return nil
}
