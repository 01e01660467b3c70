package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
)

// showConfig prints what holds for `anquanda serve` with the same flags, environment and
// file, and where each value comes from. What is wrong follows, a line each; exit code 1.
func showConfig(_ context.Context, args []string) error {
	flags, s := serveFlags()
	flags.Init("config", flag.ContinueOnError)
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return exitError(2)
	}
	from, err := settle(flags)
	if os.Getenv(keyVariable) != "" && from["key-file"] == "" {
		from["key-file"] = keyVariable
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	flags.VisitAll(func(f *flag.Flag) {
		fmt.Fprintf(table, "%s\t%s\t%s\n", f.Name, cmp.Or(valueOf(f), "–"), cmp.Or(from[f.Name], "default"))
	})
	table.Flush()
	for _, name := range unknownVariables(os.Environ()) {
		fmt.Printf("%s is set and no setting; the files of SMS and accounts may name it\n", name)
	}
	if flags.NArg() > 0 {
		err = errors.Join(err, notAFlag(flags))
	}
	return errors.Join(err, s.check())
}

// valueOf is what may be printed of a flag's value.
func valueOf(f *flag.Flag) string {
	if of, ok := f.Value.(*secret); ok {
		return of.masked()
	}
	return f.Value.String()
}

// unknownVariables are the names of ours in an environment that set nothing: mistyped, most
// likely.
func unknownVariables(environment []string) []string {
	known := []string{keyVariable}
	flags, _ := serveFlags()
	flags.VisitAll(func(f *flag.Flag) {
		known = append(known, variableOf(f.Name))
		if _, isSecret := f.Value.(*secret); isSecret {
			known = append(known, variableOf(f.Name)+"_FILE")
		}
	})
	var unknown []string
	for _, entry := range environment {
		name, _, _ := strings.Cut(entry, "=")
		ours := strings.HasPrefix(name, "ANQUANDA_") && !strings.HasPrefix(name, "ANQUANDA_TEST_")
		if ours && !slices.Contains(known, name) {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	return unknown
}
