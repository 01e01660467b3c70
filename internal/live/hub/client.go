package hub

import (
	"errors"
	"net"
	"slices"
	"syscall"
	"time"
)

// client is one connection. All but its first fields is for its shard's goroutine.
type client struct {
	Client
	first func() []byte
	room  *room
	conn  net.Conn
	raw   syscall.RawConn // conn without waiting; nil where it has no such thing

	rest    []byte  // of the frame under way
	missed  bool    // frames: it is owed a snapshot
	watched bool    // it is among the shard's slow ones
	gone    bool    // it was removed
	held    int64   // number of the last broadcast that its snapshot holds
	moved   int64   // when the rest last grew shorter, UTC milliseconds
	wrote   int64   // when a frame last began
	heard   int     // bytes that it sent
	at      int     // its place in its part
	older   *client // the connection that its player made before
}

const (
	// patience is for how long a connection may take nothing of its rest.
	patience = int64(10 * time.Second / time.Millisecond)
	// mostHeard is how many bytes may come over a stream that goes the other way.
	mostHeard = 4 << 10
	// tries is how often a snapshot is made again because a frame came between.
	tries = 3
)

// snapshot makes a connection's first frames, and notes which broadcasts they hold: those
// that were numbered before. One that was numbered meanwhile may be in them or not, so
// then they are made again. nil when that does not end.
func (c *client) snapshot() []byte {
	for range tries {
		held := c.room.sent.Load()
		frames := c.first()
		if c.room.sent.Load() == held {
			c.held = held
			return frames
		}
	}
	return nil
}

// join begins a stream: the head of the reply, the snapshot, and one frame more in a
// write of its own, since there are virus scanners that hold each back until the next.
func (s *shard) join(c *client, head []byte) {
	if s.hub.closed.Load() {
		s.release(c)
		return
	}
	part := &c.room.parts[s.index]
	if tooMany := c.room.add(part, c); tooMany != nil {
		s.remove(tooMany)
	}
	frames := c.snapshot()
	c.missed = frames == nil
	s.frame = append(append(s.frame[:0], head...), frames...)
	s.push(c, s.frame)
	c.rest = slices.Clone(c.rest) // the next to join uses that memory again
	if !c.gone {
		s.rooms[c.room] = true
		s.beat(c, beatFrame(s.hub.told()))
	}
}

// deliver sends a frame to a connection that is not behind, and notes that the others
// missed one.
func (s *shard) deliver(c *client, frame []byte) {
	if c.rest == nil && !c.missed {
		s.push(c, frame)
		return
	}
	c.missed = true
	s.watch(c)
}

// beat sends a frame that may be missed.
func (s *shard) beat(c *client, frame []byte) {
	if c.rest == nil && !c.missed {
		s.push(c, frame)
	} else {
		s.watch(c)
	}
}

// push begins to send a frame; the connection must have no rest.
func (s *shard) push(c *client, frame []byte) {
	c.wrote, c.moved = s.now, s.now
	s.write(c, frame)
	if c.rest != nil {
		s.watch(c)
	}
}

// write sends what can be sent at once, and keeps the rest.
func (s *shard) write(c *client, bytes []byte) {
	n, err := s.send(c, bytes)
	switch {
	case err != nil:
		s.remove(c)
	case n == len(bytes):
		c.rest = nil
	default:
		c.rest = bytes[n:]
		if n > 0 {
			c.moved = s.now
		}
	}
}

// catchUp goes on with a connection that is behind, and reports whether it still is.
func (s *shard) catchUp(c *client) (behind bool) {
	if c.rest != nil {
		s.write(c, c.rest)
	}
	if c.rest != nil && s.now-c.moved >= patience {
		droppedSlow.Inc()
		s.remove(c)
	}
	if !c.gone && c.rest == nil && c.missed {
		if frames := c.snapshot(); frames != nil {
			c.missed = false
			s.push(c, frames)
		}
	}
	return !c.gone && (c.rest != nil || c.missed)
}

// hear throws away what came from a peer, and removes one that left or talks on.
func (s *shard) hear(c *client) {
	if c.raw == nil {
		return // listen does
	}
	n, err := s.sockets.read(c.raw, s.thrown[:])
	if c.heard += n; err != nil || c.heard > mostHeard {
		s.remove(c)
	}
}

// listen is hear for a connection that can only be read by waiting, in a goroutine of
// its own.
func (s *shard) listen(c *client) {
	thrown := make([]byte, 512)
	for heard := c.heard; heard <= mostHeard; {
		n, err := c.conn.Read(thrown)
		if heard += n; err != nil {
			break
		}
	}
	s.queue.put(func() { s.remove(c) })
}

// send writes without waiting, or for briefly where a connection knows no other way.
func (s *shard) send(c *client, bytes []byte) (n int, err error) {
	if c.raw != nil {
		return s.sockets.write(c.raw, bytes)
	}
	c.conn.SetWriteDeadline(time.Now().Add(briefly)) //nolint:errcheck // the write fails too
	n, err = c.conn.Write(bytes)
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		err = nil
	}
	return n, err
}

// briefly is how long one of those may hold up its shard.
const briefly = 20 * time.Millisecond
