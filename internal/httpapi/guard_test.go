package httpapi_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"anquanda/internal/app"
)

const quizSite = "https://quiz.example.org"

func TestEveryReplyKeepsBrowsersFromTakingItForSomethingElse(t *testing.T) {
	h := openHouseOf(t, app.Config{Data: t.TempDir(), Public: quizSite}, 7)
	p := h.player("current")
	for _, path := range []string{"/", "/console", "/c/workmonth", "/assets/none.js", "/api/v1/contests",
		"/api/v1/nowhere",
		"/api/v1/console/session", "/api/openapi.yaml", "/api/contest.schema.json", "/qr.svg?text=" + quizSite + "/",
		"/verify.html", "/metrics", "/healthz", "/readyz"} {
		reply, _ := h.send(p, http.MethodGet, path, nil, nil)
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff",
			"Content-Security-Policy": "default-src 'none'", "Cross-Origin-Opener-Policy": "same-origin",
			"Strict-Transport-Security": "max-age=", "Referrer-Policy": "same-origin"} {
			if got := reply.Header.Get(name); !strings.Contains(got, want) {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
	}
	reply, _ := commonHouse(t).send(p, http.MethodGet, "/", nil, nil)
	if got := reply.Header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("without TLS browsers are told to come by TLS alone: %q", got)
	}
}

// A form of another site can send text/plain, and no JSON.
func TestNoWriteTakesWhatAFormCanSend(t *testing.T) {
	h := commonHouse(t)
	writes := 0
	for _, route := range h.app.Handler().(*gin.Engine).Routes() {
		if !strings.HasPrefix(route.Path, "/api/v1/") || route.Method == http.MethodGet {
			continue
		}
		writes++
		path := strings.NewReplacer(":contest", "county", ":", "").Replace(route.Path)
		for _, media := range []string{"text/plain", "application/x-www-form-urlencoded",
			"multipart/form-data; boundary=x", ""} {
			header := http.Header{}
			if media != "" {
				header.Set("Content-Type", media)
			}
			if status, text := h.sendRaw(route.Method, path, header, "{}"); status != http.StatusUnsupportedMediaType {
				t.Errorf("%s %s as %q: %d %s", route.Method, route.Path, media, status, text)
			}
		}
	}
	if writes < 70 {
		t.Errorf("only %d writes were tried", writes)
	}
}

func TestCookiesAreOfThisHostAloneWhereThereIsTLS(t *testing.T) {
	h := openHouseOf(t, app.Config{Data: t.TempDir(), Public: quizSite}, 7)
	enrol := func(cookie string) *http.Response {
		request := httptest.NewRequest(http.MethodPost, "/api/v1/contests/workmonth/enrolment",
			strings.NewReader(`{"nickname":"青禾小李"}`))
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Cookie", cookie)
		recorder := httptest.NewRecorder()
		h.app.Handler().ServeHTTP(recorder, request)
		return recorder.Result()
	}
	named := func(reply *http.Response, name string) *http.Cookie {
		for _, cookie := range reply.Cookies() {
			if cookie.Name == name {
				return cookie
			}
		}
		t.Fatalf("%s is not set: %d, %v", name, reply.StatusCode, reply.Header["Set-Cookie"])
		return nil
	}
	first := enrol("")
	given := named(first, "__Host-"+sessionCookie)
	if !given.Secure || !given.HttpOnly || given.Path != "/" || given.Domain != "" {
		t.Errorf("the cookie is %s", given)
	}
	// A phone from before has the plain one, and goes on as who it is under the sure name.
	before := sessionCookie + "=" + given.Value
	request := httptest.NewRequest(http.MethodGet, "/api/v1/contests/workmonth/enrolment", nil)
	request.Header.Set("Cookie", before)
	recorder := httptest.NewRecorder()
	if h.app.Handler().ServeHTTP(recorder, request); recorder.Code != http.StatusOK {
		t.Errorf("the phone from before is nobody: %d %s", recorder.Code, recorder.Body)
	}
	again := enrol(before)
	if named(again, "__Host-"+sessionCookie).Value == "" || named(again, sessionCookie).MaxAge >= 0 {
		t.Errorf("a plain cookie is answered with %v", again.Header["Set-Cookie"])
	}
	// Without TLS the header of a client alone makes no difference where --public says so.
	plain := openHouseOf(t, app.Config{Data: t.TempDir(), Public: "http://quiz.example.org"}, 7)
	request = httptest.NewRequest(http.MethodPost, "/api/v1/contests/workmonth/enrolment",
		strings.NewReader(`{"nickname":"青禾小李"}`))
	request.Header = http.Header{"Content-Type": {"application/json"}, "X-Forwarded-Proto": {"https"}}
	recorder = httptest.NewRecorder()
	plain.app.Handler().ServeHTTP(recorder, request)
	if cookie := named(recorder.Result(), sessionCookie); cookie.Secure {
		t.Errorf("the cookie is %s", cookie)
	}
}

func TestNoEncodingIsSentThatWasRefused(t *testing.T) {
	h := commonHouse(t)
	for _, path := range []string{"/", "/healthz", "/readyz", "/api/v1/contests", "/api/v1/nowhere", "/nosuch",
		"/api/contest.schema.json", "/qr.svg?text=" + h.url + "/", "/verify.html", "/api/openapi.yaml"} {
		for takes, want := range map[string]string{"gzip;q=0": "", "identity;q=0, gzip": "gzip", "*;q=0, gzip": "gzip",
			"identity;q=0": "406", "*;q=0": "406", "br, *;q=0": "406"} {
			request := httptest.NewRequest(http.MethodGet, path, nil)
			request.Header.Set("Accept-Encoding", takes)
			recorder := httptest.NewRecorder()
			h.app.Handler().ServeHTTP(recorder, request)
			got := recorder.Header().Get("Content-Encoding")
			if recorder.Code == http.StatusNotAcceptable {
				got = "406"
			}
			if got != want {
				t.Errorf("%s for %q: %q, want %q", path, takes, got, want)
			}
			if got == "gzip" {
				if unpacked, err := gzip.NewReader(recorder.Body); err != nil {
					t.Errorf("%s for %q: %v", path, takes, err)
				} else if _, err := io.ReadAll(unpacked); err != nil {
					t.Errorf("%s for %q: %v", path, takes, err)
				}
			}
		}
	}
}

func TestTheDescriptionIsSentSmall(t *testing.T) {
	h := commonHouse(t)
	request := httptest.NewRequest(http.MethodGet, "/api/openapi.yaml", nil)
	request.Header.Set("Accept-Encoding", "gzip")
	recorder := httptest.NewRecorder()
	h.app.Handler().ServeHTTP(recorder, request)
	if recorder.Header().Get("Content-Encoding") != "gzip" || recorder.Body.Len() > 100<<10 {
		t.Errorf("%q, %d bytes", recorder.Header().Get("Content-Encoding"), recorder.Body.Len())
	}
}

func TestFiguresAreServedWhereAskedForAlone(t *testing.T) {
	a, err := app.New(t.Context(), app.Config{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	recorder := httptest.NewRecorder()
	a.Handler().ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if strings.Contains(recorder.Body.String(), "anquanda_") {
		t.Error("everybody reads the figures of the program")
	}
}
