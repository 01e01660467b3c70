package app

import (
	"context"
	"log/slog"
)

// entriesAtStart of the audit log are checked at each start, in the background:
// a tenth of a second of work, and weeks of staff's acts, however long the log.
// `anquanda staff check-log` goes through all of it.
const entriesAtStart = 10_000

func (a *App) checkAuditLog(ctx context.Context) {
	check, err := a.Staff.CheckLog(ctx, entriesAtStart)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		slog.WarnContext(ctx, "the audit log could not be checked", "error", err)
	case check.Broken != 0:
		slog.ErrorContext(ctx, "the audit log was altered: an entry does not follow from the one before it",
			"entry", check.Broken, "newest", check.Last.Seq)
	default:
		slog.InfoContext(ctx, "the newest entries of the audit log follow from one another",
			"entries", check.Entries, "newest", check.Last.Seq, "hash", check.Last.Hash)
	}
}
