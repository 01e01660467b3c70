package httpapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/httpapi"
	"anquanda/internal/httpapi/player"
	"anquanda/internal/testkit"
)

// logBook keeps what is logged, down to the least.
type logBook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// keepLog sends the log to a book until the test ends.
func keepLog(t *testing.T) *logBook {
	book := &logBook{}
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(book, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(before) })
	return book
}

func TestTheLogOfAPlayedLevelNamesNobody(t *testing.T) {
	book := keepLog(t)
	h := commonHouse(t)
	const nickname, written = "张三李四", "一种特别的答案"
	p := h.player("county")
	unit := h.unit("county", "西村")
	if err := p.Enrol(nickname, unit); err != nil {
		t.Fatal(err)
	}
	secrets := map[string]string{"the nickname": nickname, "the session": h.cookieOf(p, sessionCookie),
		"what was written": written, "the unit": unit,
		"the phone's address": "127.0.0.1:", "the phone": "Go-http-client"}
	step, err := p.Start("all-kinds")
	for position := 1; err == nil && step.Result == nil; position++ {
		secrets[fmt.Sprint("ticket ", position)] = step.Ticket
		secrets[fmt.Sprint("stem ", position)] = step.Question.Stem
		answer := p.Answer(step.Question, position%2 == 0)
		for i := range answer.Blanks {
			answer.Blanks[i] = written
		}
		h.postJSON(p, "/api/v1/attempts/"+step.Ticket+"/responses", `{"question":"`+nickname+`","options":["`+written+`"]}`)
		step, err = p.Send(step.Ticket, answer)
	}
	if err != nil {
		t.Fatal(err)
	}
	h.send(p, http.MethodGet, p.InContest("/boards/people"), nil, nil)
	h.send(p, http.MethodGet, p.InContest("/units?q="+nickname), nil, nil)
	h.send(p, http.MethodGet, "/api/v1/"+nickname, nil, nil)
	h.postJSON(p, p.InContest("/enrolment"), `{"nickname":"`+nickname+`\n"}`)
	waitFor(t, h.app.Boards.Settled)

	log := book.String()
	if n := strings.Count(log, `"msg":"request"`); n < 12 {
		t.Errorf("only %d requests were logged", n)
	}
	for what, secret := range secrets {
		if strings.Contains(log, secret) {
			t.Errorf("%s is in the log", what)
		}
	}
}

func TestEveryRequestIsLoggedByRouteUnderItsID(t *testing.T) {
	book := keepLog(t)
	h := commonHouse(t)
	p := h.player("county")
	reply, _ := h.send(p, http.MethodGet, p.InContest("/boards/people"), nil, nil)
	for line := range strings.Lines(book.String()) {
		var entry struct {
			ID     string `json:"request_id"`
			Msg    string
			Route  string
			Method string
			Status int
		}
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatal(err)
		}
		if entry.Msg == "request" && entry.ID == reply.Header.Get("X-Request-Id") {
			if entry.Route != "/api/v1/contests/:contest/boards/:board" || entry.Method != "GET" ||
				entry.Status != reply.StatusCode {
				t.Errorf("it is logged as %s", line)
			}
			return
		}
	}
	t.Error("it is not logged")
}

// TestAPanicBecomesAProblemWithoutItsStack asks a server that has nothing behind it.
func TestAPanicBecomesAProblemWithoutItsStack(t *testing.T) {
	book := keepLog(t)
	server := &httpapi.Server{Player: &player.API{}}
	recorder := httptest.NewRecorder()
	server.Handler().ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/api/v1/contests/county", nil))
	reply := recorder.Result()
	if reply.StatusCode != http.StatusInternalServerError {
		t.Fatalf("the status is %d", reply.StatusCode)
	}
	body := recorder.Body.Bytes()
	if err := specOf(t).checkProblem(reply, body); err != nil {
		t.Error(err)
	}
	var problem testkit.Problem
	if err := json.Unmarshal(body, &problem); err != nil || problem.Code != "internal" || len(body) > 400 {
		t.Errorf("it is %s", body)
	}
	for _, inside := range []string{"goroutine", ".go", "nil pointer", "runtime", "catalog"} {
		if bytes.Contains(body, []byte(inside)) {
			t.Errorf("it tells of %s: %s", inside, body)
		}
	}
	if log := book.String(); !strings.Contains(log, "nil pointer") || !strings.Contains(log, "catalog.go") ||
		!strings.Contains(log, problem.RequestID) {
		t.Errorf("the log has %s", log)
	}
}

// A line of the Prometheus text format 0.0.4: name, labels, value.
var metricLine = regexp.MustCompile(`^[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\[\\"n])*"(, *)?)*\})? (NaN|[+-]?Inf|[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)$`)

func TestMetricsCanBeReadAndCannotBeBlownUp(t *testing.T) {
	h := commonHouse(t)
	p := h.player("county")
	read := func() (lines []string) {
		_, text := h.send(p, http.MethodGet, "/metrics", nil, nil)
		for line := range strings.Lines(text) {
			if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
				lines = append(lines, line)
			}
		}
		return lines
	}
	h.send(p, http.MethodGet, p.InContest(""), nil, nil)
	lines := read()
	for _, line := range lines {
		if !metricLine.MatchString(line) {
			t.Errorf("no metric: %q", line)
		}
	}
	ours := strings.Join(lines, "\n")
	for _, want := range []string{`route="/api/v1/contests/:contest"`, `method="GET"`, `status="2xx"`,
		"go_goroutines", "process_"} {
		if !strings.Contains(ours, want) {
			t.Errorf("there is no %s", want)
		}
	}
	series := func() map[string]bool {
		names := map[string]bool{}
		for _, line := range read() {
			if strings.HasPrefix(line, "anquanda_http_request_seconds_count") {
				names[line[:strings.LastIndex(line, " ")]] = true
			}
		}
		return names
	}
	before := series()
	for i := range 50 {
		h.send(p, fmt.Sprintf("X%d", i), "/healthz", nil, nil)
		h.send(p, http.MethodGet, fmt.Sprintf("/api/v1/contests/c%d", i), nil, nil)
		h.send(p, http.MethodGet, fmt.Sprintf("/api/%d", i), nil, nil)
	}
	if after := series(); len(after) > len(before)+4 {
		t.Errorf("fifty made-up methods and addresses made %d series out of %d", len(after), len(before))
	}
}

func TestReadinessTellsWhichStoreIsAway(t *testing.T) {
	h := openHouse(t, embedded(t))
	p := h.player("county")
	ready := func(status int, want string) {
		t.Helper()
		if reply, body := h.send(p, http.MethodGet, "/readyz", nil, nil); reply.StatusCode != status ||
			!strings.Contains(body, want) {
			t.Errorf("%d %s, want %d with %s", reply.StatusCode, body, status, want)
		}
	}
	const well = `"checks":{"bus":"ok","disk":"ok","keys":"ok","redis":"ok","sql":"ok"}`
	for end := time.Now().Add(testkit.Patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if _, body := h.send(p, http.MethodGet, "/readyz", nil, nil); strings.Contains(body, well) {
			break // on a busy machine the bus is heard some seconds late
		}
	}
	ready(http.StatusOK, well)
	h.app.Redis.Close()
	ready(http.StatusOK, `"redis":"away","sql":"ok"}`)
	h.app.DB.Close()
	ready(http.StatusServiceUnavailable, `"redis":"away","sql":"away"}`)
	if reply, _ := h.send(p, http.MethodGet, "/healthz", nil, nil); reply.StatusCode != http.StatusOK {
		t.Errorf("the process is not alive: %d", reply.StatusCode)
	}
}

func TestANodeWhoseRedisIsSilentSaysSoonThatItIsReady(t *testing.T) {
	redis := testkit.StartRedis(t, testkit.RedisOptions{})
	h := openHouseOf(t, app.Config{Data: t.TempDir(), Redis: redis.Addr}, 7)
	p := h.player("county")
	redis.Freeze()
	defer redis.Thaw()
	asked := time.Now()
	reply, body := h.send(p, http.MethodGet, "/readyz", nil, nil)
	if reply.StatusCode != http.StatusOK || !strings.Contains(body, `"redis":"away"`) {
		t.Errorf("readyz: %d %s", reply.StatusCode, body)
	}
	if took := time.Since(asked); took > 2*time.Second {
		t.Errorf("it takes %v, and balancers believe that the node is gone", took)
	}
}

func TestANodeWithoutRoomToWriteIsNotReady(t *testing.T) {
	var free atomic.Uint64
	h := openHouseOf(t, app.Config{Data: t.TempDir(),
		Free: func(string) (uint64, error) { return free.Load(), nil }}, 7)
	p := h.player("county")
	for _, c := range []struct {
		free   uint64
		status int
		disk   string
	}{{200 << 20, http.StatusOK, "ok"}, {99 << 20, http.StatusOK, "low"},
		{1 << 20, http.StatusServiceUnavailable, "full"}} {
		free.Store(c.free)
		if reply, body := h.send(p, http.MethodGet, "/readyz", nil, nil); reply.StatusCode != c.status ||
			!strings.Contains(body, `"disk":"`+c.disk+`"`) {
			t.Errorf("with %d bytes: %d %s", c.free, reply.StatusCode, body)
		}
	}
	waitFor(t, func() bool {
		_, figures := h.send(p, http.MethodGet, "/metrics", nil, nil)
		return strings.Contains(figures, "anquanda_data_free_bytes")
	})
}

func TestWithoutRedisPlayersPlayAndBoardsSaySo(t *testing.T) {
	redis := testkit.StartRedis(t, testkit.RedisOptions{})
	h := openHouseOf(t, app.Config{Data: t.TempDir(), Redis: redis.Addr}, 7)
	p := h.enrolled("county")
	redis.Kill()
	if result, err := p.Play("all-kinds", 4); err != nil || !result.Passed {
		t.Errorf("playing: %+v, %v", result, err)
	}
	if err := p.Enrol("新的名字", h.unit("county", "东镇")); err != nil {
		t.Errorf("renaming: %v", err)
	}
	if err := p.Call(http.MethodGet, p.InContest("/boards/people"), nil, nil); codeOf(err) != "board_unavailable" {
		t.Errorf("the board: %v", err)
	}
	if reply, body := h.send(p, http.MethodGet, "/readyz", nil, nil); reply.StatusCode != http.StatusOK ||
		!strings.Contains(body, `"redis":"away"`) {
		t.Errorf("readyz: %d %s", reply.StatusCode, body)
	}
}

func TestWithoutSQLEveryCallSaysThatItIsAway(t *testing.T) {
	server := testkit.StartMariaDB(t, testkit.MariaDBOptions{})
	h := openHouseOf(t, app.Config{Data: t.TempDir(), MySQL: server.DSN("anquanda")}, 7)
	p, step := h.started("county", "all-kinds")
	if _, body := h.send(p, http.MethodGet, "/readyz", nil, nil); !strings.Contains(body, `"disk":"elsewhere"`) {
		t.Errorf("the store is on another server: %s", body)
	}
	server.Kill()
	_, start := p.Start("all-kinds")
	_, send := p.Send(step.Ticket, p.Answer(step.Question, true))
	_, stand := p.Resume(step.Ticket)
	_, finish := p.Finish(step.Ticket)
	h.skew.Add(time.Hour.Milliseconds()) // counters are kept for a while, and the program may have counted by itself
	stats := p.Call(http.MethodGet, p.InContest("/stats"), nil, nil)
	h.skew.Add(-time.Hour.Milliseconds())
	for name, err := range map[string]error{
		"home": p.Call(http.MethodGet, p.InContest(""), nil, nil), "start": start, "respond": send, "stand": stand,
		"finish": finish,
		"enrol":  p.Enrol("新的名字", h.unit("county", "东镇")), "mistakes": p.Call(http.MethodGet,
			p.InContest("/mistakes"), nil, nil),
		"stats": stats,
	} {
		if codeOf(err) != "unavailable" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if reply, body := h.send(p, http.MethodGet, "/readyz", nil, nil); reply.StatusCode != http.StatusServiceUnavailable ||
		!strings.Contains(body, `"sql":"away"`) {
		t.Errorf("readyz: %d %s", reply.StatusCode, body)
	}
	server.Restart()
	waitFor(t, func() bool { _, err := p.Resume(step.Ticket); return err == nil })
	if next, err := p.Send(step.Ticket, p.Answer(step.Question, true)); err != nil || next.Question == nil {
		t.Errorf("after it is back: %+v, %v", next, err)
	}
}
