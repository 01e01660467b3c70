package sqldb

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Migration is one numbered step of the schema, from a file
// NNNN_what.sql that stands beside the capability that owns the tables.
type Migration struct {
	Number int
	Name   string
	SQL    string
}

// ErrNewerSchema is returned by Migrate when a newer program has changed the store
// by more than adding to it; this one must not touch it.
var ErrNewerSchema = errors.New("the database was made by a newer version of anquanda; start that version, or restore an older backup")

// ErrDirtySchema is returned when an earlier migration stopped half way: MySQL
// commits each DDL statement by itself, so it cannot be rolled back.
var ErrDirtySchema = errors.New("an earlier start stopped half way through it; restore the backup, or go on as " +
	"scripts/deploy/README.md tells (A migration that stopped)")

// MigrationsOf is the folder migrations of a package's embedded files.
func MigrationsOf(embedded embed.FS) fs.FS {
	sub, err := fs.Sub(embedded, "migrations")
	if err != nil {
		panic(err) // only a name that is not valid fails
	}
	return sub
}

// Collect reads the migrations out of several folders and sorts them by number.
// Two files of one number, or a gap, are an error.
func Collect(folders ...fs.FS) ([]Migration, error) {
	var all []Migration
	for _, folder := range folders {
		files, err := fs.Glob(folder, "*.sql")
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			text, err := fs.ReadFile(folder, file)
			if err != nil {
				return nil, err
			}
			number, name, found := strings.Cut(strings.TrimSuffix(path.Base(file), ".sql"), "_")
			n, err := strconv.Atoi(number)
			if err != nil || !found {
				return nil, fmt.Errorf("migration %s: the name is not NNNN_what.sql", file)
			}
			all = append(all, Migration{Number: n, Name: name, SQL: string(text)})
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Number < all[j].Number })
	for i, m := range all {
		if m.Number != i+1 {
			return nil, fmt.Errorf("migration %d_%s: number %d was expected", m.Number, m.Name, i+1)
		}
	}
	return all, nil
}

// Migrate brings the schema to the newest of migrations. Several nodes may call
// it at once: the row of each step is inserted first, and only the node that
// could insert it runs the step; the others wait for it to finish.
func (db *DB) Migrate(ctx context.Context, migrations []Migration) error {
	const table = `CREATE TABLE IF NOT EXISTS schema_migrations (
		number INT NOT NULL PRIMARY KEY,
		name VARCHAR(100) NOT NULL,
		started_at BIGINT NOT NULL,
		finished_at BIGINT NOT NULL)`
	if _, err := db.write.ExecContext(ctx, table); err != nil {
		return fmt.Errorf("make schema_migrations: %w", err)
	}
	if err := db.makeAdditions(ctx); err != nil {
		return err
	}
	var newest int
	if err := db.write.GetContext(ctx, &newest, "SELECT COALESCE(MAX(number), 0) FROM schema_migrations"); err != nil {
		return fmt.Errorf("read schema_migrations: %w", err)
	}
	if newest > len(migrations) {
		if err := db.serveAhead(ctx, len(migrations)); err != nil {
			return err
		}
	}
	for _, m := range migrations {
		if err := db.migrateOne(ctx, m); err != nil {
			return fmt.Errorf("migration %04d_%s: %w", m.Number, m.Name, err)
		}
	}
	return nil
}

func (db *DB) migrateOne(ctx context.Context, m Migration) error {
	now := db.Now().UnixMilli()
	_, err := db.write.ExecContext(ctx,
		"INSERT INTO schema_migrations (number, name, started_at, finished_at) VALUES (?, ?, ?, 0)", m.Number, m.Name, now)
	if IsDuplicate(err) {
		return db.awaitMigration(ctx, m.Number)
	}
	if err != nil {
		return err
	}
	if err := db.noteAddition(ctx, m); err != nil {
		return err
	}
	for _, statement := range Statements(m.SQL) {
		if _, err := db.write.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	_, err = db.write.ExecContext(ctx,
		"UPDATE schema_migrations SET finished_at = ? WHERE number = ?", db.Now().UnixMilli(), m.Number)
	return err
}

// awaitMigration waits up to a minute for another node to finish a step.
func (db *DB) awaitMigration(ctx context.Context, number int) error {
	deadline := time.Now().Add(time.Minute)
	for {
		var row struct {
			StartedAt  int64 `db:"started_at"`
			FinishedAt int64 `db:"finished_at"`
		}
		err := db.write.GetContext(ctx, &row,
			"SELECT started_at, finished_at FROM schema_migrations WHERE number = ?", number)
		if err != nil {
			return err
		}
		if row.FinishedAt != 0 {
			return nil
		}
		stale := time.UnixMilli(row.StartedAt).Add(time.Minute).Before(db.Now())
		if stale || time.Now().After(deadline) {
			return ErrDirtySchema
		}
		select {
		case <-time.After(200 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Statements splits a migration file at the semicolons that end a line and
// drops comment lines. Migrations hold no text with such a semicolon.
func Statements(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(line), "--") {
			lines = append(lines, strings.TrimRight(line, " \t\r\n"))
		}
	}
	var statements []string
	for _, part := range strings.SplitAfter(strings.Join(lines, "\n")+"\n", ";\n") {
		part = strings.TrimSuffix(strings.TrimSpace(part), ";")
		if part != "" {
			statements = append(statements, part)
		}
	}
	return statements
}
