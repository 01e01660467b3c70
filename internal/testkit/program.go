package testkit

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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
	return startProgram(t, here, Binary(t), arguments)
}

// startProgram runs `anquanda serve` of a build at a place.
func startProgram(t testing.TB, at place, build string, arguments []string) *Program {
	t.Helper()
	port, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	addr := at.port(port)
	s := &Server{
		Addr: addr, enter: at.enter, program: build,
		arguments: append([]string{"serve", "--listen", addr, "--metrics", "public"}, arguments...),
		logPath:   filepath.Join(t.TempDir(), "anquanda.log"),
		answers:   ready,
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

// Replace stops the program as an operator does and starts another build of it on the same
// stores and port.
func (p *Program) Replace(build string) {
	p.t.Helper()
	if code := p.Stop(); code != 0 {
		p.t.Errorf("it ends with code %d:\n%s", code, p.Output())
	}
	p.program = build
	p.Restart()
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
