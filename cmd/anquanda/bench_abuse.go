package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"anquanda/internal/bench"
)

// benchAbuse lets scripts try to count twice and to send more than the budget. Its exit
// code is 1 when one of them gets something.
func benchAbuse(ctx context.Context, args []string) error {
	var config bench.AbuseConfig
	var processes []bench.Process
	flags := flag.NewFlagSet("bench abuse", flag.ContinueOnError)
	benchStores(flags, &config.Stores, &processes)
	flags.IntVar(&config.Nodes, "nodes", 1, "programs on the same stores, 1 to 5; more than one needs --mysql and --redis")
	flags.IntVar(&config.People, "people", 10_000, "people who sign in by WeChat, each with a code that comes twice")
	flags.IntVar(&config.Requests, "requests", 100_000, "requests for codes by SMS")
	flags.IntVar(&config.Budget, "budget", 1_000, "messages a day")
	asJSON := flags.Bool("json", false, "print the figures as JSON")
	if err := parse(flags, args); err != nil {
		return err
	}
	switch {
	case config.Nodes < 1 || config.Nodes > 5:
		return errors.New("--nodes must be 1 to 5")
	case config.Nodes > 1 && (config.MySQL == "" || config.Redis == ""):
		return errors.New("--nodes: more than one needs --mysql and --redis")
	case config.People < 1 || config.People > 1_000_000 || config.Requests < 1 || config.Requests > 10_000_000:
		return errors.New("--people must be 1 to 1000000, --requests 1 to 10000000")
	}
	report, err := bench.Abuse(ctx, config, func(what string) { fmt.Fprintln(os.Stderr, what+" …") })
	if err != nil {
		return interrupted(err)
	}
	return printReport(report, *asJSON, report.Held())
}
