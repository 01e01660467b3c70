package load

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"sync"
	"syscall"
	"time"
)

// crowd is the phones of one process. Their streams are bare sockets behind one epoll:
// a goroutine and a buffer for each would cost more than the server that is measured.
type crowd struct {
	LiveOrder
	nodes  []netip.AddrPort
	poll   int
	posts  *posts
	ending context.Context
	buffer []byte

	mu       sync.Mutex
	phones   []phone
	counts   map[int]*LiveCount // by round
	frames   int64
	bytes    int64
	connects int
	lost     int
	refused  int
	over     bool
}

// phone is one made-up player.
type phone struct {
	cookie   string
	node     int
	local    [4]byte // the address that it comes from
	fd       int     // of its stream; -1: none
	headed   bool    // the head of the reply was read
	rest     []byte  // of a frame that has not come whole
	since    int64   // when its stream began with a first frame, UTC microseconds; 0: not yet
	round    int
	at       [liveSlots]int64 // when it was told what, in that round
	answered bool
}

func microsNow() int64 { return time.Now().UnixMicro() }

func newCrowd(ctx context.Context, order LiveOrder) (*crowd, error) {
	c := &crowd{LiveOrder: order, phones: make([]phone, order.Phones), counts: map[int]*LiveCount{},
		ending: ctx, buffer: make([]byte, 64<<10)}
	for _, address := range order.Addresses {
		node, err := netip.ParseAddrPort(address)
		if err != nil {
			return nil, err
		}
		c.nodes = append(c.nodes, node)
	}
	var err error
	if c.poll, err = syscall.EpollCreate1(syscall.EPOLL_CLOEXEC); err != nil {
		return nil, fmt.Errorf("wait for streams: %w", err)
	}
	c.posts = newPosts(c)
	for i := range c.phones {
		c.phones[i] = phone{node: i % len(c.nodes), local: c.posts.localOf(i), fd: -1}
	}
	go c.read()
	go c.posts.run()
	return c, nil
}

// join enrols the players and has them join.
func (c *crowd) join() (*LiveReply, error) {
	began := time.Now()
	err := c.posts.each(len(c.phones), c.posts.join)
	return &LiveReply{Seconds: time.Since(began).Seconds()}, err
}

func (c *crowd) obey(order LiveOrder) (*LiveReply, error) {
	switch order.Do {
	case LiveConnect:
		return c.connect()
	case LiveAwait:
		return c.await(order)
	case LiveAnswers:
		return c.answers(order)
	case LiveChurn:
		go c.churn(order.Share)
		return &LiveReply{}, nil
	case LiveUsage:
		c.mu.Lock()
		defer c.mu.Unlock()
		return &LiveReply{Seconds: CPUTime().Seconds(), Frames: c.frames, Bytes: c.bytes, Connects: c.connects, Lost: c.lost,
			Refused: c.refused}, nil
	}
	return nil, fmt.Errorf("no such order: %s", order.Do)
}

func (c *crowd) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.over = true
	for i := range c.phones {
		if fd := c.phones[i].fd; fd >= 0 {
			syscall.Close(fd)
		}
	}
	syscall.Close(c.poll)
}

func (c *crowd) connected() (n int) {
	for i := range c.phones {
		if c.phones[i].since > 0 {
			n++
		}
	}
	return n
}

// connectWithin bounds how long opening all streams may take.
const connectWithin = 2 * time.Minute

// connect opens all streams, and returns when each has had its first frame.
func (c *crowd) connect() (*LiveReply, error) {
	began := time.Now()
	if err := c.posts.each(len(c.phones), func(_ *client, i int) error { return c.open(i) }); err != nil {
		return nil, err
	}
	for {
		c.mu.Lock()
		connected, lost := c.connected(), c.lost
		c.mu.Unlock()
		switch {
		case connected == len(c.phones):
			return &LiveReply{Seconds: time.Since(began).Seconds()}, nil
		case lost > 0:
			return nil, fmt.Errorf("%d of %d streams ended at once", lost, len(c.phones))
		case time.Since(began) > connectWithin:
			return nil, fmt.Errorf("only %d of %d streams began within %v", connected, len(c.phones), connectWithin)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// bindNoPort is IP_BIND_ADDRESS_NO_PORT of ip(7): the port is chosen when it is known
// where to, so each address has all ports for each node.
const bindNoPort = 24

// open opens the stream of a phone.
func (c *crowd) open(i int) error {
	p := &c.phones[i]
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("open a stream: %w", err)
	}
	_ = syscall.SetsockoptInt(fd, syscall.IPPROTO_IP, bindNoPort, 1)
	node := c.nodes[p.node]
	err = errors.Join(syscall.Bind(fd, &syscall.SockaddrInet4{Addr: p.local}),
		syscall.Connect(fd, &syscall.SockaddrInet4{Port: int(node.Port()), Addr: node.Addr().As4()}))
	if err == nil {
		_, err = syscall.Write(fd, fmt.Appendf(nil, "GET /api/v1/live/rooms/%s/stream HTTP/1.1\r\nHost: bench\r\n"+
			"Accept: text/event-stream\r\nCookie: %s\r\n\r\n", c.Room, p.cookie))
	}
	if err = errors.Join(err, syscall.SetNonblock(fd, true)); err != nil {
		syscall.Close(fd)
		return fmt.Errorf("open a stream: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	p.fd, p.headed, p.rest, p.since = fd, false, nil, 0
	c.connects++
	return syscall.EpollCtl(c.poll, syscall.EPOLL_CTL_ADD, fd,
		&syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(fd), Pad: int32(i)})
}

// comeBack closes a phone's stream and has it open another soon; c.mu is held.
func (c *crowd) comeBack(i int, p *phone) {
	syscall.Close(p.fd) // which takes it out of the epoll
	p.fd, p.since, p.rest = -1, 0, nil
	c.posts.later(task{at: microsNow() + rand.Int64N(returnWithin), phone: int32(i), does: returns})
}

// read reads what comes over all streams.
func (c *crowd) read() {
	events := make([]syscall.EpollEvent, 256)
	for {
		n, err := syscall.EpollWait(c.poll, events, -1)
		if err != nil && !errors.Is(err, syscall.EINTR) {
			return
		}
		c.mu.Lock()
		if c.over {
			c.mu.Unlock()
			return
		}
		for _, e := range events[:max(n, 0)] {
			if p := &c.phones[e.Pad]; p.fd >= 0 {
				c.readOne(int(e.Pad), p)
			}
		}
		c.mu.Unlock()
	}
}

func (c *crowd) readOne(i int, p *phone) {
	n, err := syscall.Read(p.fd, c.buffer)
	if errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EINTR) {
		return
	}
	if err != nil || n <= 0 {
		c.lost++
		c.comeBack(i, p)
		return
	}
	c.bytes += int64(n)
	now, text := microsNow(), c.buffer[:n]
	if len(p.rest) > 0 {
		text = append(p.rest, text...)
	}
	if !p.headed {
		head, body, whole := bytes.Cut(text, []byte("\r\n\r\n"))
		if whole && !bytes.HasPrefix(head, []byte("HTTP/1.1 200")) {
			c.refused++ // the node holds as many as it may: old streams are missed within 2 s
			c.comeBack(i, p)
			return
		}
		if whole {
			p.headed, text = true, body
		}
	}
	for p.headed {
		frame, after, whole := bytes.Cut(text, []byte("\n\n"))
		if !whole {
			break
		}
		c.frames++
		c.hear(i, p, frame, now)
		text = after
	}
	p.rest = append([]byte(nil), text...)
}

// returnWithin is how long a phone waits before it comes back, at most, in microseconds.
const returnWithin = 2_000_000

// churn has a share of the phones leave and come back each minute, one after the other.
func (c *crowd) churn(share float64) {
	const every = 50 * time.Millisecond
	due := 0.0
	for c.ending.Err() == nil {
		time.Sleep(every)
		c.mu.Lock()
		for due += share * float64(len(c.phones)) * every.Minutes(); due >= 1 && !c.over; due-- {
			i := rand.IntN(len(c.phones))
			if p := &c.phones[i]; p.since > 0 {
				c.comeBack(i, p)
			}
		}
		c.mu.Unlock()
	}
}
