package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"

	"anquanda/internal/app"
	"anquanda/internal/sqldb"
)

// version and commit are set by scripts/release; of other builds Go knows the commit, mostly.
var version, commit = "development", ""

// printVersion prints what this program is, a line each.
func printVersion(_ context.Context, args []string) error {
	if err := parseAll(flag.NewFlagSet("version", flag.ContinueOnError), args); err != nil {
		return err
	}
	migrations, err := app.Migrations()
	if err != nil {
		return err
	}
	fmt.Println("anquanda", version)
	fmt.Println("commit  ", cmp.Or(commit, builtOf(), "unknown"))
	fmt.Println("built   ", runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH)
	fmt.Printf("schema   %d, beside programs of schema %d and newer\n", len(migrations), sqldb.Served(migrations))
	fmt.Println("engines ", "SQLite (inside), MySQL 8 and 9, MariaDB 10.11 and newer; TiDB (its SQL, not run)")
	fmt.Println("redis   ", "inside, Redis 7, Valkey, Redis Cluster")
	return nil
}

// builtOf is of which commit Go says that the program was built, with its date.
func builtOf() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	said := map[string]string{}
	for _, setting := range info.Settings {
		said[setting.Key] = setting.Value
	}
	if said["vcs.revision"] == "" {
		return ""
	}
	text := said["vcs.revision"] + " of " + said["vcs.time"]
	if said["vcs.modified"] == "true" {
		text += ", with changes"
	}
	return text
}
