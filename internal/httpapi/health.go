package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/VictoriaMetrics/metrics"
	"github.com/gin-gonic/gin"
)

// A health check waits at most so long for SQL, and for Redis. Balancers wait two seconds or
// so for all of it: a Redis that is silent must not look to them like a node that is.
const (
	probeTimeout      = 1200 * time.Millisecond
	redisProbeTimeout = 500 * time.Millisecond
)

// healthz says that the process lives.
func (s *Server) healthz(c *gin.Context) { c.String(http.StatusOK, "ok\n") }

// readyz says whether requests can be served. Answers need SQL and room to write; without Redis
// the boards are late, and live rooms follow other nodes by reading alone when the bus
// between them is silent: both are told and do not take the node out of service. A node
// that lacks a key which others write by cannot read what they wrote.
func (s *Server) readyz(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), probeTimeout)
	defer cancel()
	status, sql, redis, bus := http.StatusOK, "ok", "ok", "ok"
	if s.DB.Ping(ctx) != nil {
		status, sql = http.StatusServiceUnavailable, "away"
	}
	disk := s.Disk()
	if disk == "full" {
		status = http.StatusServiceUnavailable
	}
	pinging, stop := context.WithTimeout(ctx, redisProbeTimeout)
	defer stop()
	if s.Redis.Ping(pinging).Err() != nil {
		redis = "away"
	}
	keys := "ok"
	if len(s.Keys.Missing()) > 0 {
		status, keys = http.StatusServiceUnavailable, "lacks"
	}
	if s.Live.Rooms.BusSilent() {
		bus = "silent"
	}
	state := "ready"
	if status != http.StatusOK {
		state = "away"
	}
	checks := gin.H{"sql": sql, "redis": redis, "bus": bus, "disk": disk, "keys": keys}
	c.JSON(status, gin.H{"status": state, "checks": checks, "embedded": s.Redis.Embedded()})
}

// writeMetrics writes what Prometheus reads.
func writeMetrics(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	metrics.WritePrometheus(w, true)
}

// Metrics serves the figures of the program at /metrics, for an address of its own.
func Metrics() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", writeMetrics)
	return mux
}
