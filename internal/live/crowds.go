package live

import (
	"net/netip"
	"sync"
	"time"
)

// A network may let in so many at once, and so many a second after. A village behind one
// address of its carrier comes in at this rate; a script waits as they do, in the host's
// sight, who can lock the room or remove a network.
const (
	crowdBurst  = 3_000
	crowdSecond = 100
	crowdsKept  = 10_000
)

// crowds bounds how fast people join from one network, on this node.
type crowds struct {
	mu   sync.Mutex
	left map[string]*allowance
}

type allowance struct {
	left float64
	at   time.Time
}

func newCrowds() *crowds { return &crowds{left: map[string]*allowance{}} }

// admit reports whether one more may join from a network now.
func (c *crowds) admit(network string, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.left) > crowdsKept {
		clear(c.left)
	}
	a := c.left[network]
	if a == nil {
		a = &allowance{left: crowdBurst, at: now}
		c.left[network] = a
	}
	a.left = min(crowdBurst, a.left+max(now.Sub(a.at).Seconds(), 0)*crowdSecond)
	a.at = now
	if a.left < 1 {
		return false
	}
	a.left--
	return true
}

// Network is the network that an address is counted by: its /24, or /48 in IPv6.
func Network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	ip = ip.Unmap()
	bits := 24
	if ip.Is6() {
		bits = 48
	}
	prefix, err := ip.Prefix(bits)
	if err != nil {
		return ""
	}
	return prefix.String()
}
