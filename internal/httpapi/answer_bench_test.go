package httpapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"anquanda/internal/app"
	"anquanda/internal/testkit"
)

// What the program itself does for an answer, from the request's headers to the
// reply's body, on SQLite: its allocations are the figure to look at, since they do
// not depend on what else the machine does.
func BenchmarkAnswer(b *testing.B) {
	s := embedded(b)
	house, tearDown, err := build(app.Config{Data: s.DataFolder, Redis: s.RedisAddr()}, 7)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(tearDown)
	if _, err := house.app.Catalog.Apply(b.Context(), "often.yaml", []byte(manyAttempts), "test"); err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct{ name, contest, level string }{
		{"one of ten", "workmonth", "home"}, {"the last one", "often", "first"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			handler := house.app.Handler()
			requests := answersTo(b, house, c.contest, c.level, b.N)
			b.ResetTimer()
			for _, r := range requests {
				reply := httptest.NewRecorder()
				handler.ServeHTTP(reply, r)
				if reply.Code != http.StatusOK {
					b.Fatal(reply.Code, reply.Body.String())
				}
			}
		})
	}
}

// answersTo starts n attempts, each of a player of its own, and makes the request
// that answers the first question of each.
func answersTo(b *testing.B, house *building, contest, level string, n int) []*http.Request {
	b.Helper()
	requests := make([]*http.Request, n)
	for i := range requests {
		p := testkit.NewPlayer(house.url, contest, house.bank)
		if err := p.Enrol(fmt.Sprintf("选手%d", i), ""); err != nil {
			b.Fatal(err)
		}
		step, err := p.Start(level)
		if err != nil {
			b.Fatal(err)
		}
		body, err := json.Marshal(p.Answer(step.Question, true))
		if err != nil {
			b.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, house.url+"/api/v1/attempts/"+step.Ticket+"/responses",
			bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		for _, cookie := range p.Client.Jar.Cookies(r.URL) {
			r.AddCookie(cookie)
		}
		requests[i] = r
	}
	return requests
}
