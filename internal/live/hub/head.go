package hub

import (
	"bytes"
	"net/http"
)

// canHijack reports whether the connection of a request can be taken over: gin's
// writer says so of every one, and then panics for HTTP/2.
func canHijack(w http.ResponseWriter, r *http.Request) bool {
	for {
		wrapper, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			break
		}
		w = wrapper.Unwrap()
	}
	_, ok := w.(http.Hijacker)
	return ok && r.ProtoMajor == 1
}

// headOf is the head of the reply, with the headers that were set before. The body has
// no length and ends with the connection, which proxies of HTTP/1.0 understand too; none
// of them may keep, change, compress or collect it.
func headOf(set http.Header) []byte {
	headers := set.Clone()
	for name, value := range map[string]string{
		"Content-Type":      "text/event-stream; charset=utf-8",
		"Cache-Control":     "no-store, no-transform",
		"X-Accel-Buffering": "no",
		"Connection":        "close",
	} {
		headers.Set(name, value)
	}
	for _, name := range []string{"Content-Length", "Content-Encoding", "Transfer-Encoding"} {
		headers.Del(name)
	}
	head := bytes.NewBufferString("HTTP/1.1 200 OK\r\n")
	headers.Write(head) //nolint:errcheck // memory
	head.WriteString("\r\n")
	return head.Bytes()
}
