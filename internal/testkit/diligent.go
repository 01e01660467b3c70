package testkit

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"

	"anquanda/internal/puzzle"
)

// Diligent is an http.RoundTripper that does the work that a call is asked for and sends
// it again, as the pages do. Its zero value goes by the network.
type Diligent struct{ Next http.RoundTripper }

// RoundTrip sends a request, and once more where it needs work.
func (d Diligent) RoundTrip(request *http.Request) (*http.Response, error) {
	next := d.Next
	if next == nil {
		next = http.DefaultTransport
	}
	reply, err := next.RoundTrip(request)
	if err != nil || reply.StatusCode != http.StatusTooManyRequests {
		return reply, err
	}
	text, err := io.ReadAll(reply.Body)
	reply.Body.Close()
	if err != nil {
		return nil, err
	}
	reply.Body = io.NopCloser(bytes.NewReader(text))
	var problem struct{ Work *puzzle.Challenge }
	if json.Unmarshal(text, &problem) != nil || problem.Work == nil {
		return reply, nil
	}
	again := request.Clone(request.Context())
	if request.GetBody != nil {
		if again.Body, err = request.GetBody(); err != nil {
			return nil, err
		}
	}
	again.Header.Set("Aq-Work", problem.Work.Text+" "+puzzle.Solve(*problem.Work))
	return next.RoundTrip(again)
}
