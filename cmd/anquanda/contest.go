package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/bank"
	"anquanda/internal/bankfile"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/compliance"
	"anquanda/internal/staff"
)

// contestCheck tells what is wrong with a definition, a line a finding:
// file:line: path: message. What is well formed is held against laws and the
// rules of platforms; that is told and changes nothing of the exit code. With --bank it
// looks whether the banks hold what is asked, and whether a slow reader has the time to read
// it, with --media-hosts whether materials play from elsewhere.
func contestCheck(_ context.Context, args []string) error {
	flags := flag.NewFlagSet("contest check", flag.ContinueOnError)
	lang := flags.String("lang", "zh", "zh or en")
	var files, hosts []string
	mediaFlag(flags, &hosts)
	flags.Func("bank", "a bank's `file`, or name=file; may stand several times", func(file string) error {
		files = append(files, file)
		return nil
	})
	file, err := oneFile(flags, args)
	if err != nil {
		return err
	}
	if *lang != "zh" && *lang != "en" {
		return errors.New("--lang is zh or en")
	}
	say := speaker{english: *lang == "en"}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	definition, err := contest.Parse(file, text)
	if err != nil {
		return say.findings(err)
	}
	banks, err := bankFiles(definition, files)
	if err != nil {
		return err
	}
	if err := fits(definition, file, text, banks, hosts); err != nil {
		return say.findings(err)
	}
	say.wellFormed(file, definition)
	concerns := append(compliance.Check(definition), compliance.Past(definition, time.Now().UnixMilli())...)
	concerns = append(concerns, catalog.HurriedOf(definition, banks)...)
	say.concerns(os.Stdout, file, text, concerns)
	if open := compliance.Open(concerns); len(open) > 0 {
		say.serious(file, len(open))
	}
	return nil
}

// bankFiles reads banks from files, by name. A file without a name is the contest's own bank.
func bankFiles(d *contest.Definition, files []string) (map[string]*bank.Bank, error) {
	banks := map[string]*bank.Bank{}
	for _, path := range files {
		name, named, ok := strings.Cut(path, "=")
		if !ok {
			name, named = d.Bank, path
		}
		result, err := readBank(named, bankfile.Options{})
		if err != nil {
			return nil, err
		}
		banks[name] = &bank.Bank{Name: name, Questions: result.Questions}
	}
	return banks, nil
}

// fits finds what banks lack for a definition, and what plays from elsewhere than the hosts;
// it passes over what is not given.
func fits(d *contest.Definition, file string, text []byte, banks map[string]*bank.Bank, hosts []string) error {
	var lacks contest.Findings
	if len(banks) > 0 {
		lacks = catalog.LacksOf(d, banks)
	}
	if len(hosts) > 0 {
		lacks = append(lacks, d.ForeignLinks(hosts)...)
	}
	lineOf := contest.LinesOf(text)
	for i := range lacks {
		lacks[i].File, lacks[i].Line = file, lineOf(lacks[i].Path)
	}
	if len(lacks) == 0 {
		return nil
	}
	return lacks
}

// contestSchema prints the JSON Schema of a definition, for an editor.
func contestSchema(_ context.Context, args []string) error {
	if err := parseAll(flag.NewFlagSet("contest schema", flag.ContinueOnError), args); err != nil {
		return err
	}
	_, err := os.Stdout.Write(contest.Schema())
	return err
}

// contestApply stores a definition as the newest version of its contest; running
// nodes see it within seconds. A serious concern that nobody answers for keeps it out.
func contestApply(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("contest apply", flag.ContinueOnError)
	cfg := storeFlags(flags)
	mediaFlag(flags, &cfg.MediaHosts)
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
		return speaker{}.findings(err)
	}
	speaker{}.concerns(os.Stderr, file, text, open)
	return fmt.Errorf("%d serious: mend them, or answer for them by name with an entry of accept", len(open))
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
