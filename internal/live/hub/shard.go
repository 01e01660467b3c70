package hub

import (
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"anquanda/internal/sqldb"
)

// shard is a part of the connections, with the goroutine that does all that happens
// to them.
type shard struct {
	hub     *Hub
	index   int
	queue   *queue
	rooms   map[*room]bool // that have, or had, connections here
	slow    []*client      // those that are behind
	now     int64          // when the work under way began, UTC milliseconds
	swept   int64
	sockets sockets
	frame   []byte              // where a first frame is put together
	thrown  [mostHeard + 1]byte // where what peers send ends
}

func newShard(h *Hub, index int) *shard {
	s := &shard{hub: h, index: index, queue: newQueue(), rooms: map[*room]bool{}, now: h.now()}
	s.swept = s.now
	s.sockets.open()
	return s
}

const (
	tickEvery  = 100 * time.Millisecond // those that are behind are tried again
	sweepEvery = int64(2 * time.Second / time.Millisecond)
	beatEvery  = int64(15 * time.Second / time.Millisecond)
)

// run does the work until the queue is closed, then ends every connection.
func (s *shard) run(clock <-chan time.Time) {
	for {
		select {
		case <-s.queue.wake:
			work, open := s.queue.take()
			for _, do := range work {
				s.do(do)
			}
			if !open {
				s.each(s.remove)
				return
			}
		case <-clock:
			s.do(s.tick)
		}
	}
}

// do survives what it was handed: other connections go on.
func (s *shard) do(work func()) {
	defer func() {
		if cause := recover(); cause != nil {
			slog.Error("panic", "where", "sending to live rooms", "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
		}
	}()
	s.now = s.hub.now()
	work()
}

// broadcast sends a room's frame. From the last to the first: whoever is removed
// meanwhile leaves a place to one that has it already.
func (s *shard) broadcast(r *room, number int64, frame func(Client) []byte) {
	if s.hub.closed.Load() {
		return
	}
	part := &r.parts[s.index]
	for i := len(part.clients) - 1; i >= 0; i-- {
		if c := part.clients[i]; c.held < number {
			if bytes := frame(c.Client); bytes != nil {
				s.deliver(c, bytes)
			}
		}
	}
}

// drop ends a player's connections to a room.
func (s *shard) drop(r *room, player sqldb.ID) {
	for {
		c := r.parts[s.index].players[player]
		if c == nil || player == 0 {
			return
		}
		s.remove(c)
	}
}

// tick goes on with those that are behind, and from time to time looks after all.
func (s *shard) tick() {
	behind := s.slow[:0]
	for _, c := range s.slow {
		if c.watched = s.catchUp(c); c.watched {
			behind = append(behind, c)
		}
	}
	clear(s.slow[len(behind):])
	s.slow = behind
	if s.now-s.swept < sweepEvery {
		return
	}
	s.swept = s.now
	beat := beatFrame(s.hub.told())
	s.each(func(c *client) {
		if s.hear(c); !c.gone && s.now-c.wrote > beatEvery-sweepEvery {
			s.beat(c, beat)
		}
	})
}

// each calls f, which may remove it, for every connection.
func (s *shard) each(f func(*client)) {
	for r := range s.rooms {
		part := &r.parts[s.index]
		for i := len(part.clients) - 1; i >= 0; i-- {
			f(part.clients[i])
		}
		if len(part.clients) == 0 {
			delete(s.rooms, r)
		}
	}
}

// watch has tick go on with a connection.
func (s *shard) watch(c *client) {
	if !c.watched && !c.gone {
		c.watched = true
		s.slow = append(s.slow, c)
	}
}

// remove ends a connection; one that is gone already is left alone.
func (s *shard) remove(c *client) {
	if c.gone {
		return
	}
	c.room.remove(&c.room.parts[s.index], c)
	s.release(c)
}

// release gives back what a connection took.
func (s *shard) release(c *client) {
	c.gone, c.rest = true, nil
	c.conn.Close()
	s.hub.leave(c.room)
	s.hub.open.Add(-1)
	openConnections.Dec()
}

// beatFrame tells the time, so that a phone knows that the stream lives.
func beatFrame(now int64) []byte {
	return fmt.Appendf(nil, "event: beat\ndata: {\"server_time\":%d}\n\n", now)
}
