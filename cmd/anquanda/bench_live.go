package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"runtime/pprof"
	"syscall"

	"anquanda/internal/bench"
	"anquanda/internal/bench/load"
)

// asNode is the argument with which benchLive starts a node that writes a profile: the
// file follows, and then the flags of serve.
const asNode = "as-node"

// benchLive measures a live room with made-up phones. Its exit code is 1 when what is
// stored differs from what was acknowledged.
func benchLive(ctx context.Context, args []string) error {
	switch {
	case len(args) == 1 && args[0] == asGenerator:
		debug.SetGCPercent(400) // its share of the processors is the nodes' loss
		return load.ServeLive(os.Stdin, os.Stdout)
	case len(args) > 2 && args[0] == asNode:
		return profiledNode(ctx, args[1], args[2:])
	}
	config, asJSON, err := parseBenchLive(args)
	if err != nil {
		return err
	}
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		return err
	}
	if err := bench.LiveFits(config.Players, config.Nodes, int(files.Cur)); err != nil {
		return err
	}
	if config.Program, err = os.Executable(); err != nil {
		return err
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
	perProcess := int(files.Cur) - bench.FilesAside
	phones, err := load.StartLive(ctx, (config.Players+perProcess-1)/perProcess, "bench", "live", asGenerator)
	if err != nil {
		return fmt.Errorf("start the phones: %w", err)
	}
	defer phones.Close()
	report, err := bench.Live(ctx, *config, phones, bench.NewProgress(os.Stderr))
	if err != nil {
		return interrupted(err)
	}
	return printReport(report, asJSON, report.ExactlyOnce)
}

func parseBenchLive(args []string) (config *bench.LiveConfig, asJSON bool, err error) {
	config = &bench.LiveConfig{NodeArguments: []string{"serve"}}
	flags := flag.NewFlagSet("bench live", flag.ContinueOnError)
	benchStores(flags, &config.Stores, &config.Processes)
	flags.IntVar(&config.Players, "players", 1000, "made-up players, each with a stream")
	flags.IntVar(&config.Nodes, "nodes", 1, "nodes of the program, each a process; several need --mysql and --redis")
	flags.IntVar(&config.Questions, "questions", 3, "how many are asked")
	churn := flags.Float64("churn", 0, "how many percent of the phones leave and come back each minute")
	profile := flags.String("cpuprofile", "", "`file` for a CPU profile of the (only) node")
	flags.BoolVar(&asJSON, "json", false, "print the figures as JSON")
	if err := parseAll(flags, args); err != nil {
		return nil, false, err
	}
	switch {
	case config.Players < 1 || config.Players > 200_000:
		err = errors.New("--players: between 1 and 200000")
	case config.Nodes < 1 || config.Nodes > 16:
		err = errors.New("--nodes: between 1 and 16")
	case config.Nodes > 1 && (config.MySQL == "" || config.Redis == ""):
		err = errors.New("--nodes: several nodes share their stores; give --mysql and --redis")
	case config.Questions < 1 || config.Questions > 20:
		err = errors.New("--questions: between 1 and 20")
	case *churn < 0 || *churn > 100:
		err = errors.New("--churn: between 0 and 100")
	case *profile != "" && config.Nodes > 1:
		err = errors.New("--cpuprofile: of one node alone")
	}
	config.Churn = *churn / 100
	if *profile != "" {
		config.NodeArguments = []string{"bench", "live", asNode, *profile}
	}
	return config, asJSON, err
}

// profiledNode is serve, and writes a profile of all that it did.
func profiledNode(ctx context.Context, path string, args []string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return errors.Join(err, file.Close())
	}
	err = serve(ctx, args)
	pprof.StopCPUProfile()
	return errors.Join(err, file.Close())
}
