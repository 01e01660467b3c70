package main

import (
	"context"
	"fmt"
	"time"
)

// rebuild holds what is kept of each player beside the rows against those rows,
// counts the figures of the console anew from them, then drops every board in Redis,
// the share board too, and builds it again from SQL.
func rebuild(ctx context.Context, args []string) error {
	a, cfg, err := opened(ctx, "rebuild", args)
	if err != nil {
		return err
	}
	defer a.Close()
	for _, c := range a.Catalog.All() {
		found, err := a.Play.MendSummaries(ctx, c)
		if err != nil {
			return fmt.Errorf("contest %s: %w", c.Slug, err)
		}
		fmt.Printf("%s: summaries of %d players held against their rows; %d were old and %d wrong, all written anew\n",
			c.Slug, found.Players, found.Old, found.Wrong)
		if err := a.Tally.Rebuild(ctx, c.ContestID); err != nil {
			return fmt.Errorf("contest %s: %w", c.Slug, err)
		}
		fmt.Printf("%s: the figures of the console counted anew\n", c.Slug)
	}
	if cfg.Redis == "" {
		fmt.Println("Redis runs inside `anquanda serve` and is built again at every start; nothing to do.")
		return nil
	}
	for _, c := range a.Catalog.All() {
		began := time.Now()
		err := a.Boards.Rebuild(ctx, c.ContestID)
		if err == nil {
			err = a.Referrals.Rebuild(ctx, c.ContestID)
		}
		if err != nil {
			return fmt.Errorf("contest %s: %w", c.Slug, err)
		}
		fmt.Printf("%s: boards built again in %s\n", c.Slug, time.Since(began).Round(time.Millisecond))
	}
	return nil
}
