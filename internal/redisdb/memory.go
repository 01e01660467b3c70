package redisdb

import (
	"context"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// openEmbedded starts the Redis of this process. It listens nowhere: whoever else has an
// account on the machine would write boards and live rooms through an open port.
func openEmbedded() (*DB, error) {
	server := miniredis.NewMiniRedis()
	options := optionsOf([]string{"memory"})
	options.Dialer = func(context.Context, string, string) (net.Conn, error) {
		end, err := server.Dial()
		if err != nil {
			return nil, err
		}
		return newBuffered(end), nil
	}
	return &DB{UniversalClient: redis.NewUniversalClient(options), embedded: server}, nil
}

// buffered is an end of a net.Pipe that takes what is written without waiting for the other
// end, as a socket does: a server that answers while a long pipeline is still being written
// would wait for its client, and the client for it.
type buffered struct {
	net.Conn
	out    chan []byte
	closed chan struct{}
	once   sync.Once
}

// queued is how many writes, of up to 32 KiB each, wait for the server.
const queued = 1024

func newBuffered(end net.Conn) *buffered {
	b := &buffered{Conn: end, out: make(chan []byte, queued), closed: make(chan struct{})}
	go b.pump()
	return b
}

func (b *buffered) pump() {
	for {
		select {
		case text := <-b.out:
			if _, err := b.Conn.Write(text); err != nil {
				b.Close()
				return
			}
		case <-b.closed:
			return
		}
	}
}

func (b *buffered) Write(text []byte) (int, error) {
	select {
	case b.out <- slices.Clone(text):
		return len(text), nil
	case <-b.closed:
		return 0, net.ErrClosed
	}
}

func (b *buffered) Close() error {
	b.once.Do(func() { close(b.closed) })
	return b.Conn.Close()
}

// SetDeadline bounds what is read; nothing that is written waits.
func (b *buffered) SetDeadline(at time.Time) error { return b.Conn.SetReadDeadline(at) }

// SetWriteDeadline does nothing.
func (b *buffered) SetWriteDeadline(time.Time) error { return nil }
