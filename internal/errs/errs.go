// Package errs is the one vocabulary of errors: a kind that decides the HTTP
// status, a stable code for programs, a short Chinese message for the person,
// the field it is about, and the wrapped cause for the log.
//
// An error without a kind is internal: the person sees a general text, the log
// gets all of it. httpapi holds the one table that turns kinds into statuses.
package errs

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind says what sort of failure it is; the zero value is Internal.
type Kind uint8

// The closed list of kinds.
const (
	Internal        Kind = iota
	Invalid              // the request is malformed or a field is wrong
	Unauthenticated      // nobody is signed in
	Forbidden            // signed in, but the rules do not allow it
	NotFound
	Conflict     // it disagrees with what is already stored
	Gone         // its time has passed
	TooLarge     // over a size limit
	RateLimited  // too many in too short a time
	Unavailable  // a store is away; try again later
	NotAllowed   // what it is about is there, but this cannot be done with it
	Unsupported  // sent in a form that is not taken
	Unacceptable // wanted in a form that is not made
)

// Error is an error with a kind. Message is shown to people as it is.
type Error struct {
	Kind    Kind
	Code    string
	Field   string
	Message string
	Contest string        // slug of the contest that it leads to, where that is another than was asked
	Wait    time.Duration // until when it makes no sense to try again; 0: not known
	cause   error
}

// New returns an error of that kind; message is short Chinese text fit to show.
func New(kind Kind, code, message string) *Error {
	return &Error{Kind: kind, Code: code, Message: message}
}

// InvalidField returns the error for one wrong field of a request.
func InvalidField(field, message string) *Error {
	return &Error{Kind: Invalid, Code: "invalid_field", Field: field, Message: message}
}

// Because returns a copy of e that wraps cause for the log.
func (e *Error) Because(cause error) *Error {
	with := *e
	with.cause = cause
	return &with
}

// After returns a copy of e that says when to try again, in its message too.
func (e *Error) After(wait time.Duration) *Error {
	with := *e
	with.Wait = max(wait, time.Second)
	with.Message = strings.Replace(e.Message, "稍后", " "+waitText(with.Wait)+"后", 1)
	return &with
}

// waitText is a time to wait as people say it, rounded up.
func waitText(wait time.Duration) string {
	up := func(unit time.Duration) int64 { return int64((wait + unit - 1) / unit) }
	switch {
	case wait <= 90*time.Second:
		return fmt.Sprintf("%d 秒", up(time.Second))
	case wait <= 90*time.Minute:
		return fmt.Sprintf("%d 分钟", up(time.Minute))
	}
	return fmt.Sprintf("%d 小时", up(time.Hour))
}

// Error is the text for logs, never for people.
func (e *Error) Error() string {
	text := e.Code
	if e.Field != "" {
		text += " " + e.Field
	}
	if e.cause != nil {
		text += ": " + e.cause.Error()
	}
	return text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }

// Is makes two errors of the same code equal for errors.Is.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// From finds the Error inside err; anything else is internal.
func From(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Kind: Internal, Code: "internal", Message: "系统出了点问题，请稍后再试", cause: err}
}

// Wrap adds what was being done to a non-nil err and keeps its kind.
func Wrap(err error, doing string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf(doing+": %w", append(args, err)...)
}
