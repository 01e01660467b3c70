package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"anquanda/internal/bankfile"
)

// bankConvert writes the accepted questions of a bank file in another format. What
// was rejected, and what the new format cannot hold, goes to the standard error.
// Exit codes as bank check.
func bankConvert(_ context.Context, args []string) error {
	flags := flag.NewFlagSet("bank convert", flag.ContinueOnError)
	read := readFlags(flags)
	to := flags.String("to", "", "`format` to write, by name")
	output := flags.String("o", "", "`file` to write (default: the standard output)")
	file, err := oneFile(flags, args)
	if err != nil {
		return err
	}
	if *to == "" {
		fmt.Fprintln(os.Stderr, "--to is missing; it is one of:")
		for _, f := range bankfile.Formats() {
			fmt.Fprintf(os.Stderr, "  %-10s %s (%s)\n", f.Name, f.Title, f.Extension)
		}
		return exitError(2)
	}
	result, err := readBank(file, read())
	printProblems(file, result)
	if err != nil {
		return exitError(2)
	}
	name := result.Name
	if name == "" {
		base := filepath.Base(file)
		name = base[:len(base)-len(filepath.Ext(base))]
	}
	var out bytes.Buffer
	losses, err := bankfile.Write(&out, *to, &bankfile.Bank{Name: name, Questions: result.Questions,
		Images: result.Images, References: result.References})
	var unknown *bankfile.Unreadable
	if errors.As(err, &unknown) {
		fmt.Fprintln(os.Stderr, unknown.Problem.Message)
		return exitError(2)
	}
	if err != nil {
		return err
	}
	for _, loss := range losses {
		fmt.Fprintf(os.Stderr, "%s cannot hold %s of %d questions. %s\n", *to, loss.Field, len(loss.Questions), loss.Message)
	}
	if *output == "" {
		_, err = os.Stdout.Write(out.Bytes())
	} else {
		err = os.WriteFile(*output, out.Bytes(), 0o644)
	}
	if err == nil && result.Rejected > 0 {
		fmt.Fprintf(os.Stderr, "%d of %d questions were rejected and are not in the new file\n",
			result.Rejected, result.Found)
		err = exitError(1)
	}
	return err
}
