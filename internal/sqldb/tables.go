package sqldb

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"
)

// Snapshot is one view of a whole store: what is committed after its first read is not
// in it. It is not safe for concurrent use.
type Snapshot struct {
	tx    *sqlx.Tx
	mysql bool
}

// Snapshot lets work read the store as it is at one moment, while others write.
func (db *DB) Snapshot(ctx context.Context, work func(*Snapshot) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if db.MySQL {
		options.Isolation = sql.LevelRepeatableRead
	}
	tx, err := db.read.BeginTxx(ctx, options)
	if err != nil {
		return storeError(err)
	}
	defer tx.Rollback() // nothing was written
	if db.MySQL {       // it holds no locks, and work may take its time between tables
		if _, err := tx.ExecContext(ctx, "SET SESSION wait_timeout = 28800"); err != nil {
			return storeError(err)
		}
	}
	return work(&Snapshot{tx, db.MySQL})
}

// Tables are the names of all tables, in alphabetical order.
func (s *Snapshot) Tables(ctx context.Context) (names []string, err error) {
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
	if s.mysql {
		query = `SELECT table_name FROM information_schema.tables
			WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name`
	}
	return names, storeError(s.tx.SelectContext(ctx, &names, query))
}

// SchemaNumber is the number of the last migration; 0 where there never was one. The
// error is ErrDirtySchema where one stopped half way.
func (s *Snapshot) SchemaNumber(ctx context.Context) (number int, err error) {
	tables, err := s.Tables(ctx)
	if err != nil || !slices.Contains(tables, "schema_migrations") {
		return 0, err
	}
	var row struct {
		Number     int `db:"number"`
		Unfinished int `db:"unfinished"`
	}
	err = s.tx.GetContext(ctx, &row, `SELECT COALESCE(MAX(number), 0) AS number,
		COALESCE(SUM(CASE WHEN finished_at = 0 THEN 1 ELSE 0 END), 0) AS unfinished FROM schema_migrations`)
	if err == nil && row.Unfinished > 0 {
		err = ErrDirtySchema
	}
	return row.Number, storeError(err)
}

// Columns are the names of a table's columns.
func (s *Snapshot) Columns(ctx context.Context, table string) ([]string, error) {
	rows, err := s.tx.QueryxContext(ctx, "SELECT * FROM "+table+" WHERE 1 = 0")
	if err != nil {
		return nil, storeError(err)
	}
	defer rows.Close()
	return rows.Columns()
}

// Rows visits all rows of a table. A value is nil, int64, float64, string or []byte,
// whichever engine it comes from; row is used again for the next one.
func (s *Snapshot) Rows(ctx context.Context, table string, visit func(row []any) error) error {
	rows, err := s.tx.QueryxContext(ctx, "SELECT * FROM "+table)
	if err != nil {
		return storeError(err)
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	row, into := make([]any, len(types)), make([]any, len(types))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, value := range row {
			if row[i], err = plain(value, types[i].DatabaseTypeName()); err != nil {
				return fmt.Errorf("column %s: %w", types[i].Name(), err)
			}
		}
		if err := visit(row); err != nil {
			return err
		}
	}
	return storeError(rows.Err())
}

// plain makes a value of what a driver gives: MySQL's sends most as text.
func plain(value any, columnType string) (any, error) {
	text, isBytes := value.([]byte)
	if !isBytes {
		switch v := value.(type) {
		case nil, int64, float64, string:
			return v, nil
		case float32:
			return float64(v), nil
		}
		return nil, fmt.Errorf("a value of type %T", value)
	}
	switch {
	case strings.HasSuffix(columnType, "INT"):
		return strconv.ParseInt(string(text), 10, 64)
	case columnType == "DOUBLE", columnType == "FLOAT":
		return strconv.ParseFloat(string(text), 64)
	case strings.HasSuffix(columnType, "CHAR"), strings.HasSuffix(columnType, "TEXT"):
		return string(text), nil
	}
	return append([]byte(nil), text...), nil // the driver uses it again
}

// Refill empties a table and lets fill put rows into it. columns are those of the rows.
func (db *DB) Refill(
	ctx context.Context, table string, columns []string, fill func(put func(row []any) error) error,
) error {
	_, err := db.write.ExecContext(ctx, "DELETE FROM "+table)
	if err != nil {
		return storeError(err)
	}
	var waiting [][]any
	flush := func() error {
		rows := waiting
		waiting = nil
		return db.InTx(ctx, func(tx *Tx) error { return insertRows(ctx, tx, table, columns, rows) })
	}
	err = fill(func(row []any) error {
		if waiting = append(waiting, row); len(waiting) < refillRows {
			return nil
		}
		return flush()
	})
	if err == nil && len(waiting) > 0 {
		err = flush()
	}
	return err
}

// refillRows is how many rows share a transaction of Refill.
const refillRows = 5000

// insertRows inserts rows by statements that stay below the engines' limits on
// parameters (SQLite 32,766) and, in bytes, on packets: one large row goes alone.
func insertRows(ctx context.Context, tx *Tx, table string, columns []string, rows [][]any) error {
	const mostParameters, mostBytes = 10_000, 1 << 20
	one := "(?" + strings.Repeat(",?", len(columns)-1) + ")"
	into := "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES "
	for len(rows) > 0 {
		n, size := 0, 0
		var args []any
		for n < len(rows) && (n == 0 || size < mostBytes && len(args)+len(columns) <= mostParameters) {
			for _, value := range rows[n] {
				size += sizeOf(value)
			}
			args = append(args, rows[n]...)
			n++
		}
		if _, err := tx.Exec(ctx, into+one+strings.Repeat(","+one, n-1), args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

func sizeOf(value any) int {
	switch v := value.(type) {
	case string:
		return len(v)
	case []byte:
		return len(v)
	}
	return 8
}

// Unfinished marks the last migration as stopped half way, or as done again: while a
// restored store lacks rows, no program starts on it.
func (db *DB) Unfinished(ctx context.Context, number int, unfinished bool) error {
	_, err := db.write.ExecContext(ctx, `UPDATE schema_migrations
		SET finished_at = CASE WHEN ? THEN 0 ELSE started_at END WHERE number = ?`, unfinished, number)
	return storeError(err)
}
