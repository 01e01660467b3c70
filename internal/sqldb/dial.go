package sqldb

import (
	"context"
	"net"
	"strconv"
	"time"

	"github.com/go-sql-driver/mysql"
)

const (
	// connectionLife bounds the age of a connection: behind a balancer the pool comes back to
	// a primary that was away, and spreads over what is new, within it.
	connectionLife = time.Minute
	// silentHost is after how long a connection is given up whose host does not even
	// acknowledge what was sent: it lost power, or the network to it. A server that is only
	// slow acknowledges at once and is waited for.
	silentHost = 5 * time.Second
	// leftFor is after how long without a statement the server gives a connection up, and with
	// it the locks of its transaction: those of a node that vanished in the middle of one stood
	// for hours otherwise, in the way of its players at all other nodes. No work between two
	// statements of a transaction may take so long. TiDB from 7.6 on keeps them.
	leftFor = 20 * time.Second
	// idleFor is how long the pool keeps a connection without work, so that it is not the
	// server that closes it.
	idleFor = leftFor / 2
)

// dialer makes connections that notice when the host at the other end is gone. Without it
// a commit would wait for the read timeout of a minute.
func dialer(timeout time.Duration) func(ctx context.Context, network, addr string) (net.Conn, error) {
	d := net.Dialer{
		Timeout:         timeout,
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: silentHost / 2, Interval: time.Second, Count: 3},
		Control:         giveUpSilent,
	}
	return d.DialContext
}

// follow sets up a pool's configuration for primaries that change.
func follow(cfg *mysql.Config) {
	if cfg.Params["wait_timeout"] == "" {
		cfg.Params["wait_timeout"] = strconv.Itoa(int(leftFor.Seconds()))
	}
	// A primary before that became read-only must not stay in the pool.
	cfg.RejectReadOnly = true
	if cfg.DialFunc == nil && cfg.Net == "tcp" {
		cfg.DialFunc = dialer(cfg.Timeout)
	}
}
