package testkit

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
)

// MariaDBOptions choose how a private MariaDB runs.
type MariaDBOptions struct {
	// MaxDataMB limits the table space, in MB from 14 up; 0 is no limit. At the
	// limit the server refuses writes with the error of a full disk ("table is
	// full", 1114), without the right to mount a small one.
	MaxDataMB int
	// Arguments are further arguments of the server; they override ours.
	Arguments []string
}

// MariaDB is a server of one test's own, user root without a password: a MariaDB, or the
// MySQL that stands in for it (see engine.go).
type MariaDB struct {
	*Server
}

// DSN is the address of one of its databases, for --mysql and sqldb.OpenMySQL.
func (m MariaDB) DSN(database string) string { return "root@tcp(" + m.Addr + ")/" + database }

// StartMariaDB starts a MariaDB of the test's own on 127.0.0.1 that keeps every
// commit through a kill (innodb_flush_log_at_trx_commit=1). It takes under a
// second and ends with the test.
func StartMariaDB(t testing.TB, options MariaDBOptions) MariaDB {
	t.Helper()
	skipIfShort(t)
	needSQL(t)
	arguments := []string{"--innodb-flush-log-at-trx-commit=1"}
	if options.MaxDataMB > 0 {
		arguments = append(arguments, "--innodb-file-per-table=0",
			dataFile(options.MaxDataMB),
			"--innodb-autoextend-increment=1")
	}
	server, err := startMariaDB(t.TempDir(), append(arguments, options.Arguments...))
	if err != nil {
		t.Fatal(err)
	}
	server.tendedBy(t)
	return MariaDB{server}
}

// sharedMySQL is the DSN, up to the database's name, of the server that all
// tests share.
func sharedMySQL(t testing.TB) string {
	t.Helper()
	skipIfShort(t)
	if dsn := os.Getenv("ANQUANDA_TEST_MYSQL"); dsn != "" {
		return dsn
	}
	needSQL(t)
	addr, err := binaryMariaDB()
	if err != nil {
		t.Fatal(err)
	}
	return "root@tcp(" + addr + ")/"
}

// SharedMySQLEnds reports whether the shared server ends with the tests, and all that is left
// in it: it was started for them, by the test binary or by scripts/test -engines.
func SharedMySQLEnds() bool {
	return os.Getenv("ANQUANDA_TEST_MYSQL") == "" || os.Getenv(engineName) != ""
}

// carelessly are arguments that trade durability for speed.
var carelessly = []string{
	"--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync", "--innodb-doublewrite=0"}

// binaryMariaDB is the server that the tests of this binary share when none was
// given. It trades durability for speed: its data lives as long as the binary.
var binaryMariaDB = sync.OnceValues(func() (addr string, err error) {
	folder, err := processFolder()
	if err != nil {
		return "", err
	}
	server, err := startMariaDB(filepath.Join(folder.path, "mariadb"), carelessly)
	if err != nil {
		return "", err
	}
	return server.Addr, nil
})

// startMariaDB starts a server with its data in folder.
func startMariaDB(folder string, arguments []string) (*Server, error) {
	return sqlEngine().start(folder, arguments)
}

func (of engine) start(folder string, arguments []string) (*Server, error) {
	return of.startAt(here, folder, arguments)
}

// startAt starts a server at a place, with its data in folder.
func (of engine) startAt(at place, folder string, arguments []string) (*Server, error) {
	fresh, err := freshData()
	if err != nil {
		return nil, err
	}
	data, temporary := filepath.Join(folder, "data"), filepath.Join(folder, "tmp")
	if err := errors.Join(os.CopyFS(data, os.DirFS(fresh)), os.Mkdir(temporary, 0o700)); err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	command := append(of.command, "--datadir="+data, "--tmpdir="+temporary,
		"--port="+strconv.Itoa(port), "--bind-address="+at.address,
		"--socket=mysql.sock", // inside data: a socket's whole path must be short
		"--pid-file=mysql.pid", "--skip-log-bin", "--max-connections=500",
		"--innodb-buffer-pool-dump-at-shutdown=0",
		"--performance-schema=0", "--key-buffer-size=1M")
	command = append(append(append(command, of.arguments...), runAs()...), arguments...)
	s := &Server{
		Addr:      at.port(port),
		enter:     at.enter,
		program:   command[0],
		arguments: command[1:],
		logPath:   filepath.Join(folder, "mariadb.log"),
		answers:   func(addr string) error { return exchange(addr, "", of.greeting) },
	}
	return s, s.start()
}

// runAs: neither server runs as root unless told so.
func runAs() []string {
	if os.Getuid() == 0 {
		return []string{"--user=root"}
	}
	return nil
}
