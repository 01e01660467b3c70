package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strconv"

	"anquanda/internal/bench"
)

// benchBank measures how fast, and in how much memory, bank files are read.
func benchBank(ctx context.Context, args []string) error {
	if len(args) == 4 && args[0] == bench.AsWriter {
		rows, err := strconv.Atoi(args[3])
		if err != nil {
			return err
		}
		return bench.WriteBank(args[1], args[2], rows)
	}
	flags := flag.NewFlagSet("bench bank", flag.ContinueOnError)
	rows := flags.Int("rows", 50_000, "questions in each file")
	asJSON := flags.Bool("json", false, "print the figures as JSON")
	if err := parse(flags, args); err != nil {
		return err
	}
	if *rows < 1 || *rows > 1_000_000 {
		return fmt.Errorf("--rows must be 1 to 1,000,000")
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	report, err := bench.Bank(ctx, program, *rows, func(what string) { fmt.Fprintln(os.Stderr, what+" …") })
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(os.Stdout).Encode(report)
	}
	report.Print(os.Stdout)
	return nil
}
