// Package pace says how often work is done: again and again in the background
// (Every, After), or once for all who ask within a while (Cache).
package pace

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"
)

// Every runs work at once and then again and again, with a pause of interval
// between the end of one run and the beginning of the next, until ctx ends; it
// returns when the last run has. Runs never overlap.
//
// what names the work in the log, which is where a failure ends: the next run is
// the retry. So does a panic, with its stack: what else runs in the background must
// go on. A run that fails because ctx ended is not logged.
func Every(ctx context.Context, interval time.Duration, what string, work func(context.Context) error) {
	After(ctx, func() time.Duration { return interval }, what, work)
}

// After is Every with a pause that is asked for anew after each run.
func After(ctx context.Context, pause func() time.Duration, what string, work func(context.Context) error) {
	for {
		if err := run(ctx, work); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "background work failed", "what", what, "error", err)
		}
		if !Wait(ctx, pause()) {
			return
		}
	}
}

func run(ctx context.Context, work func(context.Context) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return work(ctx)
}

// Wait waits for d, and reports whether ctx lasted that long.
func Wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}
