package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"anquanda/internal/app"
	"anquanda/internal/bankfile"
	"anquanda/internal/question"
	"anquanda/internal/staff"
)

// bankImport reads a file into a stored bank as its next version: all of it, or
// with --accept-valid what was accepted. Exit codes as bank check.
func bankImport(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bank import", flag.ContinueOnError)
	cfg := storeFlags(flags)
	name := flags.String("bank", "", "`name` of the bank: a-z, 0-9 and -")
	read := readFlags(flags)
	acceptValid := flags.Bool("accept-valid", false, "import the accepted questions and leave out the rejected")
	note := flags.String("note", "", "what the new version is, for the list of versions (default: the file's name)")
	file, err := oneFile(flags, args)
	if err != nil {
		return err
	}
	if *name == "" {
		return errors.New("--bank is missing")
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	options := read()
	options.Images = picturesBeside(file)
	result, err := bankfile.Read(filepath.Base(file), data, options)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitError(2)
	}
	printProblems(file, result)
	if result.Rejected > 0 && !*acceptValid {
		fmt.Fprintf(os.Stderr, "%d of %d questions were rejected; nothing was imported. Mend them, or add --accept-valid.\n",
			result.Rejected, result.Found)
		return exitError(1)
	}
	a, err := app.New(ctx, *cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	if len(result.Questions) == 0 {
		return importList(ctx, a, *name, result.References)
	}
	if err := a.Banks.KeepImages(ctx, result); err != nil {
		return err
	}
	if *note == "" {
		*note = filepath.Base(file)
	}
	version, difference, err := a.Banks.Import(ctx, staff.CommandLine, *name, result.Questions, *note)
	if err != nil {
		return err
	}
	if err := a.Banks.LayReferences(ctx, staff.CommandLine, *name, result.References); err != nil {
		return err
	}
	fmt.Printf("bank %s: version %d; %d added, %d changed, %d removed\n", *name, version,
		len(difference.Added), len(difference.Changed), len(difference.Removed))
	return nil
}

// importList lays a list of laws and standards over that of a bank whose questions stay.
func importList(ctx context.Context, a *app.App, name string, list question.References) error {
	if err := a.Banks.LayReferences(ctx, staff.CommandLine, name, list); err != nil {
		return err
	}
	fmt.Printf("bank %s: %d laws and standards listed; its questions stay\n", name, len(list))
	return nil
}

func printProblems(file string, result *bankfile.Result) {
	for _, p := range result.Problems {
		where := file
		if p.Line > 0 {
			where = fmt.Sprintf("%s:%d", file, p.Line)
		}
		fmt.Fprintf(os.Stderr, "%s: %s %s %s: %s\n", strings.TrimSpace(where+" "+p.Cell), p.Severity, p.Code,
			p.Message, p.Text)
	}
}

// bankExport writes a stored bank to a file or the standard output, and says
// what the format could not hold.
func bankExport(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bank export", flag.ContinueOnError)
	cfg := storeFlags(flags)
	format := flags.String("to", "xlsx", "`format` to write, by name")
	output := flags.String("o", "", "`file` to write (default: the standard output)")
	name, err := oneFile(flags, args)
	if err != nil {
		return err
	}
	a, err := app.New(ctx, *cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	version, err := a.Banks.Current(ctx, name)
	if err != nil {
		return err
	}
	stored, err := a.Banks.Load(ctx, name, version)
	if err != nil {
		return err
	}
	images, err := a.Banks.Images(ctx, stored.Questions)
	if err != nil {
		return err
	}
	cited, err := a.Banks.Cited(ctx, name, stored.Questions)
	if err != nil {
		return err
	}
	out := os.Stdout
	if *output != "" {
		if out, err = os.Create(*output); err != nil {
			return err
		}
	}
	losses, err := bankfile.Write(out, *format, &bankfile.Bank{Name: name, Questions: stored.Questions, Images: images,
		References: cited})
	for _, loss := range losses {
		fmt.Fprintf(os.Stderr, "%s cannot hold %s of %d questions. %s\n", *format, loss.Field,
			len(loss.Questions), loss.Message)
	}
	if *output != "" {
		err = errors.Join(err, out.Close())
	}
	return err
}
