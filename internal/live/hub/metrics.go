package hub

import "github.com/VictoriaMetrics/metrics"

// What operators see, of all hubs of the process.
var (
	openConnections  = metrics.NewGauge("anquanda_live_connections", nil)
	droppedSlow      = metrics.NewCounter("anquanda_live_slow_dropped_total")
	broadcastSeconds = metrics.NewHistogram("anquanda_live_broadcast_seconds")
)
