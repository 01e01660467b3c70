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
