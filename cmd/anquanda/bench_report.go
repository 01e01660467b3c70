package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
)

// interrupted is the error of a bench; one that somebody ended with Ctrl-C says nothing.
func interrupted(err error) error {
	if errors.Is(err, context.Canceled) {
		return exitError(130)
	}
	return err
}

// printReport prints the figures of a bench. Its exit code is 1 where what was
// acknowledged is not stored exactly once.
func printReport(report interface{ Print(io.Writer) }, asJSON, exactlyOnce bool) error {
	if asJSON {
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		if err := out.Encode(report); err != nil {
			return err
		}
	} else {
		report.Print(os.Stdout)
	}
	if !exactlyOnce {
		return exitError(1)
	}
	return nil
}
