package testkit

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
)

// Program is `anquanda serve` as a process of a test, on a port of its own.
type Program struct {
	*Server
	// Base is its address, as http://127.0.0.1:8616.
	Base string
}

// Binary is the path of the program, built without the race detector: the one
// that ANQUANDA_TEST_PROGRAM names (scripts/test builds it for all), else one
// built once for the test binary.
func Binary(t testing.TB) string {
	t.Helper()
	skipIfShort(t)
	path, err := builtProgram()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

var builtProgram = sync.OnceValues(func() (string, error) {
	if path := os.Getenv("ANQUANDA_TEST_PROGRAM"); path != "" {
		return path, nil
	}
	folder, err := processFolder()
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder.path, "anquanda")
	if out, err := exec.Command("go", "build", "-o", path, "anquanda/cmd/anquanda").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return path, nil
})

// StartProgram runs `anquanda serve` with further arguments and returns when it
// is ready. Kill and Restart work as on any Server.
func StartProgram(t testing.TB, arguments ...string) *Program {
	t.Helper()
	program := Binary(t)
	port, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	addr := "127.0.0.1:" + strconv.Itoa(port)
	s := &Server{
		Addr: addr, program: program,
		arguments: append([]string{"serve", "--listen", addr, "--metrics", "public"}, arguments...),
		logPath:   filepath.Join(t.TempDir(), "anquanda.log"),
		answers:   func(addr string) error { return exchange(addr, "GET /readyz HTTP/1.0\r\n\r\n", "200 OK") },
	}
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	s.tendedBy(t)
	return &Program{Server: s, Base: "http://" + addr}
}

// PID is the number of the process.
func (p *Program) PID() int { return p.process.cmd.Process.Pid }

// Stop asks the program to end, as an operator does, and returns its exit code.
func (p *Program) Stop() int {
	p.process.cmd.Process.Signal(syscall.SIGTERM)
	<-p.process.ended
	return p.process.cmd.ProcessState.ExitCode()
}

// Output is what it has printed so far, over all its starts.
func (p *Program) Output() string {
	p.t.Helper()
	text, err := os.ReadFile(p.logPath)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}
