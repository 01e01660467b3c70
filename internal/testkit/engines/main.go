// Command engines runs the tests of the stores on engines that not every machine has:
//
//	scripts/test -engines [NAME,…] [PACKAGE…]
//
// It gets what is missing, starts what is shared, runs go test with the environment that
// internal/testkit reads, and prints a table. An engine that cannot be had, a test that fails
// and a test that is skipped are failures, named; nothing is left out in silence.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	chosen, packages, err := arguments(os.Args[1:])
	if err == nil {
		err = runAll(ctx, chosen, packages)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1) //nolint:gocritic // the context's end is the process's
	}
}

// arguments tells which engines, by default all, and which packages, by default those
// whose tests use the stores.
func arguments(args []string) (chosen []engine, packages []string, err error) {
	if len(args) == 0 {
		return engines, nil, nil
	}
	for name := range strings.SplitSeq(args[0], ",") {
		i := slices.IndexFunc(engines, func(e engine) bool { return e.name == name })
		if i < 0 {
			var names []string
			for _, e := range engines {
				names = append(names, e.name)
			}
			return nil, nil, fmt.Errorf("there is no engine %q; there are: %s", name, strings.Join(names, " "))
		}
		chosen = append(chosen, engines[i])
	}
	return chosen, args[1:], nil
}

// runAll runs the engines one after the other: each wants the machine for itself.
func runAll(ctx context.Context, chosen []engine, packages []string) error {
	if len(packages) == 0 {
		var err error
		if packages, err = packagesOfStores(ctx); err != nil {
			return err
		}
	}
	work, err := os.MkdirTemp("", "engines-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	program := filepath.Join(work, "anquanda")
	if err := build(ctx, program); err != nil {
		return err
	}
	var table []result
	failed := 0
	for _, e := range chosen {
		started := time.Now()
		r := e.run(ctx, filepath.Join(work, e.name), program, packages)
		r.took = time.Since(started)
		if r.err != nil {
			failed++
			fmt.Printf("%s: %v\n", e.name, r.err)
		}
		table = append(table, r)
	}
	print(table)
	if failed > 0 {
		return fmt.Errorf("%d of %d engines failed", failed, len(chosen))
	}
	return nil
}

func print(table []result) {
	fmt.Printf("\n| engine | version | passed | failed | skipped | minutes |\n|---|---|---|---|---|---|\n")
	for _, r := range table {
		fmt.Printf("| %s | %s | %d | %d | %d | %.0f |\n", r.name, r.version, r.passed, len(r.failed), len(r.skipped),
			r.took.Minutes())
	}
}
