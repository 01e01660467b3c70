package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"anquanda/internal/backup"
	"anquanda/internal/sqldb"
)

// Backup writes all rows of the store that cfg names, of whichever version its schema is,
// while the program may run on it. program is its version. Safe beside any other use.
func Backup(ctx context.Context, cfg Config, program string, w io.Writer) (*backup.Manifest, error) {
	if cfg.MySQL == "" {
		// Opening makes a store where there is none.
		if _, err := os.Stat(filepath.Join(cfg.Data, sqldb.SQLiteFile)); err != nil {
			return nil, fmt.Errorf("there is nothing to back up: %w", err)
		}
	}
	db, err := openStore(ctx, cfg)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return backup.Write(ctx, db, program, w)
}

// Restore makes the store that cfg names of a backup; it must never have been used.
func Restore(ctx context.Context, cfg Config, r io.ReaderAt, size int64) (*backup.Manifest, error) {
	migrations, err := Migrations()
	if err != nil {
		return nil, err
	}
	db, err := openStore(ctx, cfg)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return backup.Restore(ctx, db, migrations, r, size)
}
