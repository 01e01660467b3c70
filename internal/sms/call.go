package sms

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"sync/atomic"
)

// maxReply bounds what is read of a reply.
const maxReply = 64 << 10

// client calls providers. It follows no redirect: a message would go out twice, or to
// somebody else.
var client = &http.Client{
	Timeout:       callTimeout,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// exchange makes the call. An error before anything was written to the connection
// says that nothing was sent, any later one that nobody knows. A phone that hangs up
// does not end it: then, too, nobody would know.
func exchange(ctx context.Context, provider string, request *http.Request) (status int, body []byte, err error) {
	var written atomic.Bool
	trace := &httptrace.ClientTrace{WroteHeaders: func() { written.Store(true) }}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTimeout)
	defer cancel()
	reply, err := client.Do(request.WithContext(httptrace.WithClientTrace(ctx, trace)))
	if err != nil {
		reason := Busy
		if written.Load() {
			reason = Unsure
		}
		return 0, nil, &Error{Provider: provider, Reason: reason, Text: wayError(err)}
	}
	defer reply.Body.Close()
	body, err = io.ReadAll(io.LimitReader(reply.Body, maxReply))
	if err != nil {
		return 0, nil, &Error{Provider: provider, Reason: Unsure, Text: "the reply broke off"}
	}
	return reply.StatusCode, body, nil
}

// wayError tells what went wrong on the way without the address, which may hold the
// phone number.
func wayError(err error) string {
	var call *url.Error
	if errors.As(err, &call) {
		err = call.Err
	}
	var network net.Error
	if errors.As(err, &network) && network.Timeout() {
		return "no answer in time"
	}
	return err.Error()
}

// unreadable is the error of a reply that is not the provider's.
func unreadable(provider string, status int) error {
	return &Error{Provider: provider, Reason: Unsure,
		Text: "the reply of status " + strconv.Itoa(status) + " is not readable"}
}

// shortened bounds a provider's words.
func shortened(text string) string {
	const most = 200
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}
