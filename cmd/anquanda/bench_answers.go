package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"anquanda/internal/bench"
	"anquanda/internal/bench/load"
)

// asGenerator is the argument with which benchAnswers starts itself again, to
// send the load from a process of its own.
const asGenerator = "as-generator"

// benchAnswers measures durable answers, each with the next question in its reply
// (next: true, which whoever does not ask otherwise gets). Its exit code is 1 when an
// acknowledged
// answer is not stored exactly once; an aim that is missed is only told.
func benchAnswers(ctx context.Context, args []string) error {
	if len(args) == 1 && args[0] == asGenerator {
		debug.SetGCPercent(400) // its share of the processors is the program's loss
		return load.Serve(os.Stdin, os.Stdout)
	}
	config, asJSON, err := parseBenchAnswers(args)
	if err != nil {
		return err
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
	collectLess()
	generator, err := load.Start(ctx, "bench", "answers", asGenerator)
	if err != nil {
		return fmt.Errorf("start the load generator: %w", err)
	}
	defer generator.Close()
	report, err := bench.Answers(ctx, *config, generator, bench.NewProgress(os.Stderr))
	if err != nil {
		return interrupted(err)
	}
	return printReport(report, asJSON, report.Stored.ExactlyOnce)
}

func parseBenchAnswers(args []string) (config *bench.AnswersConfig, asJSON bool, err error) {
	config = &bench.AnswersConfig{}
	flags := flag.NewFlagSet("bench answers", flag.ContinueOnError)
	benchStores(flags, &config.Stores, &config.Processes)
	seconds := flags.Float64("seconds", 10, "how long each phase is measured; the open loop twice as long")
	connections := flags.String("connections", "64,256,1024", "numbers of connections")
	flags.StringVar(&config.Only, "only", "",
		"`letters` of the phases to run: a no-op handler, b bare commits, c answers, d one commit an answer, e open loop (needs c)")
	flags.StringVar(&config.CPUProfile, "cpuprofile", "",
		"`file` for a CPU profile of the program during (c), at 256 connections")
	flags.BoolVar(&asJSON, "json", false, "print the figures as JSON")
	if err := parse(flags, args); err != nil {
		return nil, false, err
	}
	if *seconds < 0.5 || *seconds > 30 {
		return nil, false, errors.New("--seconds: between 0.5 and 30, so that players still answer in time")
	}
	config.Measure = time.Duration(*seconds * float64(time.Second))
	for text := range strings.SplitSeq(*connections, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 10_000 {
			return nil, false, fmt.Errorf("--connections: %q is no number between 1 and 10000", text)
		}
		config.Connections = append(config.Connections, n)
	}
	if strings.Trim(config.Only, bench.Phases) != "" {
		return nil, false, fmt.Errorf("--only: the phases are %s", bench.Phases)
	}
	return config, asJSON, nil
}

// benchStores are the flags that say where a benchmark keeps its data, and who keeps it.
func benchStores(flags *flag.FlagSet, stores *bench.Stores, processes *[]bench.Process) {
	flags.StringVar(&stores.MySQL, "mysql", "",
		"`DSN`; a database of the benchmark's own is made beside the one it names (default: SQLite in a temporary folder)")
	flags.StringVar(&stores.Redis, "redis", "", "`host:port`[,host:port…] of Redis (default: in the program)")
	flags.Func("process",
		"`name=pid` of a process whose processor time is told beside: the database, Redis; may be repeated",
		func(text string) error {
			name, pid, _ := strings.Cut(text, "=")
			n, err := strconv.Atoi(pid)
			*processes = append(*processes, bench.Process{Name: name, PID: n})
			return err
		})
}
