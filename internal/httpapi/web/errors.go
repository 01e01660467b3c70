// Package web is what the handlers of all audiences share: errors as problem
// details, bounded decoding, sessions, and how a handler is measured and logged.
package web

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/internal/limit"
	"anquanda/internal/puzzle"
)

// statuses is the one table from kinds of error to HTTP.
var statuses = map[errs.Kind]int{
	errs.Internal:        http.StatusInternalServerError,
	errs.Invalid:         http.StatusBadRequest,
	errs.Unauthenticated: http.StatusUnauthorized,
	errs.Forbidden:       http.StatusForbidden,
	errs.NotFound:        http.StatusNotFound,
	errs.Conflict:        http.StatusConflict,
	errs.Gone:            http.StatusGone,
	errs.TooLarge:        http.StatusRequestEntityTooLarge,
	errs.RateLimited:     http.StatusTooManyRequests,
	errs.Unavailable:     http.StatusServiceUnavailable,
	errs.NotAllowed:      http.StatusMethodNotAllowed,
	errs.Unsupported:     http.StatusUnsupportedMediaType,
	errs.Unacceptable:    http.StatusNotAcceptable,
}

// problem is RFC 9457 problem details; code, field, contest, work and request_id are ours.
type problem struct {
	Type    string `json:"type"`
	Title   string `json:"title"`
	Status  int    `json:"status"`
	Detail  string `json:"detail"`
	Code    string `json:"code"`
	Field   string `json:"field,omitempty"`
	Contest string `json:"contest,omitempty"`
	// Work is what the page has to solve before it sends the call again.
	Work      *puzzle.Challenge `json:"work,omitempty"`
	RequestID string            `json:"request_id"`
}

// retryAfter is what a busy server asks for, in seconds.
const retryAfter = 2

// statusHungUp counts a request whose phone went away; nginx calls it 499 too.
const statusHungUp = 499

// Fail writes err as a problem. What is internal is logged and not shown. A
// phone that hung up is no failure of ours.
func Fail(c *gin.Context, err error) {
	if errors.Is(err, context.Canceled) && c.Request.Context().Err() != nil {
		c.AbortWithStatus(statusHungUp)
		return
	}
	e := errs.From(err)
	status := statuses[e.Kind]
	if c.Writer.Written() {
		slog.ErrorContext(c.Request.Context(), "reply broken off",
			"request_id", RequestID(c), "route", c.FullPath(), "error", err)
		c.Abort()
		return
	}
	if status >= http.StatusInternalServerError {
		level := slog.LevelError
		if e.Kind == errs.Unavailable {
			level = slog.LevelWarn // a store's, and told by readyz
		}
		slog.Log(c.Request.Context(), level, "request failed",
			"request_id", RequestID(c), "route", c.FullPath(), "code", e.Code, "error", err)
	}
	told := problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status,
		Detail: e.Message, Code: e.Code, Field: e.Field, Contest: e.Contest, RequestID: RequestID(c),
	}
	var needed *limit.WorkNeeded
	switch {
	case errors.As(err, &needed):
		told.Work = &needed.Challenge
		c.Header("Retry-After", "1") // as soon as it is solved
	case e.Wait > 0:
		c.Header("Retry-After", strconv.FormatInt(int64((e.Wait+time.Second-1)/time.Second), 10))
	case e.Kind == errs.Unavailable || e.Kind == errs.RateLimited:
		c.Header("Retry-After", strconv.Itoa(retryAfter))
	}
	body, _ := json.Marshal(told)
	c.Header("Cache-Control", "no-store")
	c.Data(status, "application/problem+json", body)
	c.Abort()
}

// Handler is a handler that returns its error instead of writing it.
type Handler func(c *gin.Context) error

// Handle adapts a Handler to gin.
func Handle(h Handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := h(c); err != nil {
			Fail(c, err)
		}
	}
}
