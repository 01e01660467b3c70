package sqldb

import (
	"context"
	"fmt"
)

// Scrub lets what was deleted leave the files of the embedded store. Deleted content is
// overwritten in its place (secure_delete), but the log of writes holds older pages
// until it is moved into the file and cut. Where somebody reads all the while, it is
// cut the next time. A server does this by itself, and has logs of its own to be cut.
func (db *DB) Scrub(ctx context.Context) error {
	if db.MySQL {
		return nil
	}
	var busy, frames, moved int
	err := db.write.QueryRowxContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved)
	if err != nil {
		return fmt.Errorf("cut the log of writes: %w", storeError(err))
	}
	return nil
}
