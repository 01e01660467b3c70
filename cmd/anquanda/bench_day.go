package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"time"

	"anquanda/internal/bench"
)

// benchDay measures how many people an hour take part. Its exit code is 1 when what is stored differs from what was
// acknowledged.
func benchDay(ctx context.Context, args []string) error {
	config, asJSON, err := parseBenchDay(args)
	if err != nil {
		return err
	}
	if config.Program, err = os.Executable(); err != nil {
		return err
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
	collectLess()
	report, err := bench.Day(ctx, *config)
	if err != nil {
		return interrupted(err)
	}
	return printReport(report, asJSON, report.ExactlyOnce())
}

func parseBenchDay(args []string) (config *bench.DayConfig, asJSON bool, err error) {
	config = &bench.DayConfig{NodeArguments: []string{"serve"}, Progress: bench.NewProgress(os.Stderr)}
	flags := flag.NewFlagSet("bench day", flag.ContinueOnError)
	benchStores(flags, &config.Stores, &config.Processes)
	nodes := flags.String("nodes", "1", "numbers of nodes to measure, as 1,2,3, each 1 to 16; several need --mysql and --redis")
	flags.Float64Var(&config.From, "from", 20_000, "people an hour to begin with, 100 to 10000000")
	flags.Float64Var(&config.Most, "most", 0, "people an hour that are tried at most; 0: until it breaks")
	seconds := flags.Float64("seconds", 20, "how long each number of people is measured, 1 to 3600")
	flags.Float64Var(&config.Hurry, "hurry", 10, "by how much people think shorter than in life, 1 to 100; 1: as in life")
	flags.BoolVar(&asJSON, "json", false, "print the figures as JSON")
	if err := parseAll(flags, args); err != nil {
		return nil, false, err
	}
	config.Measure = time.Duration(*seconds * float64(time.Second))
	for text := range strings.SplitSeq(*nodes, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 16 {
			return nil, false, fmt.Errorf("--nodes: %q is no number between 1 and 16", text)
		}
		if n > 1 && (config.MySQL == "" || config.Redis == "") {
			return nil, false, errors.New("--nodes: several nodes share their stores; give --mysql and --redis")
		}
		config.Nodes = append(config.Nodes, n)
	}
	switch {
	case config.From < 100 || config.From > 1e7:
		err = errors.New("--from: between 100 and 10000000")
	case config.Most != 0 && config.Most < config.From:
		err = errors.New("--most: at least --from")
	case *seconds < 1 || *seconds > 3600:
		err = errors.New("--seconds: between 1 and 3600")
	case config.Hurry < 1 || config.Hurry > 100:
		err = errors.New("--hurry: between 1 and 100")
	}
	return config, asJSON, err
}
