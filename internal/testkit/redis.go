package testkit

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
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
	needRedis(t)
	s, err := startRedis(here, t.TempDir(), options)
	if err != nil {
		t.Fatal(err)
	}
	s.tendedBy(t)
	return s
}

func needRedis(t testing.TB) {
	t.Helper()
	skipIfShort(t)
	if _, err := findProgram(redisServer()[0]); err != nil {
		unavailable(t, err)
	}
}

// redisServer is the command of a Redis server.
func redisServer() []string {
	if command := strings.Fields(os.Getenv(redisCommand)); len(command) > 0 {
		return command
	}
	return []string{"redis-server"}
}

func startRedis(at place, folder string, options RedisOptions) (*Server, error) {
	above := 0
	if slices.Contains(options.Arguments, "--cluster-enabled") {
		above = 10_000
	}
	port, err := freePorts(above)
	if err != nil {
		return nil, err
	}
	command := append(redisServer(), "--port", strconv.Itoa(port), "--bind", at.address, "--dir", folder, "--save", "")
	if options.AppendOnly {
		command = append(command, "--appendonly", "yes", "--appendfsync", "always")
	}
	s := &Server{
		Addr:      at.port(port),
		enter:     at.enter,
		program:   command[0],
		arguments: append(command[1:], options.Arguments...),
		logPath:   filepath.Join(folder, "redis.log"),
		answers:   func(addr string) error { return exchange(addr, "PING\r\n", "+PONG") },
	}
	return s, s.start()
}

// StartCluster starts a Redis Cluster of so many masters, which share the slots evenly in
// their order. It ends with the test.
func StartCluster(t testing.TB, masters int) []*Server {
	t.Helper()
	needRedis(t)
	nodes, err := startCluster(t.TempDir(), masters)
	if err != nil {
		t.Fatal(err)
	}
	for _, node := range nodes {
		node.tendedBy(t)
	}
	return nodes
}

func startCluster(folder string, masters int) (cluster, error) {
	const slots = 16384
	nodes := make(cluster, masters)
	for i := range nodes {
		of := filepath.Join(folder, strconv.Itoa(i))
		if err := os.Mkdir(of, 0o700); err != nil {
			return nil, err
		}
		node, err := startRedis(here, of, RedisOptions{Arguments: []string{"--cluster-enabled", "yes"}})
		if err != nil {
			return nil, err
		}
		nodes[i] = node
		first, last := i*slots/masters, (i+1)*slots/masters-1
		for _, command := range []string{
			fmt.Sprintf("CLUSTER ADDSLOTSRANGE %d %d\r\n", first, last),
			"CLUSTER MEET " + strings.ReplaceAll(nodes[0].Addr, ":", " ") + "\r\n",
		} {
			if err := exchange(node.Addr, command, "+OK"); err != nil {
				return nil, err
			}
		}
	}
	return nodes, nodes.await()
}
