package installation

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/app"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// idle holds, by key, the databases of installations that no test uses, as their first start
// left them. They go with the server that the test binary, or its engine, has.
var idle = struct {
	sync.Mutex
	databases map[string][]*database
}{databases: map[string][]*database{}}

// Servers is testkit.Servers with the installation of a key: the tables, the shipped bank
// and contest. A database that another test has used is put back to how its first start left
// it, in a twentieth of the time that a start takes. On a server that outlives the tests it is a
// new, empty database. Safe for concurrent use.
func Servers(t testing.TB, key []byte) *testkit.Store {
	t.Helper()
	if !testkit.SharedMySQLEnds() {
		return testkit.Servers(t)
	}
	d := lend(string(key))
	if d == nil {
		d = &database{name: testkit.NewDatabaseName()}
	}
	s := testkit.ServersOn(t, d.name)
	if d.tables == nil {
		if err := d.found(s, key); err != nil {
			t.Fatalf("start the program once on MariaDB: %v", err)
		}
	}
	t.Cleanup(func() {
		if t.Failed() {
			return // nobody knows what it left
		}
		if same, err := d.putBack(s.DB); err != nil {
			t.Errorf("put the database back to how its first start left it: %v", err)
		} else if same {
			giveBack(string(key), d)
		}
	})
	return s
}

func lend(key string) *database {
	idle.Lock()
	defer idle.Unlock()
	free := idle.databases[key]
	if len(free) == 0 {
		return nil
	}
	idle.databases[key] = free[:len(free)-1]
	return free[len(free)-1]
}

func giveBack(key string, d *database) {
	idle.Lock()
	defer idle.Unlock()
	idle.databases[key] = append(idle.databases[key], d)
}

// database is one that holds an installation, with what its first start left: the tables
// with their columns, and a copy of each that had rows.
type database struct {
	name    string
	columns []string // as TABLE.COLUMN
	tables  []string
	copied  []string
}

// copyOf begins the names of the copies.
const copyOf = "as_started_"

// found starts the program on the database, ends it, and keeps what it left.
func (d *database) found(s *testkit.Store, key []byte) error {
	ctx := context.Background()
	a, err := app.New(ctx, app.Config{MySQL: s.MySQLDSN, Key: key})
	if err != nil {
		return err
	}
	if err := a.Close(); err != nil {
		return err
	}
	if d.columns, err = columnsOf(ctx, s.DB); err != nil {
		return err
	}
	err = s.DB.Select(ctx, &d.tables, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")
	if err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		for _, table := range d.tables {
			var rows int
			if err := tx.Get(ctx, &rows, "SELECT COUNT(*) FROM "+table); err != nil {
				return err
			}
			if rows == 0 {
				continue
			}
			if _, err := tx.Exec(ctx, "CREATE TABLE "+copyOf+table+" LIKE "+table); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, "INSERT INTO "+copyOf+table+" SELECT * FROM "+table); err != nil {
				return err
			}
			d.copied = append(d.copied, table)
		}
		return nil
	})
}

// putBack makes all rows what they were, and reports whether the tables still are: a
// database whose schema a test has changed is of no use to others.
func (d *database) putBack(db *sqldb.DB) (same bool, err error) {
	ctx := context.Background()
	columns, err := columnsOf(ctx, db)
	if err != nil {
		return false, err
	}
	columns = slices.DeleteFunc(columns, func(column string) bool { return strings.HasPrefix(column, copyOf) })
	if !slices.Equal(columns, d.columns) {
		return false, nil
	}
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		for _, table := range d.tables {
			if _, err := tx.Exec(ctx, "DELETE FROM "+table); err != nil {
				return err
			}
		}
		for _, table := range d.copied {
			if _, err := tx.Exec(ctx, "INSERT INTO "+table+" SELECT * FROM "+copyOf+table); err != nil {
				return err
			}
		}
		return nil
	})
	return err == nil, err
}

func columnsOf(ctx context.Context, db *sqldb.DB) (columns []string, err error) {
	err = db.Select(ctx, &columns, `SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns
		WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position`)
	return columns, err
}
