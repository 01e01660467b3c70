package web

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"github.com/VictoriaMetrics/metrics"
	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
)

const requestIDKey = "request_id"

// RequestID is the id under which the log tells of this request.
func RequestID(c *gin.Context) string { return c.GetString(requestIDKey) }

// slow is from when a request is logged at all events.
const slow = time.Second

// Observe gives each request an id, measures it by route, logs it, and turns a
// panic into an internal error. Logs hold the route and never the address, the
// ticket or anything that a person wrote. A stream is measured until its handler gave
// the connection away (live/hub), not for the hours that it lasts.
func Observe() gin.HandlerFunc {
	return func(c *gin.Context) {
		began := time.Now()
		id := strconv.FormatUint(rand.Uint64(), 36)
		c.Set(requestIDKey, id)
		c.Header("X-Request-Id", id)
		defer func() {
			if cause := recover(); cause != nil {
				slog.ErrorContext(c.Request.Context(), "panic", "request_id", id, "route", c.FullPath(),
					"cause", cause, "stack", string(debug.Stack()))
				if !c.Writer.Written() {
					Fail(c, errs.New(errs.Internal, "internal", "系统出了点问题，请稍后再试"))
				}
				c.Abort()
			}
			finishRequest(c, id, time.Since(began))
		}()
		c.Next()
	}
}

func finishRequest(c *gin.Context, id string, took time.Duration) {
	status := c.Writer.Status()
	route := c.FullPath()
	if route == "" {
		route = "other"
	}
	requestSeconds(methodLabel(c.Request.Method), route, status).Update(took.Seconds())
	level := slog.LevelDebug
	if took > slow {
		level = slog.LevelWarn
	}
	if slog.Default().Enabled(c.Request.Context(), level) {
		slog.Log(c.Request.Context(), level, "request", "request_id", id, "method", c.Request.Method,
			"route", route, "status", status, "ms", took.Milliseconds())
	}
}

// methodLabel names the method in metrics. A client may make methods up, and
// each would be a time series of its own.
func methodLabel(method string) string {
	switch method {
	case http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodHead,
		http.MethodOptions:
		return method
	}
	return "other"
}

// measured names one histogram.
type measured struct {
	method, route string
	class         int // 2 for 2xx
}

// histograms keeps those that were met: naming one costs more than a lookup.
var histograms sync.Map // measured → *metrics.Histogram

func requestSeconds(method, route string, status int) *metrics.Histogram {
	key := measured{method, route, status / 100}
	if found, ok := histograms.Load(key); ok {
		return found.(*metrics.Histogram)
	}
	made := metrics.GetOrCreateHistogram(fmt.Sprintf(
		`anquanda_http_request_seconds{method=%q,route=%q,status="%dxx"}`, method, route, key.class))
	histograms.Store(key, made)
	return made
}
