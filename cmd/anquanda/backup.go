package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"anquanda/internal/app"
)

// backupStore writes a backup beside its place and moves it there when it is whole and on
// the disk: a file of that name is always a whole one.
func backupStore(ctx context.Context, args []string) (err error) {
	flags := flag.NewFlagSet("backup", flag.ContinueOnError)
	cfg := storeFlags(flags)
	to := flags.String("o", "", "`file` to write, as anquanda-0616.zip; it must not exist")
	if err := parseAll(flags, args); err != nil {
		return err
	}
	if *to == "" {
		return errors.New("name a file with -o")
	}
	if _, err := os.Lstat(*to); err == nil {
		return fmt.Errorf("%s is there already: name another file", *to)
	}
	started := time.Now()
	part := *to + ".part"
	file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	m, err := app.Backup(ctx, *cfg, version, file)
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = os.Rename(part, *to)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part))
	}
	fmt.Printf("%s: %d rows of %d tables, schema %d, in %s\n", *to, m.Rows(), len(m.Tables), m.Schema,
		time.Since(started).Round(time.Second/10))
	fmt.Println("The key is not in it. Keep a copy of the key file, apart from this one: without it nobody reads what players told.")
	return nil
}

// restoreStore makes a store of a backup.
func restoreStore(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("restore", flag.ContinueOnError)
	cfg := storeFlags(flags)
	from, err := oneFile(flags, args)
	if err != nil {
		return err
	}
	started := time.Now()
	file, err := os.Open(from)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	m, err := app.Restore(ctx, *cfg, file, info.Size())
	if err != nil {
		return err
	}
	fmt.Printf("%d rows of %d tables, as they were on %s, in %s\n", m.Rows(), len(m.Tables),
		m.MadeAt.Local().Format("2006-01-02 15:04:05"), time.Since(started).Round(time.Second/10))
	fmt.Println("Start the program with the key of that time; an empty Redis is filled by itself.")
	return nil
}
