package app

import (
	"context"
	"encoding/json"
	"log/slog"

	"anquanda/internal/bank"
	"anquanda/internal/errs"
	"anquanda/internal/play"
	"anquanda/internal/question"
)

// rescorePending scores results again for corrected, voided and un-corrected
// questions, one after the other, until none is left.
func (a *App) rescorePending(ctx context.Context) error {
	for {
		c, ok, err := a.Banks.ClaimRescoring(ctx)
		if err != nil || !ok {
			return err
		}
		target, err := a.Rescoring(ctx, c)
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

// Rescoring is how a correction judges responses: by the corrected question, as
// right where it is voided, by what is in the bank where it was taken back.
func (a *App) Rescoring(ctx context.Context, c bank.Correction) (play.Rescoring, error) {
	var q question.Question
	if err := json.Unmarshal([]byte(c.Body), &q); err != nil {
		return play.Rescoring{}, errs.Wrap(err, "correction of question %s", c.QuestionID)
	}
	target := play.Rescoring{Bank: c.Bank, QuestionID: c.QuestionID, Kind: q.Kind}
	if c.UndoneAt == 0 {
		voided := c.Action == bank.Voided
		target.Grade = func(choice question.Choice) bool { return voided || question.Grade(&q, choice) }
		return target, nil
	}
	version, err := a.Banks.Current(ctx, c.Bank)
	if err != nil {
		return target, err
	}
	present, err := a.Banks.Load(ctx, c.Bank, version)
	if err != nil {
		return target, err
	}
	for i := range present.Questions {
		if present.Questions[i].ID == c.QuestionID {
			q = present.Questions[i]
		}
	}
	target.Grade = func(choice question.Choice) bool { return present.Grade(&q, choice) }
	return target, nil
}
