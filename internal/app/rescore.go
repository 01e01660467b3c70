package app

import (
	"context"
	"log/slog"

	"anquanda/internal/errs"
	"anquanda/internal/play"
)

// rescorePending scores results again for corrected, voided and un-corrected
// questions, one after the other, until none is left.
func (a *App) rescorePending(ctx context.Context) error {
	for {
		c, ok, err := a.Banks.ClaimRescoring(ctx)
		if err != nil || !ok {
			return err
		}
		target, err := a.Banks.Regrading(ctx, c)
		if err != nil {
			return err
		}
		changed := 0
		if err := a.Play.Rescore(ctx, target, func(play.Rescored) { changed++ }); err != nil {
			return errs.Wrap(err, "score the results of question %s again", c.QuestionID)
		}
		if err := a.Banks.Rescored(ctx, c); err != nil {
			return err
		}
		slog.InfoContext(ctx, "results scored again", "bank", c.Bank, "question", c.QuestionID, "attempts", changed)
	}
}
