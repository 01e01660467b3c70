package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/VictoriaMetrics/metrics"
	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/internal/live/hub"
)

// serve answers one request with h, under Observe, and returns the reply and
// what was logged.
func serve(request *http.Request, h gin.HandlerFunc) (*httptest.ResponseRecorder, string) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(before)
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.Use(Observe())
	engine.Any("/x", h)
	recorder := httptest.NewRecorder()
	engine.ServeHTTP(recorder, request)
	return recorder, log.String()
}

func TestEveryKindOfErrorHasAStatus(t *testing.T) {
	used := map[int]bool{}
	for kind := errs.Internal; kind <= errs.Unacceptable; kind++ {
		status := statuses[kind]
		if status < 400 || status > 599 || http.StatusText(status) == "" || used[status] {
			t.Errorf("kind %d has the status %d", kind, status)
		}
		used[status] = true
	}
	if len(statuses) != len(used) {
		t.Error("the table holds kinds that there are not")
	}
}

func TestWhatIsInternalIsLoggedAndNotShown(t *testing.T) {
	cause := errors.New("secret of the store")
	reply, log := serve(httptest.NewRequest("GET", "/x", nil), Handle(func(*gin.Context) error {
		return errs.Wrap(cause, "read")
	}))
	if reply.Code != http.StatusInternalServerError || strings.Contains(reply.Body.String(), "secret") ||
		!strings.Contains(log, "secret of the store") {
		t.Errorf("%d %s, logged %s", reply.Code, reply.Body, log)
	}
}

func TestAPhoneThatHungUpIsNoFailure(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, err := range map[string]error{"a read": errs.Wrap(ctx.Err(), "read"),
		"a write": errs.New(errs.Unavailable, "unavailable", "").Because(ctx.Err())} {
		reply, log := serve(httptest.NewRequest("GET", "/x", nil).WithContext(ctx), Handle(func(*gin.Context) error {
			return err
		}))
		if reply.Code != statusHungUp || log != "" {
			t.Errorf("%s: %d, logged %s", name, reply.Code, log)
		}
	}
	// The same error of our own making is one.
	if reply, log := serve(httptest.NewRequest("GET", "/x", nil), Handle(func(*gin.Context) error {
		return ctx.Err()
	})); reply.Code != 500 || log == "" {
		t.Errorf("ours: %d, logged %s", reply.Code, log)
	}
}

func TestAPanicAfterTheReplyBeganAddsNothingToIt(t *testing.T) {
	reply, log := serve(httptest.NewRequest("GET", "/x", nil), func(c *gin.Context) {
		c.String(http.StatusOK, "begun")
		panic("too late")
	})
	if reply.Body.String() != "begun" || !strings.Contains(log, "too late") {
		t.Errorf("%s, logged %s", reply.Body, log)
	}
}

func TestABusyServerSaysWhenToComeAgain(t *testing.T) {
	for kind, want := range map[errs.Kind]string{errs.Unavailable: "2", errs.RateLimited: "2", errs.Invalid: "",
		errs.Internal: ""} {
		reply, _ := serve(httptest.NewRequest("GET", "/x", nil), Handle(func(*gin.Context) error {
			return errs.New(kind, "c", "说明")
		}))
		if got := reply.Header().Get("Retry-After"); got != want {
			t.Errorf("kind %d: Retry-After is %q", kind, got)
		}
	}
}

func TestALongReplyIsCompressedForThoseWhoTakeIt(t *testing.T) {
	for header, want := range map[string]string{"gzip": "gzip", "br, gzip;q=0.5": "gzip", "gzip;q=0": "", "": ""} {
		request := httptest.NewRequest("GET", "/x", nil)
		request.Header.Set("Accept-Encoding", header)
		reply, _ := serve(request, Handle(func(c *gin.Context) error {
			return JSON(c, http.StatusOK, strings.Repeat("长", compressFrom))
		}))
		if got := reply.Header().Get("Content-Encoding"); got != want || reply.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: encoded as %q, headers %v", header, got, reply.Header())
		}
	}
}

func TestAStreamIsMeasuredUntilItsConnectionIsGivenAway(t *testing.T) {
	streams := hub.New(hub.Options{Most: 1})
	defer streams.Close()
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.Use(Observe())
	engine.GET("/stream", Handle(func(c *gin.Context) error {
		return streams.Serve(c.Writer, c.Request, hub.Subscription{First: func() []byte { return []byte("data: 1\n\n") }})
	}))
	server := httptest.NewServer(engine)
	defer server.Close()
	reply, err := http.Get(server.URL + "/stream")
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	if reply.Header.Get("X-Request-Id") == "" {
		t.Error("the reply does not tell its id")
	}
	const counted = `anquanda_http_request_seconds_count{method="GET",route="/stream",status="2xx"} 1`
	for range 2000 { // the reply may be here before the handler has returned
		var all bytes.Buffer
		metrics.WritePrometheus(&all, false)
		if strings.Contains(all.String(), counted) {
			if n, err := reply.Body.Read(make([]byte, 7)); n == 0 || err != nil {
				t.Errorf("the stream ended: %v", err)
			}
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Error("the request is not counted while its stream goes on")
}

// sample is a body with every kind of field that calls have.
type sample struct {
	Text  string            `json:"text"`
	List  []*string         `json:"list,omitempty"`
	Flag  bool              `json:"flag"`
	Maybe *int              `json:"maybe"`
	Parts []part            `json:"parts"`
	Named map[string]string `json:"named"`
	Plain int
}

type part struct {
	Name string `json:"name"`
}

func TestDecodingNamesWhatIsWrong(t *testing.T) {
	for body, want := range map[string]string{
		`{}`: "", ` {"text":"a:b,c{}[]\"","list":["x",null],"flag":true,"maybe":null} `: "",
		`{"other":{"text":null},"text":"a"}`: "", `{"":1}`: "",
		`{"text":"\\","flag":false}`: "", `{"a":"}{","text":"\"text\":null"}`: "",
		`{"text":null}`: "invalid_field text", `{"text": null }`: "invalid_field text", `{"TEXT":null}`: "invalid_field text",
		`{"list":null}`: "invalid_field list", `{"flag":null}`: "invalid_field flag",
		`{"text":"a","text":"b"}`: "invalid_field text", `{"text":"a","Text":"b"}`: "invalid_field text",
		`{"text":"a","\u0074ext":"b"}`: "invalid_field text",
		`{"maybe":null,"maybe":1}`:     "invalid_field maybe", `{"text":7}`: "invalid_field text",
		`{"list":[7]}`: "invalid_field list", `{"flag":"true"}`: "invalid_field flag",
		`{"maybe":1.5}`: "invalid_field maybe",
		`{"parts":[{"name":"a"},{"name":null}],"named":{"a":"b"}}`: "",
		`{"parts":[{"name":"a"},{"name":7}]}`:                      "invalid_field parts.name",
		`{"named":{"a":7}}`:                                        "invalid_field named",
		`{"parts":[{"name":"a","Name":"b"}]}`:                      "invalid_field parts.name",
		`{"named":{"a":"b","a":"c"}}`:                              "invalid_field named",
		`{"parts":{}}`:                                             "invalid_field parts",
		`{"other":{"text":1,"text":2},"text":"a"}`:                 "invalid_json", `{"":1,"":2}`: "invalid_json",
		`{"te_xt":null,"te-xt":null}`: "",
		``:                            "invalid_json", `null`: "invalid_json", `[]`: "invalid_json", `"x"`: "invalid_json",
		`{`:    "invalid_json",
		`{}{}`: "invalid_json", `{"text":"` + "\xff" + `"}`: "invalid_json",
	} {
		err := decodeJSON([]byte(body), &sample{})
		got := ""
		if err != nil {
			e := errs.From(err)
			got = strings.TrimSpace(e.Code + " " + e.Field)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

// FuzzDecodingTakesWhatEncodingJSONTakes holds a body against encoding/json and a slow
// reading of its members: what both let through is read, and read the same; nothing
// but the two errors comes out.
func FuzzDecodingTakesWhatEncodingJSONTakes(f *testing.F) {
	for _, seed := range []string{`{}`, `{"text":"a","list":["b"]}`, `{"text":null}`, `{"text":"a","te\u0078t":"b"}`,
		`[[[[`, `{"a":{"text":null}}`, `{"text":"\"`, `{"ſ":1,"list":[":","{"]}`, "\xff", `{"maybe":1e999}`,
		`{"parts":[{"name":"a","name":7}],"named":{"a":"\ud83d"}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var got sample
		err := decodeJSON(raw, &got)
		if err != nil {
			if code := errs.From(err).Code; code != "invalid_json" && code != "invalid_field" {
				t.Fatalf("%q: %v", raw, err)
			}
		}
		var want sample
		if json.Unmarshal(raw, &want) != nil {
			if err == nil {
				t.Fatalf("%q is taken", raw)
			}
			return
		}
		slow := slowMembers(raw)
		if err == nil && slow != "" {
			t.Fatalf("%q is taken, and %s", raw, slow)
		}
		if err != nil && slow == "" && utf8.Valid(raw) && !repeats(raw) {
			t.Fatalf("%q is refused: %v", raw, err)
		}
		if err == nil && !reflect.DeepEqual(got, want) {
			t.Fatalf("%q is read as %+v, not %+v", raw, got, want)
		}
	})
}

// repeats reports whether an object in valid JSON has a name twice, whatever its case.
func repeats(raw []byte) bool {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	open, _ := decoder.Token()
	seen := map[string]bool{}
	for open == json.Delim('{') && decoder.More() || open == json.Delim('[') && decoder.More() {
		if open == json.Delim('{') {
			name, _ := decoder.Token()
			folded := strings.ToLower(strings.ToUpper(fmt.Sprint(name)))
			if seen[folded] {
				return true
			}
			seen[folded] = true
		}
		var value json.RawMessage
		if decoder.Decode(&value) != nil || repeats(value) {
			return true
		}
	}
	return false
}

// slowMembers says what should be found wrong with a valid object.
func slowMembers(raw []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if token, _ := decoder.Token(); token != json.Delim('{') {
		return "it is no object"
	}
	seen := map[string]bool{}
	for decoder.More() {
		token, _ := decoder.Token()
		var value json.RawMessage
		if decoder.Decode(&value) != nil {
			return ""
		}
		for _, field := range []string{"text", "list", "flag", "maybe", "parts", "named"} {
			if !strings.EqualFold(field, fmt.Sprint(token)) {
				continue
			}
			if seen[field] {
				return field + " is there twice"
			}
			if seen[field] = true; string(value) == "null" && field != "maybe" {
				return field + " is null"
			}
		}
	}
	return ""
}

func TestTextFromOutsideIsBoundedAndPlain(t *testing.T) {
	for text, ok := range map[string]bool{"": true, "四个字呀": true, "12345678901234567": false, "a\x00": false, "a\n": false,
		"a\u0085": false, "\xff": false, "a\u200db": true} {
		if err := Text("f", text, 16); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzNumbersAreReadInOneForm(f *testing.F) {
	for _, seed := range []string{"", "1", "50", "+1", "01", "-0", "1e3", "９", "1_000", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, _ := gin.CreateTestContext(httptest.NewRecorder())
		request := httptest.NewRequest("GET", "/x", nil)
		query := request.URL.Query()
		query.Set("n", text)
		request.URL.RawQuery = query.Encode()
		c.Request = request
		n, err := Number(c, "n", 7, -5, 100)
		switch {
		case err != nil:
			if e := errs.From(err); e.Code != "invalid_field" || e.Field != "n" {
				t.Fatalf("%q: %v", text, err)
			}
		case text == "" && n == 7:
		case fmt.Sprint(n) != text || n < -5 || n > 100:
			t.Fatalf("%q is read as %d", text, n)
		}
	})
}
