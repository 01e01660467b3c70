package app

import (
	"context"
	"log/slog"

	"github.com/VictoriaMetrics/metrics"
)

// Below lowRoom operators are warned; below fullRoom writes fail or soon will: SQLite's log alone
// grows by a few megabytes between checkpoints.
const (
	lowRoom  = 100 << 20
	fullRoom = 8 << 20
)

// disk is how the data folder's disk is: ok, low, full, or unknown; elsewhere where the store is on
// another server, whose disk cannot be seen from here.
func (a *App) disk() string {
	if a.storeElsewhere {
		return "elsewhere"
	}
	free, err := a.free()
	switch {
	case err != nil:
		return "unknown"
	case free < fullRoom:
		return "full"
	case free < lowRoom:
		return "low"
	}
	return "ok"
}

// watchDisk measures the room and warns once each time that it gets low.
func (a *App) watchDisk(ctx context.Context) {
	free, err := a.free()
	if err != nil {
		return
	}
	metrics.GetOrCreateGauge("anquanda_data_free_bytes", nil).Set(float64(free))
	if low := free < lowRoom; a.diskLow.Swap(low) != low && low {
		slog.WarnContext(ctx, "the disk of the data folder is nearly full", "free_bytes", free, "warned_below", lowRoom)
	}
}
