package app

import (
	"context"
	"log/slog"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"anquanda/internal/pace"
	"anquanda/internal/staff"
)

// entriesAtStart of the audit log are checked at each start, in the background:
// a tenth of a second of work, and weeks of staff's acts, however long the log.
// Once a day, and by `anquanda staff check-log`, all of it is.
const (
	entriesAtStart = 10_000
	checkLogEvery  = 24 * time.Hour
)

// keepCheckingLog checks the newest entries at once and the whole log every day.
func (a *App) keepCheckingLog(ctx context.Context) {
	if a.checkLog(ctx, entriesAtStart) && pace.Wait(ctx, checkLogEvery) {
		pace.Every(ctx, checkLogEvery, "check the audit log", func(ctx context.Context) error {
			a.checkLog(ctx, 0)
			return nil
		})
	}
}

// checkLog checks entries of the audit log, tells the log of the program and
// /metrics, and reports whether to go on. The pages of the console show LogBroken.
func (a *App) checkLog(ctx context.Context, newest int64) bool {
	check, err := a.CheckLog(ctx, newest)
	switch {
	case ctx.Err() != nil:
		return false
	case err != nil:
		slog.WarnContext(ctx, "the audit log could not be checked", "error", err)
		return true
	case check.Broken != 0:
		slog.ErrorContext(ctx, "the audit log was altered: an entry does not follow from the one before it, or is gone",
			"entry", check.Broken, "newest", check.Last.Seq)
	default:
		slog.InfoContext(ctx, "the newest entries of the audit log follow from one another",
			"entries", check.Entries, "newest", check.Last.Seq, "hash", check.Last.Hash)
	}
	a.logBroken.Store(check.Broken)
	metrics.GetOrCreateGauge("anquanda_audit_log_broken_entry", nil).Set(float64(check.Broken))
	return true
}

// CheckLog checks the newest entries of the audit log, or with 0 all of them, and
// whether those that transcripts of drawings name are still there.
func (a *App) CheckLog(ctx context.Context, newest int64) (staff.LogCheck, error) {
	check, err := a.Staff.CheckLog(ctx, newest)
	if err != nil || check.Broken != 0 {
		return check, err
	}
	heads, err := a.Drawings.Heads(ctx)
	if err != nil {
		return check, err
	}
	check.Broken, err = a.Staff.MissingHead(ctx, heads)
	return check, err
}

// deciding reports whether staff decide on something now of which nobody alone should:
// a drawing is under way, or a case is open.
func (a *App) deciding(ctx context.Context) (bool, error) {
	under, err := a.Drawings.UnderWay(ctx)
	if under || err != nil {
		return under, err
	}
	return a.Conduct.AnyOpen(ctx)
}
