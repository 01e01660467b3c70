package testkit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// faults is what can happen to a server.
type faults interface {
	Kill()
	Restart()
}

// KillRedis takes the Redis of RedisAddr away: calls fail until RestartRedis.
func (s *Store) KillRedis() {
	s.t.Helper()
	s.RedisAddr()
	s.redisFaults.Kill()
}

// RestartRedis brings it back at the same address, empty.
func (s *Store) RestartRedis() {
	s.t.Helper()
	s.redisFaults.Restart()
}

// EmptyRedis takes all keys out of the Redis of RedisAddr, on each master of a cluster.
func (s *Store) EmptyRedis() {
	s.t.Helper()
	s.onMasters(func(client *redis.Client) error { return client.FlushAll(context.Background()).Err() })
}

// RedisKeys are the keys of that pattern in the Redis of RedisAddr, on all masters of a cluster, sorted.
func (s *Store) RedisKeys(pattern string) (keys []string) {
	s.t.Helper()
	s.onMasters(func(client *redis.Client) error {
		found, err := client.Keys(context.Background(), pattern).Result()
		keys = append(keys, found...)
		return err
	})
	slices.Sort(keys)
	return slices.Compact(keys)
}

func (s *Store) onMasters(do func(client *redis.Client) error) {
	s.t.Helper()
	for addr := range strings.SplitSeq(s.RedisAddr(), ",") {
		client := redis.NewClient(&redis.Options{Addr: addr})
		if err := errors.Join(do(client), client.Close()); err != nil {
			s.t.Fatal(err)
		}
	}
}

// Freeze stops a server as a machine that hangs: its connections stay, and nothing
// answers, until Thaw.
func (s *Server) Freeze() { s.process.cmd.Process.Signal(syscall.SIGSTOP) }

// Thaw lets it go on.
func (s *Server) Thaw() { s.process.cmd.Process.Signal(syscall.SIGCONT) }

// embeddedRedis is the in-process Redis of a test.
type embeddedRedis struct {
	server *miniredis.Miniredis
	t      testing.TB
}

// Kill stops listening and cuts the connections.
func (r embeddedRedis) Kill() { r.server.Close() }

// Restart listens again, without the data, as a Redis without a disk does.
func (r embeddedRedis) Restart() {
	r.t.Helper()
	r.server.FlushAll()
	if err := r.server.Restart(); err != nil {
		r.t.Fatal(err)
	}
}

// Enlarge gives a server with a limit (MaxDataMB) more room, by a kill and a
// start with the new limit.
func (m MariaDB) Enlarge(dataMB int) {
	m.t.Helper()
	for i, argument := range m.arguments {
		if strings.HasPrefix(argument, "--innodb-data-file-path=") {
			m.arguments[i] = dataFile(dataMB)
		}
	}
	m.Restart()
}

// dataFile is the argument for one table space of at most so many MB.
func dataFile(maxMB int) string {
	return fmt.Sprintf("--innodb-data-file-path=ibdata1:12M:autoextend:max:%dM", maxMB)
}
