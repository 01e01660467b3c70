package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/webhook"
)

// tellEvery is how soon the group robot is told of what has come to wait.
const tellEvery = time.Minute

// openWebhook makes what tells a group of staff that something waits.
func (a *App) openWebhook(_ context.Context, p *parts) error {
	robot, err := webhook.Parse(p.Webhook)
	if err != nil {
		return fmt.Errorf("ANQUANDA_WEBHOOK: %w", err)
	}
	a.Webhook = webhook.New(a.DB, p.ids, p.Now, robot)
	return nil
}

// waitWords say what waits, by the page of the console where it is done, in the order in
// which they are said.
var waitWords = []struct{ page, words string }{
	{"cases", "%d 件处分、申诉或排除等人处理"},
	{"drawings", "%d 件摇奖的事等另一位同事同意"},
	{"payouts", "%d 件发放的事等另一位同事确认"},
	{"claims", "%d 份奖品三天内到期，还没有人填领奖信息"},
	{"pools", "%d 种奖品快发完了"},
}

// sayWaits is the message of what waits in a contest. It holds no personal data.
func sayWaits(d *contest.Definition, waits map[string]int) string {
	var said []string
	for _, w := range waitWords {
		if n := waits[w.page]; n > 0 {
			said = append(said, fmt.Sprintf(w.words, n))
		}
	}
	return fmt.Sprintf("安全答 · %s：%s。请到后台处理。", d.Title, strings.Join(said, "；"))
}

// tellWaiting notes what waits in each contest, to be told where it is more than before.
// A contest that fails holds up no other.
func (a *App) tellWaiting(ctx context.Context) (failed error) {
	if !a.Webhook.Configured() {
		return nil
	}
	for _, c := range a.Catalog.All() {
		if c.RehearsalOf == 0 && a.now().UnixMilli() < personal.KeptUntil(c.Definition) {
			failed = errors.Join(failed, a.tellWaitingIn(ctx, c))
		}
	}
	return failed
}

func (a *App) tellWaitingIn(ctx context.Context, c *catalog.Contest) error {
	waits, err := a.tasks.All(ctx, c)
	if err != nil {
		return errs.Wrap(err, "count what waits in contest %s", c.Slug)
	}
	return a.Webhook.Note(ctx, c.ContestID, waits, func(more map[string]int) string {
		return sayWaits(c.Definition, more)
	})
}
