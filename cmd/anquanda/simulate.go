package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"sync"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/contest/simulation"
)

// contestSimulate lets a made-up crowd live through a definition and prints what
// the rules gave. Figures of speed go to standard error: what is printed is the
// same for the same seed.
func contestSimulate(_ context.Context, args []string) error {
	flags := flag.NewFlagSet("contest simulate", flag.ContinueOnError)
	players := flags.Int("players", 10_000, "players, 1 to 1000000")
	days := flags.Int("days", 30, "days from the contest's first, 1 to 400")
	seed := flags.Uint64("seed", 1, "the same seed gives the same result")
	asJSON := flags.Bool("json", false, "print the result as JSON")
	file, err := oneFile(flags, args)
	if err != nil {
		return err
	}
	if *players < 1 || *players > 1_000_000 || *days < 1 || *days > 400 {
		return fmt.Errorf("--players must be 1 to 1000000, and --days 1 to 400")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	definition, err := contest.Parse(file, text)
	if err != nil {
		return speaker{}.findings(err)
	}
	began := time.Now()
	result := simulation.Run(definition, simulation.Config{Players: *players, Days: *days, Seed: *seed,
		Progress: progressOf(*players)})
	took := time.Since(began)
	fmt.Fprintf(os.Stderr, "\r%d players in %.1f s: %.0f players a second, %.0f decisions of the rules a second\n",
		*players, took.Seconds(), float64(*players)/took.Seconds(), float64(result.Decisions)/took.Seconds())
	if *asJSON {
		return json.NewEncoder(os.Stdout).Encode(result)
	}
	result.Print(os.Stdout)
	return nil
}

// progressOf says on standard error how far a simulation is, each tenth.
func progressOf(players int) func(done int) {
	var mu sync.Mutex
	said := 0
	return func(done int) {
		mu.Lock()
		defer mu.Unlock()
		if tenth := done * 10 / players; tenth > said && tenth < 10 {
			said = tenth
			fmt.Fprintf(os.Stderr, "\r%d %%", tenth*10)
		}
	}
}
