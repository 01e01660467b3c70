package hub

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/sqldb"
)

const (
	room1 sqldb.ID = 1<<40 + iota
	room2
	zhang
	li
)

// house is a hub behind a server, whose clock stands until the test moves it. A request
// for /ROOM/PLAYER joins; the state of both rooms is a number that step raises.
type house struct {
	*Hub
	t      *testing.T
	server *httptest.Server
	ms     atomic.Int64
	mu     sync.Mutex // held over a step as the owner of a room would
	state  atomic.Int64
	errors chan error // what Serve returned
}

type houseOptions struct {
	Options
	hidden    bool          // connections are no sockets that can be written to without waiting
	replyTime time.Duration // the server's limit for a reply
}

func openHouse(t *testing.T, o houseOptions) *house {
	t.Helper()
	if o.Most == 0 {
		o.Most = 1 << 20
	}
	h := &house{t: t, errors: make(chan error, 1<<16)}
	h.ms.Store(1_000_000)
	h.Hub = newHub(o.Options, 2, h.ms.Load)
	for _, s := range h.shards {
		h.running.Go(func() { s.run(nil) })
	}
	h.server = httptest.NewUnstartedServer(http.HandlerFunc(h.serve))
	h.server.Config.WriteTimeout = o.replyTime
	if o.hidden {
		h.server.Listener = hiding{h.server.Listener}
	}
	h.server.Start()
	t.Cleanup(func() { h.Close(); h.server.Close() })
	return h
}

// hiding hides that connections are sockets.
type hiding struct{ net.Listener }

func (l hiding) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	return struct{ net.Conn }{conn}, err
}

func (h *house) serve(w http.ResponseWriter, r *http.Request) {
	parts := strings.Split(r.URL.Path, "/")
	room, _ := strconv.ParseInt(parts[1], 10, 64)
	player, _ := strconv.ParseInt(parts[2], 10, 64)
	w.Header().Set("X-Request-Id", "r1")
	client := Client{Room: sqldb.ID(room), Player: sqldb.ID(player), Plain: r.URL.Query().Has("plain")}
	err := h.Serve(w, r, Subscription{Client: client, First: func() []byte { return frame("first", h.state.Load(), "") }})
	h.errors <- err
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	}
}

func frame(event string, state int64, padding string) []byte {
	return fmt.Appendf(nil, "event: %s\ndata: %d %s\n\n", event, state, padding)
}

// step changes the state and tells a room of it.
func (h *house) step(room sqldb.ID, padding string) int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	state := h.state.Add(1)
	bytes := frame("room", state, padding)
	h.Broadcast(room, func(Client) []byte { return bytes })
	return state
}

// pass moves the clock and waits until all that is due was done.
func (h *house) pass(d time.Duration) {
	h.ms.Add(d.Milliseconds())
	for _, s := range h.shards {
		s.wait(s.tick)
	}
}

// until passes time until something is so.
func (h *house) until(what string, d time.Duration, so func() bool) {
	h.t.Helper()
	for range 2000 {
		if so() {
			return
		}
		h.pass(d)
		time.Sleep(time.Millisecond) // the network's part
	}
	h.t.Fatal("never: " + what)
}

// behind copies the connections that are.
func (h *house) behind() (all []client) {
	for _, s := range h.shards {
		s.wait(func() {
			for _, c := range s.slow {
				if !c.gone {
					all = append(all, *c)
				}
			}
		})
	}
	return all
}

// phone is a reader of a stream.
type phone struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
	head string
}

// dial asks for a stream and reads nothing.
func (h *house) dial(room, player sqldb.ID, query string) *phone {
	h.t.Helper()
	conn, err := net.Dial("tcp", h.server.Listener.Addr().String())
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(time.Minute))
	fmt.Fprintf(conn, "GET /%d/%d%s HTTP/1.1\r\nHost: x\r\n\r\n", room, player, query)
	return &phone{t: h.t, conn: conn, in: bufio.NewReader(conn)}
}

// join is dial, and reads what comes at once.
func (h *house) join(room, player sqldb.ID) *phone {
	h.t.Helper()
	p := h.dial(room, player, "")
	p.readHead()
	if event, _ := p.next(); event != "first" {
		h.t.Fatalf("the first frame is %q", event)
	}
	if event, _ := p.next(); event != "beat" {
		h.t.Fatalf("the second frame is %q", event)
	}
	return p
}

func (p *phone) readHead() {
	p.t.Helper()
	for !strings.HasSuffix(p.head, "\r\n\r\n") {
		line, err := p.in.ReadString('\n')
		if err != nil {
			p.t.Fatalf("after %q: %v", p.head, err)
		}
		p.head += line
	}
}

// next reads a frame. event is "" at the end of the stream.
func (p *phone) next() (event, data string) {
	for {
		line, err := p.in.ReadString('\n')
		switch line = strings.TrimSuffix(line, "\n"); {
		case err != nil:
			return "", ""
		case line == "":
			return event, data
		case strings.HasPrefix(line, "event: "):
			event = line[len("event: "):]
		default:
			data = strings.TrimPrefix(line, "data: ")
		}
	}
}

// wants reads the next frame and holds it against what is wanted; "" wants the end.
func (p *phone) wants(event, data string) {
	p.t.Helper()
	if e, d := p.next(); e != event || strings.TrimSpace(d) != data {
		p.t.Fatalf("read %q %.40q, want %q %q", e, d, event, data)
	}
}

func TestTheReplyIsAnEndlessStreamThatNobodyMayHoldBack(t *testing.T) {
	h := openHouse(t, houseOptions{replyTime: time.Nanosecond})
	p := h.dial(room1, zhang, "")
	p.readHead()
	for _, want := range []string{"HTTP/1.1 200 OK\r\n", "\r\nContent-Type: text/event-stream; charset=utf-8\r\n",
		"\r\nCache-Control: no-store, no-transform\r\n", "\r\nX-Accel-Buffering: no\r\n", "\r\nConnection: close\r\n",
		"\r\nX-Request-Id: r1\r\n"} {
		if !strings.Contains("\r\n"+p.head, want) {
			t.Errorf("%q is not in %q", want, p.head)
		}
	}
	if strings.Contains(p.head, "Content-Length") || strings.Contains(p.head, "Encoding") {
		t.Errorf("the body has a length or an encoding: %q", p.head)
	}
	p.wants("first", "0")
	p.wants("beat", `{"server_time":1000000}`)
	h.step(room1, "") // the server's limit is long over
	p.wants("room", "1")
}

func TestARoomsFramesComeToItsPhonesAloneAndInOrder(t *testing.T) {
	for _, hidden := range []bool{false, true} {
		h := openHouse(t, houseOptions{hidden: hidden})
		stranger := h.join(room2, li)
		const phones, steps = 40, 150
		var all sync.WaitGroup
		for i := range phones {
			all.Go(func() { // joins while frames are under way
				p := h.dial(room1, zhang+sqldb.ID(i), "")
				p.readHead()
				for last := int64(-1); last < steps; {
					event, data := p.next()
					if event == "beat" {
						continue
					}
					state, err := strconv.ParseInt(strings.TrimSpace(data), 10, 64)
					if err != nil || state < last || event == "room" && state == last && last == 0 {
						t.Errorf("hidden %v: after %d came %q %q", hidden, last, event, data)
						return
					}
					last = state
				}
			})
		}
		for range steps {
			h.step(room1, "")
		}
		read := make(chan bool)
		go func() { all.Wait(); close(read) }()
		h.until("all read all", 0, func() bool {
			select {
			case <-read:
				return true
			default:
				return false
			}
		})
		h.step(room2, "")
		stranger.wants("room", strconv.Itoa(steps+1))
	}
}

func TestEachConnectionMayGetAFrameOfItsOwnOrNone(t *testing.T) {
	h := openHouse(t, houseOptions{})
	first, second, watcher := h.join(room1, zhang), h.join(room1, li), h.join(room1, 0)
	h.Broadcast(room1, func(c Client) []byte {
		if c.Player == 0 {
			return nil
		}
		return frame("me", int64(c.Player-room1), "")
	})
	h.Broadcast(room1, func(Client) []byte { return frame("room", 7, "") })
	first.wants("me", "2")
	second.wants("me", "3")
	for _, p := range []*phone{first, second, watcher} {
		p.wants("room", "7")
	}
	seen := map[sqldb.ID]int{}
	h.Each(room1, func(c Client) { seen[c.Player]++ })
	if seen[zhang] != 1 || seen[li] != 1 || seen[0] != 1 || len(seen) != 3 {
		t.Errorf("there are %v", seen)
	}
}

func TestASlowReaderMissesFramesAndComesBackByASnapshot(t *testing.T) {
	h := openHouse(t, houseOptions{})
	slow := h.dial(room1, zhang, "")
	h.until("it has joined", 0, func() bool { return h.Counts(room1) == 1 })
	const steps = 400
	padding := strings.Repeat("x", 16<<10)
	for range steps {
		h.step(room1, padding)
	}
	if all := h.behind(); len(all) != 1 || len(all[0].rest) > len(padding)+64 || !all[0].missed {
		t.Fatalf("behind are %+v", all)
	}
	last := make(chan string, 1)
	var frames atomic.Int64
	go func() {
		slow.readHead()
		for {
			event, data := slow.next()
			if frames.Add(1); event == "" || event == "first" && strings.TrimSpace(data) == strconv.Itoa(steps) {
				last <- event
				return
			}
		}
	}()
	h.until("the snapshot is sent", 0, func() bool { return len(last) > 0 })
	if got := <-last; got != "first" || frames.Load() > steps/2 {
		t.Errorf("it ended with %q after %d frames", got, frames.Load())
	}
	h.step(room1, "")
	slow.wants("room", strconv.Itoa(steps+1))
}

func TestWhoReadsNothingForTenSecondsIsDropped(t *testing.T) {
	for _, hidden := range []bool{false, true} {
		h := openHouse(t, houseOptions{hidden: hidden})
		h.dial(room1, zhang, "") // reads nothing
		go io.Copy(io.Discard, h.dial(room1, li, "").conn)
		h.until("both have joined", 0, func() bool { return h.Counts(room1) == 2 })
		moreThanBuffersHold := 1 << 20
		if hidden {
			moreThanBuffersHold = 16 << 20 // theirs are not bounded
		}
		h.step(room1, strings.Repeat("x", moreThanBuffersHold))
		h.until("the other has read all", 0, func() bool { return len(h.behind()) == 1 })
		h.pass(9 * time.Second)
		if n := h.Counts(room1); n != 2 {
			t.Fatalf("hidden %v: %d are left after nine seconds", hidden, n)
		}
		h.until("it is dropped", 2*time.Second, func() bool { return h.Counts(room1) == 1 })
		h.Each(room1, func(c Client) {
			if c.Player != li {
				t.Errorf("hidden %v: %d is left", hidden, c.Player)
			}
		})
	}
}

func TestWhoLeavesIsMissedAndWhoTalksIsSentAway(t *testing.T) {
	for _, hidden := range []bool{false, true} {
		h := openHouse(t, houseOptions{hidden: hidden})
		leaving, talking, staying := h.join(room1, zhang), h.join(room1, li), h.join(room1, 0)
		fmt.Fprint(staying.conn, "a little is thrown away")
		leaving.conn.Close()
		h.until("who left is missed", 2*time.Second, func() bool { return h.Counts(room1) == 1 })
		talking.conn.Write(bytes.Repeat([]byte("x"), mostHeard+1))
		h.until("who talks is sent away", 2*time.Second, func() bool { return h.Counts(room1) == 0 })
		h.step(room1, "")
		for event := "beat"; event == "beat"; {
			if event, _ = staying.next(); event == "" {
				t.Errorf("hidden %v: who stays was dropped", hidden)
			}
		}
	}
}

func TestAQuietStreamBeatsEveryFifteenSeconds(t *testing.T) {
	h := openHouse(t, houseOptions{})
	p := h.join(room1, zhang)
	for range 7 {
		h.pass(2 * time.Second)
	}
	p.wants("beat", `{"server_time":1014000}`)
	h.step(room1, "")
	for range 6 {
		h.pass(2 * time.Second) // the frame was a beat, too
	}
	h.step(room1, "")
	p.wants("room", "1")
	p.wants("room", "2")
}

func TestAPlayersFourthConnectionEndsTheFirst(t *testing.T) {
	h := openHouse(t, houseOptions{})
	var all []*phone
	for range perPlayer {
		all = append(all, h.join(room1, zhang))
	}
	elsewhere, watcher := h.join(room2, zhang), h.join(room1, 0)
	if n := h.Counts(room1); n != 1 {
		t.Errorf("one player is counted as %d", n)
	}
	all = append(all, h.join(room1, zhang))
	all[0].wants("", "")
	h.step(room1, "")
	for _, p := range append(all[1:], watcher) {
		p.wants("room", "1")
	}
	h.Drop(room1, zhang)
	for _, p := range all[1:] {
		p.wants("", "")
	}
	if n := h.Counts(room1); n != 0 {
		t.Errorf("%d are left", n)
	}
	h.step(room1, "")
	h.step(room2, "")
	watcher.wants("room", "2")
	elsewhere.wants("room", "3")
}

func TestAFullHubAndAConnectionThatCannotBeTakenAreTold(t *testing.T) {
	h := openHouse(t, houseOptions{Options: Options{Most: 1}})
	first := h.join(room1, zhang)
	refused := h.dial(room1, li, "")
	refused.readHead()
	if !strings.HasPrefix(refused.head, "HTTP/1.1 503") {
		t.Errorf("the reply is %q", refused.head)
	}
	<-h.errors
	if err := <-h.errors; err == nil || err.Error() != errFull.Error() {
		t.Errorf("it is told %v", err)
	}
	first.conn.Close()
	h.until("there is room again", 2*time.Second, func() bool { return h.open.Load() == 0 })
	h.join(room1, li)

	// Another protocol than HTTP/1 has no connection of its own for a request.
	recorder := httptest.NewRecorder()
	if err := h.Serve(recorder, httptest.NewRequest("GET", "/", nil), Subscription{}); err == nil ||
		err.Error() != errNone.Error() || recorder.Body.Len() > 0 {
		t.Errorf("it is told %v, written %q", err, recorder.Body)
	}
}

func TestClosingEndsAllStreamsAndTakesNoMore(t *testing.T) {
	h := openHouse(t, houseOptions{})
	phones := []*phone{h.join(room1, zhang), h.join(room1, 0), h.join(room2, li)}
	h.Close()
	for _, p := range phones {
		p.wants("", "")
	}
	late := h.dial(room1, zhang, "")
	if late.readHead(); !strings.HasPrefix(late.head, "HTTP/1.1 503") {
		t.Errorf("the reply is %q", late.head)
	}
	h.step(room1, "")
	h.Drop(room1, zhang)
	h.Each(room1, func(Client) { t.Error("somebody is left") })
	if h.open.Load() != 0 || len(h.rooms) != 0 {
		t.Errorf("%d connections and %d rooms are left", h.open.Load(), len(h.rooms))
	}
}

func TestAFrameThatCannotBeMadeHurtsNobodyElse(t *testing.T) {
	h := openHouse(t, houseOptions{})
	p := h.join(room1, zhang)
	h.Broadcast(room1, func(Client) []byte { panic("no such frame") })
	h.step(room1, "")
	p.wants("room", "1")
}

// Each comes back again and again before its old connection is missed.
func TestTenThousandConnectsAtOnceBreakNothing(t *testing.T) {
	h := openHouse(t, houseOptions{})
	staying := h.join(room1, 0)
	players, returns := 100, 100
	if testing.Short() {
		returns = 5
	}
	var all sync.WaitGroup
	for i := range players {
		all.Go(func() {
			for range returns {
				p := h.dial(room1, zhang+sqldb.ID(i), "")
				io.ReadFull(p.in, make([]byte, 100))
				p.conn.Close()
			}
			h.join(room1, zhang+sqldb.ID(i))
		})
	}
	all.Wait()
	if n := h.Counts(room1); n != players {
		t.Errorf("%d players are there, want %d", n, players)
	}
	h.until("who left is missed", 2*time.Second, func() bool { return h.open.Load() == int64(players+1) })
	h.step(room1, "")
	for event := "beat"; event == "beat"; {
		if event, _ = staying.next(); event != "beat" && event != "room" {
			t.Errorf("the others got %q", event)
		}
	}
}
