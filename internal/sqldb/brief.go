package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

const (
	// stillFor is for how long, in seconds, a brief transaction may do nothing before the
	// server rolls it back, and how long it waits for a lock.
	stillFor = 4
	// briefIdle is how long a connection is kept without work; the server closes it after
	// stillFor.
	briefIdle        = 2 * time.Second
	briefConnections = 8
)

// Brief is the same store for transactions whose locks the other nodes wait for. A node
// that is stopped or cut off in the middle of one would hold them for as long as its
// connection seems to live, which is hours; the server rolls these back after 4 s in
// which nothing comes. What takes longer between two statements must not use it. What is
// brief is not run again by itself once the store was away: others may have gone on, and
// the caller has to look. It is closed with the store that it is of.
func (db *DB) Brief() *DB {
	if db.brief == nil {
		return db // SQLite: its one process is the only node
	}
	return &DB{write: db.brief, read: db.read, MySQL: true, signing: db.signing, outage: db.outage, impatient: true}
}

func openBrief(connector driver.Connector) *sqlx.DB {
	db := sqlx.NewDb(sql.OpenDB(brief{readCommitted{connector}}), "mysql")
	db.SetMaxOpenConns(briefConnections)
	db.SetMaxIdleConns(briefConnections)
	db.SetConnMaxIdleTime(briefIdle)
	return db
}

// brief sets up each new connection. wait_timeout ends a transaction too, but in TiDB
// from 7.6 on, which has a variable of its own that no other engine knows.
type brief struct{ driver.Connector }

func (c brief) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	to := conn.(driver.ExecerContext)
	timeouts := fmt.Sprintf("SET SESSION wait_timeout = %d, innodb_lock_wait_timeout = %[1]d", stillFor)
	_, err = to.ExecContext(ctx, timeouts, nil)
	if err != nil {
		conn.Close()
		return nil, err
	}
	ofTiDB := fmt.Sprintf("SET SESSION tidb_idle_transaction_timeout = %d", stillFor)
	to.ExecContext(ctx, ofTiDB, nil) //nolint:errcheck // see above
	return conn, nil
}
