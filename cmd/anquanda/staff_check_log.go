package main

import (
	"context"
	"fmt"
	"time"
)

// staffCheckLog goes through the whole audit log. What it prints of the newest
// entry is worth noting elsewhere: entries that are gone from the end leave a
// shorter log that is whole, unless a transcript of a drawing names one of them.
func staffCheckLog(ctx context.Context, args []string) error {
	a, _, err := opened(ctx, "staff check-log", args)
	if err != nil {
		return err
	}
	defer a.Close()
	check, err := a.CheckLog(ctx, 0)
	if err != nil {
		return err
	}
	if check.Broken != 0 {
		return fmt.Errorf("the log was altered: entry %d is missing, or does not follow from the one before it (newest entry: %d)",
			check.Broken, check.Last.Seq)
	}
	if check.Entries == 0 {
		fmt.Println("The audit log is empty.")
		return nil
	}
	keyed := "no entry takes the key of the installation yet"
	if check.KeyedFrom != 0 {
		keyed = fmt.Sprintf("from entry %d on they take the key of the installation", check.KeyedFrom)
	}
	fmt.Printf("All %d entries follow from one another; %s; the newest is of %s, hash %s.\n",
		check.Entries, keyed, time.UnixMilli(check.Last.At).UTC().Format(time.RFC3339), check.Last.Hash)
	return nil
}
