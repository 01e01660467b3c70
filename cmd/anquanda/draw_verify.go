package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"anquanda/internal/selection"
)

// drawVerify repeats a drawing from its transcript. It exits with 0 only when
// everything reproduces, 1 at the first step that does not, 2 when the file
// cannot be opened.
func drawVerify(_ context.Context, args []string) error {
	flags := flag.NewFlagSet("draw verify", flag.ContinueOnError)
	published := flags.String("fingerprint", "",
		"the `fingerprint` that was published before the source was known; without it only the file itself is checked")
	files, err := someFiles(flags, args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return errors.New("name one transcript")
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitError(2)
	}
	progress, done := showProgress("verifying")
	t, err := selection.Verify(data, strings.ToUpper(strings.TrimSpace(*published)), progress, func(step selection.Step) {
		done()
		fmt.Println("ok     ", step)
	})
	done()
	if err != nil {
		var failed *selection.StepError
		if errors.As(err, &failed) {
			fmt.Printf("FAILED  %s: %v\n", failed.Step, failed.Err)
			return exitError(1)
		}
		return err
	}
	fmt.Printf("%d entries, %d places: all of it reproduces\nfingerprint  %s\nseal         %s\n",
		t.Freeze.Entries, len(t.Draw.Results), t.Fingerprint, t.Seal)
	if *published == "" {
		fmt.Println("Compare the fingerprint with the one published before the draw.")
	}
	return nil
}

// drawRFC3797 selects as RFC 3797 does: the key string on one line, the picks on
// the next.
func drawRFC3797(_ context.Context, args []string) error {
	flags := flag.NewFlagSet("draw rfc3797", flag.ContinueOnError)
	pool := flags.Int("pool", 0, "how many are on the list, numbered from 1")
	n := flags.Int("select", 0, "how many are selected")
	sources, err := someFiles(flags, args)
	if err != nil {
		return err
	}
	key, picks, err := selection.NomCom(*pool, *n, sources)
	if err != nil {
		return err
	}
	fmt.Println(key)
	fmt.Println(strings.Trim(fmt.Sprint(picks), "[]"))
	return nil
}
