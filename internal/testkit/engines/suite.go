package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
)

// packagesOfStores are those whose tests use testkit, but for what measures.
func packagesOfStores(ctx context.Context) ([]string, error) {
	const format = `{{.ImportPath}} {{join .TestImports " "}} {{join .XTestImports " "}}`
	out, err := exec.CommandContext(ctx, "go", "list", "-f", format, "./internal/...", "./cmd/...").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var packages []string
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		if slices.Contains(words[1:], "anquanda/internal/testkit") {
			packages = append(packages, words[0])
		}
	}
	return packages, nil
}

func build(ctx context.Context, program string) error {
	out, err := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/anquanda").CombinedOutput()
	if err != nil {
		return fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return nil
}

// event is a line of go test -json.
type event struct {
	Action, Package, Test, Output string
	Elapsed                       float64 // s
}

// test runs the tests of packages, two at a time as every run does, and counts them; what a test that
// fails has said is printed.
func (r *result) test(ctx context.Context, environment, packages []string) error {
	run := exec.CommandContext(ctx, "go", append([]string{"test", "-json", "-vet=off", "-p=2", "-timeout=120m"},
		packages...)...)
	run.Env = append(os.Environ(), environment...)
	run.Stderr = os.Stderr
	// The test binaries end with go test, whoever is told to end.
	run.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	run.Cancel = func() error { return syscall.Kill(-run.Process.Pid, syscall.SIGKILL) }
	lines, err := run.StdoutPipe()
	if err == nil {
		err = run.Start()
	}
	if err != nil {
		return err
	}
	said := map[string][]string{}
	for scanner := bufio.NewReader(lines); ; {
		line, err := scanner.ReadBytes('\n')
		if err != nil {
			break
		}
		var e event
		if json.Unmarshal(line, &e) == nil {
			r.count(e, said)
		}
	}
	err = run.Wait()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case len(r.failed) > 0:
		return fmt.Errorf("failed: %s", strings.Join(r.failed, ", "))
	case err != nil:
		return fmt.Errorf("go test: %w", err)
	case len(r.skipped) > 0:
		return fmt.Errorf("skipped: %s", strings.Join(r.skipped, ", "))
	}
	return nil
}

// printTable prints what a test that passed has measured.
func printTable(said []string) {
	for _, line := range said {
		if _, row, found := strings.Cut(line, ": |"); found {
			fmt.Print("|" + row)
		}
	}
}

// runsElsewhere reports whether scripts/test says of a test that another engine runs it: its
// lines are "package test  reason".
func runsElsewhere(name string) bool {
	for line := range strings.Lines(os.Getenv("may_skip")) {
		words := strings.Fields(line)
		if len(words) > 2 && strings.TrimPrefix(words[0], "anquanda/")+" "+words[1] == name {
			return true
		}
	}
	return false
}

func (r *result) count(e event, said map[string][]string) {
	name := strings.TrimPrefix(e.Package, "anquanda/") + " " + e.Test
	switch e.Action {
	case "build-output":
		fmt.Print(e.Output)
	case "output":
		said[name] = append(said[name], e.Output)
		return
	case "pass":
		if e.Test != "" {
			r.passed++
			printTable(said[name])
		} else {
			fmt.Printf("%-10s ok   %s %.0f s\n", r.name, e.Package, e.Elapsed)
		}
	case "skip":
		if e.Test != "" && !runsElsewhere(name) {
			r.skipped = append(r.skipped, name)
		}
	case "fail":
		r.failed = append(r.failed, name)
		fmt.Printf("%-10s FAIL %s\n%s", r.name, name, strings.Join(said[name], ""))
	default:
		return
	}
	delete(said, name)
}
