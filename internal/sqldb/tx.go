package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/VictoriaMetrics/metrics"
	"github.com/go-sql-driver/mysql"
	"github.com/jmoiron/sqlx"
	"github.com/ncruces/go-sqlite3"

	"anquanda/internal/errs"
)

// txTries is how often a transaction is tried while others end it by deadlocks and
// waits for locks; the engines ask for exactly that.
const txTries = 6

// Reader reads rows: the store outside a transaction, or a transaction inside one.
type Reader interface {
	// Get reads one row into dest; sql.ErrNoRows when there is none.
	Get(ctx context.Context, dest any, query string, args ...any) error
	// Select reads all rows into dest, a pointer to a slice.
	Select(ctx context.Context, dest any, query string, args ...any) error
	// SelectIn is Select for a query in which one IN (?) takes a slice.
	SelectIn(ctx context.Context, dest any, query string, args ...any) error
}

// Tx is one transaction. It is not safe for concurrent use.
type Tx struct {
	tx *sqlx.Tx
	db *DB
}

// Exec runs a statement and returns the number of rows it matched.
func (tx *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := tx.tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// ExecIn is Exec for a statement in which one IN (?) takes a slice.
func (tx *Tx) ExecIn(ctx context.Context, query string, args ...any) (int64, error) {
	query, args, err := sqlx.In(query, args...)
	if err != nil {
		return 0, err
	}
	return tx.Exec(ctx, query, args...)
}

// Get reads one row into dest; sql.ErrNoRows when there is none.
func (tx *Tx) Get(ctx context.Context, dest any, query string, args ...any) error {
	return tx.tx.GetContext(ctx, dest, query, args...)
}

// Select reads all rows into dest, a pointer to a slice.
func (tx *Tx) Select(ctx context.Context, dest any, query string, args ...any) error {
	return tx.tx.SelectContext(ctx, dest, query, args...)
}

// SelectIn is Select for a query in which one IN (?) takes a slice.
func (tx *Tx) SelectIn(ctx context.Context, dest any, query string, args ...any) error {
	query, args, err := sqlx.In(query, args...)
	if err != nil {
		return err
	}
	return tx.Select(ctx, dest, query, args...)
}

// InTx runs work in one transaction and commits it. It rolls back on an error
// and on a panic (which goes on), and runs work again after a deadlock, or while
// the store is away for seconds, so work must have no effect outside the
// transaction. Where nobody can tell whether it was committed, it is not run again.
func (db *DB) InTx(ctx context.Context, work func(*Tx) error) error {
	return db.inTx(ctx, work, false)
}

// inTx is InTx. With repeats, work that was stored before stores nothing: it is run
// again also when nobody can tell whether it was committed.
func (db *DB) inTx(ctx context.Context, work func(*Tx) error, repeats bool) error {
	conflicts := 0
	for try := 1; ; try++ {
		committing, err := db.tryTx(ctx, work)
		if err == nil {
			db.outage.ended(ctx)
			return nil
		}
		if ctx.Err() != nil {
			return storeError(err)
		}
		if staysBad(err) {
			db.dropIdle()
		}
		var pause time.Duration
		switch of := fateOf(err, committing); {
		case of == conflict && conflicts < txTries-1:
			conflicts++
			pause = pauseConflict(conflicts)
		case (of == away || of == unknown && repeats) && !db.impatient && db.outage.goesOn(ctx, err):
			pause = pauseAway(try)
		case of == final:
			return storeError(err)
		default:
			return ErrAway.Because(err)
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// tryTx runs work once. committing tells whether COMMIT was sent.
func (db *DB) tryTx(ctx context.Context, work func(*Tx) error) (committing bool, err error) {
	tx, err := db.write.BeginTxx(ctx, nil)
	if err != nil {
		return false, fmt.Errorf("begin: %w", err)
	}
	done := false
	defer func() {
		if !done {
			tx.Rollback()
		}
	}()
	if err := work(&Tx{tx: tx, db: db}); err != nil {
		return false, err
	}
	if err := tx.Commit(); err != nil {
		return true, fmt.Errorf("commit: %w", err)
	}
	done = true
	return false, nil
}

// dropIdle closes the connections that nobody uses: they end at a node that takes no
// writes, while a new one may be led to another.
func (db *DB) dropIdle() {
	db.write.SetMaxIdleConns(0)
	db.write.SetMaxIdleConns(db.write.Stats().MaxOpenConnections)
}

// Numbers from the MySQL reference manual, "Server Error Message Reference", that are told apart;
// numbers has all after which a transaction may be run again.
const (
	mysqlDuplicate          = 1062
	mysqlTooManyConnections = 1040
	mysqlLockWait           = 1205
	mysqlDeadlock           = 1213
	mysqlDiskFull           = 1021
	mysqlTableFull          = 1114
	mysqlWriteError         = 1026
	mysqlFileWrite          = 3 // EE_WRITE: the file system refused the write
	mysqlDuringCommit       = 1180
	mariadbRecordMoved      = 1020 // ER_CHECKREAD: the row changed since it was read
)

func mysqlNumber(err error) uint16 {
	if err == nil {
		return 0
	}
	var e *mysql.MySQLError
	if errors.As(err, &e) {
		return e.Number
	}
	return 0
}

// ErrStale is returned by work whose reads were overtaken by another
// transaction before its conditional update; InTx runs the work again.
var ErrStale = errors.New("the rows changed since they were read")

// IsDuplicate reports whether err says that a unique key already holds the row.
func IsDuplicate(err error) bool {
	return mysqlNumber(err) == mysqlDuplicate ||
		errors.Is(err, sqlite3.CONSTRAINT_UNIQUE) || errors.Is(err, sqlite3.CONSTRAINT_PRIMARYKEY)
}

// ErrFull tells that the store has no room; nothing of the write was kept.
var ErrFull = errs.New(errs.Unavailable, "storage_full", "系统暂时无法保存，请稍后再试")

// ErrAway tells that the store cannot be reached. A write may or may not have
// been kept: ask again with the same key.
var ErrAway = errs.New(errs.Unavailable, "unavailable", "系统正忙，请稍后再试")

// full counts what the store had no room for: the disk of a store on another server is seen by
// nothing else here.
func full(err error) error {
	metrics.GetOrCreateCounter("anquanda_store_full_total").Inc()
	return ErrFull.Because(err)
}

// storeError gives a kind to the failures that are the store's and not ours.
func storeError(err error) error {
	switch mysqlNumber(err) {
	case mysqlDiskFull, mysqlTableFull, mysqlWriteError, mysqlFileWrite:
		return full(err)
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sqlite3.FULL) || errors.Is(err, sqlite3.IOERR):
		return full(err)
	case Unreachable(err) || fateOf(err, false) != final || errors.Is(err, sql.ErrTxDone):
		return ErrAway.Because(err)
	}
	return err
}
