// Package testkit gives tests real stores. A test written once runs on SQLite
// with the in-process Redis and again on MariaDB with a real Redis, each time
// with a database and a Redis of its own:
//
//	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
//		s.Migrate(sqldb.Migrations(), play.Migrations())
//		…
//	})
//
// Fault tests start a server of their own with StartMariaDB or StartRedis, kill
// it with -9 and start it again on the same data and port.
//
// The MariaDB that tests share is the one ANQUANDA_TEST_MYSQL names (a DSN
// without a database; scripts/test sets it), else one that the test binary
// starts for itself; engine.go has the environment that chooses other engines. A
// machine without the servers skips these tests and says so; with
// ANQUANDA_TEST_REQUIRE=1 they fail instead. -short runs none of them.
//
// Whatever a test binary starts ends with it, however it ends.
package testkit

import (
	"context"
	"crypto/rand"
	"fmt"
	"io/fs"
	"os"
	"path"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/alicebob/miniredis/v2"

	"anquanda/internal/sqldb"
)

// Store is the pair of stores one test works on. Its methods fail the test
// rather than return an error, and must be called from the test's goroutine.
type Store struct {
	// Name says which engines these are.
	Name string
	// DB is the open, empty SQL store.
	DB *sqldb.DB
	// DataFolder holds the SQLite file; MySQLDSN names the MariaDB database.
	// One of them is set, so that a test can hand it to the program's own flags.
	DataFolder string
	MySQLDSN   string

	t           testing.TB
	redis       string
	redisFaults faults
}

// Each runs test on SQLite with the in-process Redis, then on MariaDB with a real Redis;
// or on the servers alone that the environment names (see engine.go).
func Each(t *testing.T, test func(t *testing.T, s *Store)) {
	t.Helper()
	EachOf(t, test, Embedded, Servers)
}

// EachOf is Each with stores that are made in another way.
func EachOf(t *testing.T, test func(t *testing.T, s *Store), embedded, servers func(t testing.TB) *Store) {
	t.Helper()
	if name := os.Getenv(engineName); name != "" {
		t.Run(name, func(t *testing.T) { test(t, servers(t)) })
		return
	}
	t.Run("SQLite", func(t *testing.T) { test(t, embedded(t)) })
	t.Run("MariaDB", func(t *testing.T) { test(t, servers(t)) })
}

// Embedded returns the stores that `anquanda serve` uses when no address is given.
func Embedded(t testing.TB) *Store {
	t.Helper()
	return EmbeddedIn(t, t.TempDir())
}

// EmbeddedIn is Embedded with its data in a folder, which may hold some already.
func EmbeddedIn(t testing.TB, folder string) *Store {
	t.Helper()
	s := &Store{Name: "SQLite and in-process Redis", DataFolder: folder, t: t}
	s.DB = s.Open()
	return s
}

// Servers returns a new database on the shared MariaDB and, once RedisAddr is
// asked for, a Redis server of the test's own.
func Servers(t testing.TB) *Store {
	t.Helper()
	name := NewDatabaseName()
	s := ServersOn(t, name)
	t.Cleanup(func() { dropDatabase(t, s.MySQLDSN, name) })
	return s
}

// NewDatabaseName is the name of a database that is not there.
func NewDatabaseName() string { return "anquanda_test_" + strings.ToLower(rand.Text()[:12]) }

// ServersOn is Servers on a database of the shared MariaDB that stays when the test ends;
// it is made where it is not there.
func ServersOn(t testing.TB, database string) *Store {
	t.Helper()
	s := &Store{Name: "MariaDB and Redis", MySQLDSN: sharedMySQL(t) + database, t: t}
	s.DB = s.Open()
	return s
}

// Cluster returns the embedded SQL store with a Redis Cluster of one node, which
// refuses a script or transaction whose keys are in several hash slots.
func Cluster(t testing.TB) *Store {
	t.Helper()
	s := Embedded(t)
	server := StartCluster(t, 1)[0]
	s.Name = "SQLite and a Redis Cluster"
	s.redis, s.redisFaults = server.Addr+","+server.Addr, server
	return s
}

// dropDatabase opens a connection of its own: the test may have closed its store.
func dropDatabase(t testing.TB, dsn, name string) {
	db, err := sqldb.OpenMySQL(context.Background(), dsn)
	if err != nil {
		t.Logf("the database %s stays behind: %v", name, err)
		return
	}
	defer db.Close()
	err = db.InTx(context.Background(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(context.Background(), "DROP DATABASE "+name)
		return err
	})
	if err != nil {
		t.Logf("the database %s stays behind: %v", name, err)
	}
}

// Open opens the SQL store once more, as a second node or a restarted program
// would. It is closed when the test ends.
func (s *Store) Open() *sqldb.DB {
	s.t.Helper()
	var db *sqldb.DB
	var err error
	if s.MySQLDSN != "" {
		db, err = sqldb.OpenMySQL(context.Background(), s.MySQLDSN)
	} else {
		db, err = sqldb.OpenSQLite(context.Background(), s.DataFolder)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { db.Close() })
	return db
}

// RedisAddr is the host:port (of a cluster, several) of a Redis that no other test uses: keys, scripts
// and channels are the test's own. It is started when first asked for.
func (s *Store) RedisAddr() string {
	s.t.Helper()
	if s.redis != "" {
		return s.redis
	}
	if s.MySQLDSN != "" {
		if os.Getenv(redisCluster) != "" {
			lent := lendCluster(s.t)
			s.redis, s.redisFaults = lent.addr(), lent
			return s.redis
		}
		server := StartRedis(s.t, RedisOptions{})
		s.redis, s.redisFaults = server.Addr, server
		return s.redis
	}
	server := miniredis.NewMiniRedis()
	if err := server.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(server.Close)
	s.redis, s.redisFaults = server.Addr(), embeddedRedis{server, s.t}
	return s.redis
}

// Migrate makes the tables of folders. A test names the folders it needs: they
// are numbered anew, so those of other packages may be left out.
func (s *Store) Migrate(folders ...fs.FS) {
	s.t.Helper()
	var all []sqldb.Migration
	for _, folder := range folders {
		all = append(all, s.readMigrations(folder)...)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Number < all[j].Number })
	for i := range all {
		all[i].Number = i + 1
	}
	if err := s.DB.Migrate(context.Background(), all); err != nil {
		s.t.Fatal(err)
	}
}

func (s *Store) readMigrations(folder fs.FS) []sqldb.Migration {
	s.t.Helper()
	files, err := fs.Glob(folder, "*.sql")
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("a folder of migrations holds no *.sql")
	}
	if err != nil {
		s.t.Fatal(err)
	}
	var found []sqldb.Migration
	for _, file := range files {
		text, err := fs.ReadFile(folder, file)
		if err != nil {
			s.t.Fatal(err)
		}
		digits, name, _ := strings.Cut(strings.TrimSuffix(path.Base(file), ".sql"), "_")
		number, err := strconv.Atoi(digits)
		if err != nil {
			s.t.Fatalf("migration %s: %v", file, err)
		}
		found = append(found, sqldb.Migration{Number: number, Name: name, SQL: string(text)})
	}
	return found
}
