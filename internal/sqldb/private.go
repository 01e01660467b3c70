package sqldb

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
)

// keepPrivate lets nobody but the owner read the embedded store: phone numbers and answers
// lie in it. What an earlier start or another hand left open is closed, with a word in the
// log. A folder of others (with the sticky bit, as /tmp) stays as it is.
func keepPrivate(ctx context.Context, folder, path string) error {
	_, missing := os.Stat(path)
	// SQLite takes empty files, and would make its own readable by all.
	for _, suffix := range append([]string{""}, besides...) {
		name := path + suffix
		file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return fmt.Errorf("data folder %s: %w", folder, err)
		}
		file.Close()
		closeMode(ctx, name, 0o600)
	}
	if missing == nil { // a folder that holds our store already is ours
		closeMode(ctx, folder, 0o700)
	}
	return nil
}

// besides are the log and the index of the log that SQLite keeps beside the database.
var besides = []string{"-wal", "-shm"}

// keepBesides closes what SQLite made anew when it turned a new database to its log.
func keepBesides(path string) error {
	for _, suffix := range besides {
		if err := os.Chmod(path+suffix, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("close %s to others: %w", path+suffix, err)
		}
	}
	return nil
}

// closeMode takes away what group and others may do.
func closeMode(ctx context.Context, name string, mode fs.FileMode) {
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm()&0o077 == 0 || info.Mode()&fs.ModeSticky != 0 {
		return
	}
	was := info.Mode().Perm()
	if err := os.Chmod(name, mode); err != nil {
		slog.WarnContext(ctx, "others may read this", "file", name, "mode", was.String(), "error", err)
		return
	}
	slog.InfoContext(ctx, "others could read this, and cannot any more", "file", name, "mode", was.String())
}
