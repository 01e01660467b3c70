package sqldb

import (
	"context"
	"time"
)

// ClockAhead tells by how much the clock of the database's server is ahead of a local one,
// and by how much that may be wrong. SQLite has no other clock: it is 0 there.
func (db *DB) ClockAhead(ctx context.Context, local func() time.Time) (ahead, within time.Duration, err error) {
	if !db.MySQL {
		return 0, 0, nil
	}
	asked := local()
	var micros int64
	err = db.write.GetContext(ctx, &micros,
		"SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(6))")
	if err != nil {
		return 0, 0, storeError(err)
	}
	within = local().Sub(asked) / 2 // the server looked at its clock somewhere between
	return time.UnixMicro(micros).Sub(asked.Add(within)), within, nil
}

// GoBy sets the clock of Now, once, before the store is used by others.
func (db *DB) GoBy(now func() time.Time) { db.now = now }

// Now is the time by which nodes date what they agree on in the store, such as steps of the
// schema, keys and the audit log: one that a clock of its own told would be in the others'
// past or future. Without GoBy it is this machine's.
func (db *DB) Now() time.Time {
	if db.now == nil {
		return time.Now()
	}
	return db.now()
}

// Now is DB.Now, within a transaction.
func (tx *Tx) Now() time.Time { return tx.db.Now() }
