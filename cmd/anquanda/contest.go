package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"anquanda/internal/app"
	"anquanda/internal/contest"
)

// contestCheck tells what is wrong with a definition, a line a finding:
// file:line: path: message.
func contestCheck(_ context.Context, args []string) error {
	flags := flag.NewFlagSet("contest check", flag.ContinueOnError)
	file, err := oneFile(flags, args)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	definition, err := contest.Parse(file, text)
	if err != nil {
		return findings(err)
	}
	fmt.Printf("%s: contest %s is well formed: %d levels, %d boards\n", file, definition.Slug, len(definition.Levels), len(definition.Boards))
	return nil
}

// contestApply stores a definition as the newest version of its contest; running
// nodes see it within seconds.
func contestApply(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("contest apply", flag.ContinueOnError)
	cfg := storeFlags(flags)
	reason := flags.String("reason", "", "why, for the change log; needed when the contest is stored already")
	file, err := oneFile(flags, args)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if _, err := contest.Parse(file, text); err != nil {
		return findings(err)
	}
	a, err := app.New(ctx, *cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	applied, err := a.Catalog.Apply(ctx, file, text, *reason)
	if err != nil {
		return err
	}
	fmt.Printf("contest %s: version %d with bank %s version %d\n", applied.Slug, applied.Version, applied.Bank.Name, applied.BankVersion)
	return nil
}

// findings prints what is wrong with a definition and ends with code 1.
func findings(err error) error {
	var found contest.Findings
	if !errors.As(err, &found) {
		return err
	}
	fmt.Fprintln(os.Stderr, found.Error())
	return exitError(1)
}

// oneFile reads flags that may stand before or after the one file's name.
func oneFile(flags *flag.FlagSet, args []string) (string, error) {
	if err := parse(flags, args); err != nil {
		return "", err
	}
	if flags.NArg() == 0 {
		return "", fmt.Errorf("name the file")
	}
	file := flags.Arg(0)
	if err := parse(flags, flags.Args()[1:]); err != nil {
		return "", err
	}
	if flags.NArg() > 0 {
		return "", fmt.Errorf("one file at a time; %q is one too many", flags.Arg(0))
	}
	return file, nil
}
