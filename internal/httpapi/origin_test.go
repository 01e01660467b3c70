package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"anquanda/internal/app"
)

// enrolAt sends what the page of origin sends in a browser that does not know Sec-Fetch-Site, as a
// proxy passes it on that asks for host.
func enrolAt(h *house, origin, host string) int {
	request := httptest.NewRequest(http.MethodPost, "/api/v1/contests/workmonth/enrolment",
		strings.NewReader(`{"nickname":"青禾小李"}`))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Origin", origin)
	request.Host = host
	recorder := httptest.NewRecorder()
	h.app.Handler().ServeHTTP(recorder, request)
	return recorder.Code
}

func TestPhonesWithOldBrowsersPlayBehindAProxyAsItComes(t *testing.T) {
	public := openHouseOf(t, app.Config{Data: t.TempDir(), Public: quizSite}, 7)
	unnamed := openHouseOf(t, app.Config{Data: t.TempDir()}, 7)
	for _, c := range []struct {
		at           *house
		origin, host string
		taken        bool
	}{
		{public, quizSite, "127.0.0.1:8616", true}, // nginx passes no Host on by itself
		{public, quizSite, "quiz.example.org:443", true},
		{public, quizSite + ":443", "backend", true},
		{public, "http://quiz.example.org", "backend", false},
		{public, quizSite + ":8443", "backend", false},
		{public, quizSite + ".elsewhere.example", "backend", false},
		{public, "null", "backend", false},
		{public, "http://127.0.0.1:8616", "127.0.0.1:8616", true}, // an operator on the machine
		{unnamed, quizSite, "quiz.example.org:443", true},
		{unnamed, quizSite, "QUIZ.example.org", true},
		{unnamed, "http://quiz.example.org", "quiz.example.org:80", true},
		{unnamed, quizSite, "quiz.example.org:80", false},
		{unnamed, quizSite, "127.0.0.1:8616", false},
	} {
		if status := enrolAt(c.at, c.origin, c.host); (status == http.StatusCreated) != c.taken {
			t.Errorf("from %s to %s, --public given %t: %d", c.origin, c.host, c.at == public, status)
		}
	}
}

func TestAProxyThatHidesTheHostIsToldToTheOperatorOnce(t *testing.T) {
	book := keepLog(t)
	h := openHouseOf(t, app.Config{Data: t.TempDir()}, 7)
	for range 3 {
		if status := enrolAt(h, quizSite, "127.0.0.1:8616"); status != http.StatusForbidden {
			t.Fatalf("it is taken: %d", status)
		}
	}
	var warned []string
	for line := range strings.Lines(book.String()) {
		if strings.Contains(line, `"level":"WARN"`) && strings.Contains(line, "--public") {
			warned = append(warned, line)
		}
	}
	if len(warned) != 1 || !strings.Contains(warned[0], quizSite) || !strings.Contains(warned[0], "127.0.0.1:8616") {
		t.Errorf("the operator is told %q", warned)
	}
}
