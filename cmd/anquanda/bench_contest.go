package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"

	"anquanda/internal/bench"
)

// benchReport measures what an organizer waits for. Its exit code is 1 where the first page or
// the pack tells something else than the rows; an aim that is missed is only told.
func benchReport(ctx context.Context, args []string) error {
	var config bench.ContestConfig
	var processes []bench.Process
	flags := flag.NewFlagSet("bench report", flag.ContinueOnError)
	benchStores(flags, &config.Stores, &processes)
	flags.IntVar(&config.Players, "players", 2_000, "made-up players, 1 to 1000000")
	flags.IntVar(&config.Answers, "answers", 100, "answers of each player on average, 1 to 1000; few give many")
	flags.IntVar(&config.Units, "units", 200, "units on two levels, 2 to 5000")
	flags.IntVar(&config.Weeks, "weeks", 30, "for how many weeks units filled in what happened off line, 0 to 60")
	flags.IntVar(&config.Loads, "loads", 30, "how often the first page is opened, 1 to 1000")
	flags.Uint64Var(&config.Seed, "seed", 616, "of the made-up people")
	flags.BoolVar(&config.Keep, "keep", false, "leave the data where it is, and tell where, to look into it")
	asJSON := flags.Bool("json", false, "print the figures as JSON")
	if err := parseAll(flags, args); err != nil {
		return err
	}
	within := func(n, least, most int) bool { return n >= least && n <= most }
	switch {
	case !within(config.Players, 1, 1_000_000) || !within(config.Answers, 1, 1000):
		return errors.New("--players must be 1 to 1000000, --answers 1 to 1000")
	case !within(config.Units, 2, 5000) || !within(config.Weeks, 0, 60):
		return errors.New("--units must be 2 to 5000, --weeks 0 to 60")
	case !within(config.Loads, 1, 1000):
		return errors.New("--loads must be 1 to 1000")
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	config.Program = program
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
	report, err := bench.Contest(ctx, config, func(what string) { fmt.Fprintln(os.Stderr, what+" …") })
	if err != nil {
		return interrupted(err)
	}
	return printReport(report, *asJSON, report.Agree())
}
