package load

import (
	"bytes"
	"errors"
	"io"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"compress/gzip"
)

// balancer sends each request to the next of some nodes, over connections that it keeps, as a proxy in front of
// them does. It is safe for concurrent use.
type balancer struct {
	nodes  []*backend
	next   atomic.Uint64
	dialed atomic.Int64
}

// backend is one node with the connections that nobody uses now, the last used at the end.
type backend struct {
	address string
	mu      sync.Mutex
	idle    []idleClient
	used    map[*client]bool
	over    bool
}

type idleClient struct {
	*client
	since time.Time
}

const (
	// keptIdle is how long a connection may wait: less than a node keeps it.
	keptIdle = 10 * time.Second
	// replyAtMost is when a balancer gives up on a node.
	replyAtMost = 30 * time.Second
)

func newBalancer(addresses []string) *balancer {
	b := &balancer{}
	for _, address := range addresses {
		b.nodes = append(b.nodes, &backend{address: address, used: map[*client]bool{}})
	}
	return b
}

// do sends a request and hands the reply to read, which may be nil. Its body is valid until read returns.
func (b *balancer) do(request []byte, read func(c *client, status int, body []byte) error) error {
	node := b.nodes[b.next.Add(1)%uint64(len(b.nodes))]
	c, err := node.take(&b.dialed)
	if err != nil {
		return err
	}
	status := 0
	err = c.conn.SetDeadline(time.Now().Add(replyAtMost))
	if err == nil {
		status, err = c.do(request)
	}
	if err != nil {
		node.end(c)
		return err
	}
	defer node.give(c)
	if read == nil {
		return nil
	}
	return read(c, status, c.body)
}

var errBalancerOver = errors.New("the load is over")

// take returns a connection that waits, or a new one.
func (n *backend) take(dialed *atomic.Int64) (*client, error) {
	n.mu.Lock()
	if n.over {
		n.mu.Unlock()
		return nil, errBalancerOver
	}
	if last := len(n.idle) - 1; last >= 0 && time.Since(n.idle[last].since) < keptIdle {
		c := n.idle[last].client
		n.idle = n.idle[:last]
		n.used[c] = true
		n.mu.Unlock()
		return c, nil
	}
	for _, c := range n.idle { // the last one waited too long, so all did
		c.conn.Close()
	}
	n.idle = n.idle[:0]
	n.mu.Unlock()
	dialed.Add(1)
	conn, err := net.DialTimeout("tcp", n.address, replyAtMost)
	if err != nil {
		return nil, err
	}
	c := newClient(conn)
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.over {
		conn.Close()
		return nil, errBalancerOver
	}
	n.used[c] = true
	return c, nil
}

func (n *backend) give(c *client) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.used, c)
	if n.over {
		c.conn.Close()
		return
	}
	n.idle = append(n.idle, idleClient{c, time.Now()})
}

func (n *backend) end(c *client) {
	c.conn.Close()
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.used, c)
}

// hangUp ends all connections, those in use too.
func (b *balancer) hangUp() {
	for _, n := range b.nodes {
		n.mu.Lock()
		n.over = true
		for c := range n.used {
			c.conn.Close()
		}
		for _, c := range n.idle {
			c.conn.Close()
		}
		n.idle = nil
		n.mu.Unlock()
	}
}

var unzippers sync.Pool

// plain is a body as it was before the server packed it.
func plain(c *client, body []byte) ([]byte, error) {
	if !c.gzipped {
		return slices.Clone(body), nil
	}
	reader, ok := unzippers.Get().(*gzip.Reader)
	if !ok {
		reader = &gzip.Reader{}
	}
	defer unzippers.Put(reader)
	if err := reader.Reset(bytes.NewReader(body)); err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}
