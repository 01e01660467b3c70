package load

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func serve(t *testing.T, handler http.HandlerFunc) (address string) {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://")
}

func TestTheClientReadsWhatGoWrites(t *testing.T) {
	long := strings.Repeat("消防安全", 5000)
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/short":
			http.SetCookie(w, &http.Cookie{Name: "aq_player", Value: "token", Path: "/", HttpOnly: true})
			w.WriteHeader(http.StatusCreated)
			fmt.Fprint(w, r.Header.Get("Cookie"), " ", r.ContentLength)
		case "/long":
			fmt.Fprint(w, long) // in chunks: Go does not know its length
		case "/nothing":
			w.WriteHeader(http.StatusNoContent)
		}
	})
	c, err := dialFrom([4]byte{127, 0, 0, 1}, address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.conn.Close()
	for _, want := range []struct {
		path, cookie, body string
		status             int
	}{
		{"/short", "aq_player=token", "me=1 2", 201},
		{"/long", "", long, 200},
		{"/nothing", "", "", 204},
		{"/short", "aq_player=token", "me=1 2", 201}, // nothing of the others is left over
	} {
		status, err := c.do(appendPost(nil, "me=1", []byte("{}"), []byte(want.path)))
		if err != nil || status != want.status || string(c.body) != want.body || c.cookie != want.cookie {
			t.Errorf("%s: %d %.40q, cookie %q, %v; want %d %.40q, cookie %q", want.path, status, c.body, c.cookie, err,
				want.status, want.body, want.cookie)
		}
	}
}

func TestARefusedOrBrokenConnectionIsAnError(t *testing.T) {
	for _, says := range []string{"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
		"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", "SSH-2.0-x\r\n\r\n"} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			conn.Read(make([]byte, 100))
			conn.Write([]byte(says))
			conn.Close()
		}()
		c, err := dialFrom([4]byte{127, 0, 0, 1}, listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if status, err := c.do(appendPost(nil, "", nil, []byte("/"))); err == nil {
			t.Errorf("%q is taken as a reply with status %d", says, status)
		}
		c.conn.Close()
		listener.Close()
	}
}

func TestAnAnswerIsChosenFromTheReply(t *testing.T) {
	const options = `{"ticket":"T_1","question":{"id":"q1","position":1,"kind":"single","stem":"说\"ticket\":\"的是？",` +
		`"options":[{"id":"o1","text":"{\"id\":\"no\"}"},{"id":"o2","text":"甲"}],"blanks":0,"topic":"消防","limit_ms":45000,"deadline":1700000000123},"result":null}`
	const blanks = `{"verdict":{"right":{"options":["x"],"blanks":[]}},"ticket":"T_2","question":{"id":"q2","position":2,"kind":"fill","stem":"____",` +
		`"options":[],"blanks":2,"topic":"","limit_ms":45000,"deadline":1700000000456},"result":null}`
	random := rand.New(rand.NewPCG(1, 2))
	seen := map[string]bool{}
	for range 50 {
		var a attempt
		if err := a.read([]byte(options), random); err != nil || string(a.ticket) != "T_1" || a.deadline != 1700000000123 {
			t.Fatalf("ticket %q, deadline %d, %v", a.ticket, a.deadline, err)
		}
		seen[string(a.answer)] = true
	}
	for _, want := range []string{`{"question":"q1","options":["o1"]}`, `{"question":"q1","options":["o2"]}`} {
		if !seen[want] || len(seen) != 2 {
			t.Errorf("the answers chosen are %v, want %s among two", seen, want)
		}
	}
	var a attempt
	if err := a.read([]byte(blanks),
		random); err != nil || string(a.answer) != `{"question":"q2","blanks":["119","119"]}` {
		t.Errorf("the answer to a fill-in is %s, %v", a.answer, err)
	}
	if err := a.read([]byte(`{"ticket":"","question":null,"result":{}}`), random); err == nil {
		t.Error("an answer was chosen to no question")
	}
}
