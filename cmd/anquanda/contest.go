package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"

	"anquanda/internal/app"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/compliance"
	"anquanda/internal/staff"
)

// contestCheck tells what is wrong with a definition, a line a finding:
// file:line: path: message. What is well formed is held against laws and the
// rules of platforms; that is told and changes nothing of the exit code.
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
	fmt.Printf("%s: contest %s is well formed: %d levels, %d boards\n", file, definition.Slug, len(definition.Levels),
		len(definition.Boards))
	concerns := compliance.Check(definition)
	printConcerns(os.Stdout, file, text, concerns)
	if open := compliance.Open(concerns); len(open) > 0 {
		fmt.Printf("%s: %d serious: mend them, or answer for them by name under accept:, before contest apply\n",
			file, len(open))
	}
	return nil
}

// contestSchema prints the JSON Schema of a definition, for an editor.
func contestSchema(_ context.Context, args []string) error {
	if err := parseAll(flag.NewFlagSet("contest schema", flag.ContinueOnError), args); err != nil {
		return err
	}
	_, err := os.Stdout.Write(contest.Schema())
	return err
}

// printConcerns writes a line a concern, in the order of the file: file:line:
// path: severity: message [code] with what it rests on, and who answers for it.
func printConcerns(to io.Writer, file string, text []byte, concerns []compliance.Concern) {
	lineOf := contest.LinesOf(text)
	slices.SortStableFunc(concerns, func(a, b compliance.Concern) int { return lineOf(a.Path) - lineOf(b.Path) })
	for _, c := range concerns {
		answer := ""
		if c.Accepted != nil {
			answer = fmt.Sprintf("（%s 已确认：%s）", c.Accepted.By, c.Accepted.Why)
		}
		fmt.Fprintf(to, "%s:%d: %s: %s: %s [%s] 依据 %s%s\n", file, lineOf(c.Path), c.Path, c.Severity, c.Message, c.Code,
			c.Rule, answer)
	}
}

// contestApply stores a definition as the newest version of its contest; running
// nodes see it within seconds. A serious concern that nobody answers for keeps it out.
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
	if _, err := catalog.Check(file, text); err != nil { // before there is any store
		return refused(file, text, err)
	}
	a, err := app.New(ctx, *cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	applied, err := a.Catalog.Apply(ctx, file, text, *reason)
	if err != nil {
		return refused(file, text, err)
	}
	fmt.Printf("contest %s: version %d with bank %s version %d\n", applied.Slug, applied.Version, applied.Bank.Name,
		applied.BankVersion)
	return nil
}

// contestApproval says whether publishing in the console takes a second person's agreement.
// The console only turns it on: nobody alone takes the rule away.
func contestApproval(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("contest approval", flag.ContinueOnError)
	cfg := storeFlags(flags)
	word, err := oneFile(flags, args)
	if err != nil || word != "on" && word != "off" {
		return errors.New("say on or off")
	}
	a, err := app.New(ctx, *cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.Catalog.NeedApproval(ctx, staff.CommandLine, word == "on"); err != nil {
		return err
	}
	fmt.Printf("publishing in the console takes %s\n", map[string]string{"on": "two persons", "off": "one person"}[word])
	return nil
}

// refused prints why a definition is not applied.
func refused(file string, text []byte, err error) error {
	var open catalog.Unanswered
	if !errors.As(err, &open) {
		return findings(err)
	}
	printConcerns(os.Stderr, file, text, open)
	return fmt.Errorf("%d serious: mend them, or answer for them by name with an entry of accept", len(open))
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
