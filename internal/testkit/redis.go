package testkit

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// RedisOptions choose how a Redis server keeps its data.
type RedisOptions struct {
	// AppendOnly makes each write durable before it is answered. Without it the
	// server comes back empty from a Restart.
	AppendOnly bool
	// Arguments are further arguments of redis-server.
	Arguments []string
}

// StartRedis starts a Redis server of the test's own on 127.0.0.1. It takes
// about 20 ms and ends with the test.
func StartRedis(t testing.TB, options RedisOptions) *Server {
	t.Helper()
	skipIfShort(t)
	program, err := findProgram("redis-server")
	if err != nil {
		unavailable(t, err)
	}
	above := 0
	if slices.Contains(options.Arguments, "--cluster-enabled") {
		above = 10_000
	}
	port, err := freePorts(above)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	arguments := []string{"--port", strconv.Itoa(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""}
	if options.AppendOnly {
		arguments = append(arguments, "--appendonly", "yes", "--appendfsync", "always")
	}
	s := &Server{
		Addr:      "127.0.0.1:" + strconv.Itoa(port),
		program:   program,
		arguments: append(arguments, options.Arguments...),
		logPath:   filepath.Join(folder, "redis.log"),
		answers:   func(addr string) error { return exchange(addr, "PING\r\n", "+PONG") },
	}
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	s.tendedBy(t)
	return s
}

// StartCluster starts a Redis Cluster of so many masters, which share the slots evenly in
// their order. It ends with the test.
func StartCluster(t testing.TB, masters int) []*Server {
	t.Helper()
	const slots = 16384
	nodes := make([]*Server, masters)
	for i := range nodes {
		nodes[i] = StartRedis(t, RedisOptions{Arguments: []string{"--cluster-enabled", "yes"}})
		first, last := i*slots/masters, (i+1)*slots/masters-1
		if err := exchange(nodes[i].Addr, fmt.Sprintf("CLUSTER ADDSLOTSRANGE %d %d\r\n", first, last), "+OK"); err != nil {
			t.Fatal(err)
		}
		meet := "CLUSTER MEET " + strings.ReplaceAll(nodes[0].Addr, ":", " ") + "\r\n"
		if err := exchange(nodes[i].Addr, meet, "+OK"); err != nil {
			t.Fatal(err)
		}
	}
	for _, node := range nodes {
		for end := time.Now().Add(Patience); exchange(node.Addr, "CLUSTER INFO\r\n", "cluster_state:ok") != nil; {
			if time.Now().After(end) {
				t.Fatal("the Redis Cluster does not come together")
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	return nodes
}
