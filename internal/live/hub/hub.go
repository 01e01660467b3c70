// Package hub sends frames of server-sent events to many phones at once. It takes the
// connection of a request over from net/http (hijacks it) and keeps of it a socket and
// a few words: no goroutine and no buffer, about 2 KB beside what the kernel holds, where
// a handler that waits costs 27.
//
// It knows bytes and whom they are for, and nothing of what a room does. Connections are
// dealt out to shards, one for each processor; a shard's own goroutine does all that
// happens to its connections, one after the other, so nothing of them is locked. Writes
// never wait: what a socket does not take at once waits as the rest of that one frame.
// Who has a rest misses the frames that come meanwhile, gets a fresh snapshot after it,
// and is dropped after 10 s in which nothing moved. Every 2 s each socket is read, to
// find those who left; what they send is thrown away.
//
// The order of one room's frames is kept for each connection, snapshots included: what
// a snapshot holds is not sent again after it. For that the owner of a room's state
// must change it before the Broadcast that tells of it, one change at a time.
package hub

import (
	"net"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Client is what the hub knows of whom it sends to.
type Client struct {
	Room    sqldb.ID
	Player  sqldb.ID // 0: somebody who only watches
	Plain   bool     // cannot open a sealed question
	Screen  bool     // a big screen, which gets more than phones
	Network string   // where it came from
}

// Subscription is one connection to be. First makes the frames that it begins with, and
// those that bring it up to date after it missed some: a whole snapshot, from memory,
// and as new as the last Broadcast of the room at least. It is called by the hub's
// goroutines as long as the connection lasts, so it must not keep the request alive.
type Subscription struct {
	Client
	First func() []byte
}

// Options of a Hub; zero values are the defaults.
type Options struct {
	// Now is the time that phones are told; nil: this machine's.
	Now  func() time.Time
	Most int // connections at once; default: what files the process may hold, less 1,000
}

// Hub is the connections of this process. It is safe for concurrent use, but for calls
// from inside the functions that are handed to it.
type Hub struct {
	most   int64
	shards []*shard
	turn   atomic.Uint64 // deals out those who only watch
	open   atomic.Int64  // connections, and those about to be
	closed atomic.Bool
	now    func() int64 // UTC milliseconds
	told   func() int64 // to phones

	mu    sync.Mutex
	rooms map[sqldb.ID]*room // those with connections

	running sync.WaitGroup
}

// New starts a hub. It must be closed.
func New(options Options) *Hub {
	h := newHub(options, runtime.GOMAXPROCS(0), func() int64 { return time.Now().UnixMilli() })
	for _, s := range h.shards {
		h.running.Go(func() {
			clock := time.NewTicker(tickEvery)
			defer clock.Stop()
			s.run(clock.C)
		})
	}
	return h
}

func newHub(options Options, shards int, now func() int64) *Hub {
	h := &Hub{most: int64(options.Most), now: now, told: now, rooms: map[sqldb.ID]*room{}}
	if options.Now != nil {
		h.told = func() int64 { return options.Now().UnixMilli() }
	}
	if h.most == 0 {
		h.most = int64(filesAllowed()) - filesElsewhere
	}
	for i := range shards {
		h.shards = append(h.shards, newShard(h, i))
	}
	return h
}

const (
	// filesElsewhere is how many files the rest of the process needs: stores, other calls.
	filesElsewhere = 1000
	// filesUsual is how many a process may hold where the system does not say.
	filesUsual = 10_000
)

var (
	errFull = errs.New(errs.Unavailable, "stream_full", "现场连接已满，页面会自动改用轮询")
	errNone = errs.New(errs.NotAllowed, "stream_unsupported", "此连接不支持推送，页面会自动改用轮询")
)

// Serve takes the connection of a request over and returns at once; the stream goes on
// until its peer leaves, the hub drops it, or Close. An error is returned before
// anything is written: the hub holds as many as it may, or the connection cannot be
// taken over (HTTP/2). Headers that are set on w are sent. A player's fourth connection
// to a room ends the first.
func (h *Hub) Serve(w http.ResponseWriter, r *http.Request, to Subscription) error {
	if !canHijack(w, r) {
		return errNone
	}
	if h.open.Add(1) > h.most || h.closed.Load() {
		h.open.Add(-1)
		return errFull
	}
	head := headOf(w.Header())
	conn, before, err := http.NewResponseController(w).Hijack()
	if err != nil {
		h.open.Add(-1)
		return errNone.Because(err)
	}
	openConnections.Inc()
	c := &client{Client: to.Client, first: to.First, conn: conn, heard: before.Reader.Buffered()}
	prepare(conn)
	c.raw = rawOf(conn)
	c.room = h.enter(to.Room)
	s := h.shardOf(to.Player)
	if !s.queue.put(func() { s.join(c, head) }) {
		s.release(c)
		return nil
	}
	if c.raw == nil {
		go s.listen(c)
	}
	return nil
}

// prepare sets up a socket for short frames to phones that may vanish.
func prepare(conn net.Conn) {
	conn.SetDeadline(time.Time{}) //nolint:errcheck // a dead connection shows at the first write
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetWriteBuffer(kernelBuffer) //nolint:errcheck // then it is larger
		giveUpOnSilence(tcp)
	}
}

const (
	// kernelBuffer bounds what the kernel keeps for a phone that does not read, in
	// bytes, and so how old what it reads next may be. Linux doubles it.
	kernelBuffer = 32 << 10
	// silence is for how long a phone may leave what was sent unacknowledged: one
	// that lost its network says no goodbye.
	silence = 30 * time.Second
)

// Broadcast sends each connection of a room what frame makes for it; nil is nothing. It
// returns at once. frame is called once for each connection, by several goroutines at
// the same time, and should return one of few slices, which must not change any more.
func (h *Hub) Broadcast(id sqldb.ID, frame func(Client) []byte) {
	r := h.find(id)
	if r == nil {
		return
	}
	r.sending.Lock() // so that all shards get a room's frames in the same order
	defer r.sending.Unlock()
	number := r.sent.Add(1)
	began := time.Now()
	for _, s := range h.shards {
		s.queue.put(func() {
			s.broadcast(r, number, frame)
			broadcastSeconds.UpdateDuration(began)
		})
	}
}

// Drop ends the connections that a player has to a room.
func (h *Hub) Drop(id, player sqldb.ID) {
	if r := h.find(id); r != nil {
		s := h.shardOf(player)
		s.queue.put(func() { s.drop(r, player) })
	}
}

// Counts is how many players of a room are connected, each once.
func (h *Hub) Counts(id sqldb.ID) (connected int) {
	if r := h.find(id); r != nil {
		connected = int(r.players.Load())
	}
	return connected
}

// Close ends all connections, sends nothing more, and returns when all are closed.
// net/http's Shutdown does not know them, so this comes before it.
func (h *Hub) Close() {
	h.closed.Store(true)
	for _, s := range h.shards {
		s.queue.close()
	}
	h.running.Wait()
}

// shardOf gives all connections of a player to one shard.
func (h *Hub) shardOf(player sqldb.ID) *shard {
	spread := uint64(player) * 0x9e3779b97f4a7c15 // ids differ in their middle bits alone
	if player == 0 {
		spread = h.turn.Add(1) << 32
	}
	return h.shards[spread>>32%uint64(len(h.shards))]
}
