package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	"anquanda/internal/bench"
)

// sized is a benchmark of something that has a size, whose steps run in
// processes of this program of their own.
type sized struct {
	name, flag, of string // the command, the flag of the size, and what it counts
	usual, most    int
}

// printable is a report for people; as JSON it is for machines.
type printable interface{ Print(io.Writer) }

var (
	_ printable = (*bench.BankReport)(nil)
	_ printable = (*bench.DrawingReport)(nil)
)

// run reads the flags, measures and prints. measure gets this program's file and
// says what is under way.
func (b sized) run(
	ctx context.Context, args []string, measure func(ctx context.Context, program string, size int,
		say func(string)) (printable, error),
) error {
	flags := flag.NewFlagSet(b.name, flag.ContinueOnError)
	size := flags.Int(b.flag, b.usual, b.of)
	asJSON := flags.Bool("json", false, "print the figures as JSON")
	if err := parse(flags, args); err != nil {
		return err
	}
	if *size < 1 || *size > b.most {
		return fmt.Errorf("--%s must be 1 to %d", b.flag, b.most)
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	report, err := measure(ctx, program, *size, func(what string) { fmt.Fprintln(os.Stderr, what+" …") })
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(os.Stdout).Encode(report)
	}
	report.Print(os.Stdout)
	return nil
}
