package testkit

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Patience bounds every wait of a test for what must come, such as a call's reply
// or a server's start. A machine may be busy: only a test that fails waits so long.
const Patience = 3 * time.Minute

// Server is a server process of one test. It is not safe for concurrent use.
type Server struct {
	// Addr is its host:port; it stays the same over Restart.
	Addr string

	t         testing.TB
	enter     []string // the command that runs program on its host; none: here
	program   string
	arguments []string
	logPath   string
	answers   func(addr string) error // nil once it can be used
	process   *process
}

// Kill ends the server as kill -9 or a power cut does. It returns when the
// process is gone.
func (s *Server) Kill() { s.process.kill() }

// Stop asks the server to end in order, as an administrator does, and returns
// when it has.
func (s *Server) Stop() {
	s.process.cmd.Process.Signal(syscall.SIGTERM)
	<-s.process.ended
}

// Restart starts the server again on the same data and port, and returns when
// it answers. One that still runs is killed first.
func (s *Server) Restart() {
	s.t.Helper()
	s.Kill()
	if err := s.start(); err != nil {
		s.t.Fatal(err)
	}
}

func (s *Server) start() error {
	command := append(append(slices.Clone(s.enter), s.program), s.arguments...)
	started, err := startProcess(command[0], command[1:], s.logPath)
	if err != nil {
		return err
	}
	s.process = started
	deadline := time.Now().Add(Patience)
	for {
		err := s.answers(s.Addr)
		switch {
		case err == nil:
			return nil
		case !started.running():
			return fmt.Errorf("%s ended while it started:\n%s", s.program, s.logTail())
		case time.Now().After(deadline):
			started.kill()
			return fmt.Errorf("%s does not answer after %v: %w\n%s", s.program, Patience, err, s.logTail())
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// tendedBy ends the server with the test and shows its log if that failed.
func (s *Server) tendedBy(t testing.TB) {
	s.t = t
	t.Cleanup(func() {
		s.process.kill()
		if t.Failed() {
			t.Logf("log of %s:\n%s", s.program, s.logTail())
		}
	})
}

func (s *Server) logTail() string {
	const lines = 30
	text, err := os.ReadFile(s.logPath)
	if err != nil {
		return err.Error()
	}
	all := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}

// freePort finds a port below the range that the system hands to outgoing
// connections. In that range a port could be taken while its server is down,
// or a client that keeps dialling it could be connected to itself.
func freePort() (int, error) { return freePorts(0) }

// freePorts finds a port of which also the one that is so much higher is free: a node of
// a Redis Cluster talks to the others 10,000 above its own. 0 asks for one port alone.
func freePorts(above int) (int, error) {
	const lowest, highest = 12_000, 32_000
	for range 200 {
		port := lowest + rand.IntN(highest-above-lowest)
		if isFree(port) && (above == 0 || isFree(port+above)) {
			return port, nil
		}
	}
	return 0, errors.New("no free port found")
}

func isFree(port int) bool {
	listener, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(port))
	return err == nil && listener.Close() == nil
}

// exchange dials addr, sends text and reports whether the answer holds want.
func exchange(addr, send, want string) error {
	conn, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return err
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(time.Second))
	if _, err := conn.Write([]byte(send)); err != nil {
		return err
	}
	answer := make([]byte, 256)
	n, err := conn.Read(answer)
	if err != nil {
		return err
	}
	if !strings.Contains(string(answer[:n]), want) {
		return fmt.Errorf("%s answers %q", addr, answer[:n])
	}
	return nil
}

// unavailable ends a test whose servers are not there: it is skipped, or fails
// where ANQUANDA_TEST_REQUIRE=1 says that they must be.
func unavailable(t testing.TB, err error) {
	t.Helper()
	if os.Getenv("ANQUANDA_TEST_REQUIRE") == "1" {
		t.Fatalf("%v, and ANQUANDA_TEST_REQUIRE=1 forbids to skip", err)
	}
	t.Skipf("%v: nothing is tested here on real servers; scripts/test installs and starts them", err)
}

func skipIfShort(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short tests on SQLite and the in-process Redis only")
	}
}
