package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"

	"anquanda/internal/bench"
)

// benchDrawing measures how fast, and in how much memory, a drawing is frozen,
// drawn and verified.
func benchDrawing(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bench drawing", flag.ContinueOnError)
	entrants := flags.Int("entrants", 1_000_000, "entrants on the list")
	asJSON := flags.Bool("json", false, "print the figures as JSON")
	if err := parse(flags, args); err != nil {
		return err
	}
	if *entrants < 1 || *entrants > 10_000_000 {
		return errors.New("--entrants must be 1 to 10,000,000")
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	report, err := bench.Drawing(ctx, program, *entrants, func(what string) { fmt.Fprintln(os.Stderr, what+" …") })
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(os.Stdout).Encode(report)
	}
	report.Print(os.Stdout)
	return nil
}
