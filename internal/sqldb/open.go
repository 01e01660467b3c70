// Package sqldb opens the SQL store, migrates it, runs transactions and lets
// rows of many requests share one commit. It knows no table but its own
// (schema_migrations, settings) and is safe for concurrent use.
//
// Four engines run the same statements: MySQL 8, MariaDB, TiDB and SQLite.
// What differs between them (opening, error numbers) stays in this package.
package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jmoiron/sqlx"
	sqlite "github.com/ncruces/go-sqlite3/driver"

	"anquanda/internal/keyring"
)

// sqliteReaders is how many connections read from SQLite beside the one that
// writes; WAL lets them run while it commits.
const sqliteReaders = 4

// mysqlConnections bounds the pool of a MySQL server, per node.
const mysqlConnections = 32

// DB is an open store. Reads go to Read, writes through InTx or a Group.
type DB struct {
	write *sqlx.DB
	read  *sqlx.DB
	brief *sqlx.DB // of Brief; nil: as write
	// MySQL tells that the store is a server and not the embedded file.
	MySQL   bool
	signing *keyring.Keys
	now     func() time.Time // of Now

	outage    *outage
	impatient bool // nothing is run again while the store is away
}

// SQLiteFile is the name of the embedded store in its folder.
const SQLiteFile = "anquanda.db"

// OpenSQLite opens (and makes) the embedded store, SQLiteFile in folder.
// A folder that cannot be written is an error that names it.
func OpenSQLite(ctx context.Context, folder string) (*DB, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("data folder %s cannot be made: %w", folder, err)
	}
	probe, err := os.CreateTemp(folder, ".write-probe-*")
	if err != nil {
		return nil, fmt.Errorf("data folder %s cannot be written: %w", folder, err)
	}
	probe.Close()
	os.Remove(probe.Name())

	path, err := filepath.Abs(filepath.Join(folder, SQLiteFile))
	if err != nil {
		return nil, fmt.Errorf("data folder %s: %w", folder, err)
	}
	if err := keepPrivate(ctx, folder, path); err != nil {
		return nil, err
	}
	// Full sync: an acknowledged answer must outlive a power cut.
	dsn := "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path) +
		"?_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=temp_store(memory)" +
		"&_pragma=secure_delete(on)&_txlock=immediate"
	write, err := openSQLitePool(ctx, dsn, 1)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	read, err := openSQLitePool(ctx, dsn+"&_pragma=query_only(true)", sqliteReaders)
	if err != nil {
		write.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := keepBesides(path); err != nil {
		return nil, errors.Join(err, read.Close(), write.Close())
	}
	return &DB{write: write, read: read, outage: &outage{}}, nil
}

func openSQLitePool(ctx context.Context, dsn string, connections int) (*sqlx.DB, error) {
	pool, err := sqlite.Open(dsn)
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	db := sqlx.NewDb(pool, "sqlite3")
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// OpenMySQL connects to a server (MySQL 8, MariaDB, TiDB) by the driver's DSN,
// user:password@tcp(host:port)/database. A database that is missing is made.
// Errors never hold the password.
func OpenMySQL(ctx context.Context, dsn string) (*DB, error) {
	cfg, err := mysql.ParseDSN(dsn)
	if err != nil {
		return nil, errors.New("--mysql: the address is not of the form user:password@tcp(host:port)/database")
	}
	if cfg.DBName == "" {
		return nil, errors.New("--mysql: the address names no database (…/database)")
	}
	cfg.ClientFoundRows = true   // rows matched, as SQLite counts them
	cfg.InterpolateParams = true // one round trip a statement instead of two
	cfg.ParseTime = false
	cfg.Logger = &mysql.NopLogger{} // it would write to stderr what the errors say anyway
	if cfg.Collation == "" {
		cfg.Collation = "utf8mb4_bin"
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = 3 * time.Second
	}
	// A server that stops answering must not hold requests for ever.
	if cfg.ReadTimeout == 0 {
		cfg.ReadTimeout = time.Minute
	}
	if cfg.WriteTimeout == 0 {
		cfg.WriteTimeout = 10 * time.Second
	}
	if cfg.Params == nil {
		cfg.Params = map[string]string{}
	}
	// Strict: a value that does not fit is an error, never cut silently.
	cfg.Params["sql_mode"] = "'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'"
	if cfg.MaxAllowedPacket == 0 {
		cfg.MaxAllowedPacket = 16 << 20
	}
	follow(cfg)
	where := cfg.Net + "(" + cfg.Addr + ")/" + cfg.DBName
	if err := makeDatabase(ctx, cfg); err != nil {
		return nil, fmt.Errorf("--mysql %s: %w", where, err)
	}
	connector, err := mysql.NewConnector(cfg)
	if err != nil {
		return nil, fmt.Errorf("--mysql %s: %w", where, err)
	}
	db := sqlx.NewDb(sql.OpenDB(readCommitted{connector}), "mysql")
	db.SetMaxOpenConns(mysqlConnections)
	db.SetMaxIdleConns(mysqlConnections)
	db.SetConnMaxLifetime(connectionLife)
	db.SetConnMaxIdleTime(idleFor)
	err = db.PingContext(ctx)
	if err == nil {
		err = checkGalera(ctx, db)
	}
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("--mysql %s: %w", where, err)
	}
	return &DB{write: db, read: db, brief: openBrief(connector), MySQL: true, outage: &outage{}}, nil
}

// readCommitted sets up each new connection: no gap locks, so batches of inserts
// do not deadlock. It is a statement because no variable of that name is known
// to all: MariaDB before 11.1 has only tx_isolation, MySQL 8 has dropped it.
type readCommitted struct{ driver.Connector }

func (c readCommitted) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	_, err = conn.(driver.ExecerContext).ExecContext(ctx, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", nil)
	if err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}

// makeDatabase creates the database with a binary collation, so that text keys
// compare byte by byte as they do in SQLite.
func makeDatabase(ctx context.Context, cfg *mysql.Config) error {
	server := cfg.Clone()
	name := server.DBName
	server.DBName = ""
	if strings.ContainsAny(name, "`\x00") {
		return errors.New("the database's name holds a character that is not allowed")
	}
	connector, err := mysql.NewConnector(server)
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	var charset string
	err = db.QueryRowContext(ctx,
		"SELECT DEFAULT_CHARACTER_SET_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?", name).Scan(&charset)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		_, err = db.ExecContext(ctx, "CREATE DATABASE IF NOT EXISTS `"+name+"` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
		return err
	case err != nil:
		return err
	case charset != "utf8mb4":
		return fmt.Errorf("the database's character set is %s; make it utf8mb4: ALTER DATABASE `%s` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", charset, name)
	}
	return nil
}

// Close waits for running statements and closes the store.
func (db *DB) Close() error {
	err := db.write.Close()
	if db.read != db.write {
		err = errors.Join(err, db.read.Close())
	}
	if db.brief != nil {
		err = errors.Join(err, db.brief.Close())
	}
	return err
}

// Ping reports whether the store answers.
func (db *DB) Ping(ctx context.Context) error { return db.read.PingContext(ctx) }

// Get reads one row into dest; sql.ErrNoRows when there is none.
func (db *DB) Get(ctx context.Context, dest any, query string, args ...any) error {
	return storeError(db.read.GetContext(ctx, dest, query, args...))
}

// Select reads all rows into dest, a pointer to a slice.
func (db *DB) Select(ctx context.Context, dest any, query string, args ...any) error {
	return storeError(db.read.SelectContext(ctx, dest, query, args...))
}

// SelectIn is Select for a query in which one IN (?) takes a slice.
func (db *DB) SelectIn(ctx context.Context, dest any, query string, args ...any) error {
	query, args, err := sqlx.In(query, args...)
	if err != nil {
		return err
	}
	return storeError(db.read.SelectContext(ctx, dest, query, args...))
}

// Each streams rows to visit, one at a time, so that a large table fits in
// little memory. dest is scanned anew for each row.
func (db *DB) Each(ctx context.Context, dest any, visit func() error, query string, args ...any) error {
	rows, err := db.read.QueryxContext(ctx, query, args...)
	if err != nil {
		return storeError(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.StructScan(dest); err != nil {
			return err
		}
		if err := visit(); err != nil {
			return err
		}
	}
	return storeError(rows.Err())
}
