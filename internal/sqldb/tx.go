package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jmoiron/sqlx"
	"github.com/ncruces/go-sqlite3"

	"anquanda/internal/errs"
)

// txTries is how often a transaction is run again after a deadlock or a lock
// wait; the engines ask for exactly that.
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
// and on a panic (which goes on), and runs work again after a deadlock, so work
// must have no effect outside the transaction.
func (db *DB) InTx(ctx context.Context, work func(*Tx) error) error {
	for try := 1; ; try++ {
		err := db.tryTx(ctx, work)
		if err == nil || try == txTries || !retryable(err) {
			return storeError(err)
		}
		pause := time.NewTimer(time.Duration(rand.IntN(5*try)+1) * time.Millisecond)
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return ctx.Err()
		}
	}
}

func (db *DB) tryTx(ctx context.Context, work func(*Tx) error) (err error) {
	tx, err := db.write.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	done := false
	defer func() {
		if !done {
			tx.Rollback()
		}
	}()
	if err := work(&Tx{tx: tx, db: db}); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	done = true
	return nil
}

// Numbers from the MySQL reference manual, "Server Error Message Reference".
const (
	mysqlDuplicate          = 1062
	mysqlTooManyConnections = 1040
	mysqlShutdown           = 1053
	mariadbKilled           = 1927 // ER_CONNECTION_KILLED: also what a stopping server says
	mysqlLockWait           = 1205
	mysqlDeadlock           = 1213
	mysqlDiskFull           = 1021
	mysqlTableFull          = 1114
	mysqlWriteError         = 1026
	mysqlFileWrite          = 3 // EE_WRITE: the file system refused the write
	tidbWriteConflict       = 9007
	tidbRetryable           = 8022
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

func retryable(err error) bool {
	switch mysqlNumber(err) {
	case mysqlLockWait, mysqlDeadlock, tidbWriteConflict, tidbRetryable, mariadbRecordMoved:
		return true
	}
	return errors.Is(err, ErrStale) || errors.Is(err, sqlite3.BUSY) || errors.Is(err, sqlite3.LOCKED)
}

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

// storeError gives a kind to the failures that are the store's and not ours.
func storeError(err error) error {
	switch mysqlNumber(err) {
	case mysqlDiskFull, mysqlTableFull, mysqlWriteError, mysqlFileWrite:
		return ErrFull.Because(err)
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sqlite3.FULL) || errors.Is(err, sqlite3.IOERR):
		return ErrFull.Because(err)
	case Unreachable(err) || retryable(err) || errors.Is(err, sql.ErrTxDone):
		return ErrAway.Because(err)
	}
	return err
}
