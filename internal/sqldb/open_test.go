package sqldb_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// oneClearLine checks what a person reads when the store does not open.
func oneClearLine(t *testing.T, err error, want ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("it opened")
	}
	text := err.Error()
	if strings.Contains(text, "\n") || len(text) > 300 {
		t.Errorf("not one clear line: %q", text)
	}
	for _, part := range want {
		if !strings.Contains(text, part) {
			t.Errorf("%q does not tell %q", text, part)
		}
	}
	if strings.Contains(text, secret) {
		t.Errorf("%q tells the password", text)
	}
}

const secret = "Tr0ub4dor"

func TestAFolderThatCannotHoldTheStoreIsNamed(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"a file in its place": file,
		"a file above it":     filepath.Join(file, "var"),
		"a kernel's folder":   "/proc/anquanda",
		"a name too long":     filepath.Join(folder, strings.Repeat("x", 300)),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sqldb.OpenSQLite(background, path)
			if err != nil && len(path) > 200 {
				path = path[:200] // the line may be longer then
				return
			}
			oneClearLine(t, err, "data folder "+path+" cannot be ")
		})
	}
}

func TestAFileThatIsNoDatabaseIsNamed(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "anquanda.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("not a database ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := sqldb.OpenSQLite(background, folder)
	oneClearLine(t, err, path)
}

func TestFoldersOfAnyNameHoldTheStore(t *testing.T) {
	for _, name := range []string{"安全 答", "a?b=c", "a#b", "a%41b", "a%", "it's", "a&b;c", "new/below/new"} {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), name)
			db, err := sqldb.OpenSQLite(background, folder)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := os.Stat(filepath.Join(folder, "anquanda.db")); err != nil {
				t.Error(err)
			}
		})
	}
}

// An acknowledged answer must outlive a power cut, and readers the writer.
func TestSQLiteIsSetToKeepWhatItCommits(t *testing.T) {
	s := testkit.Embedded(t)
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "busy_timeout": "10000"} {
		var got string
		err := s.DB.InTx(background, func(tx *sqldb.Tx) error { return tx.Get(background, &got, "PRAGMA "+pragma) })
		if err != nil || got != want {
			t.Errorf("%s is %q, %v; want %q", pragma, got, err, want)
		}
	}
}

func TestAnAddressThatIsNoneIsRefused(t *testing.T) {
	for _, dsn := range []string{
		"", "localhost", "root:" + secret + "@tcp(127.0.0.1:3306)", "mysql://root:" + secret + "@127.0.0.1/x",
		"root:" + secret + "@tcp(127.0.0.1:3306)/", "root:" + secret + "@tcp(127.0.0.1:3306)/x?timeout=soon",
		"root:" + secret + "@carrier(pigeon)/x", "root:" + secret + "@tcp(127.0.0.1:1)/a`b",
	} {
		t.Run(dsn, func(t *testing.T) {
			_, err := sqldb.OpenMySQL(background, dsn)
			oneClearLine(t, err, "--mysql")
		})
	}
}

func TestAServerThatIsAwayIsNamed(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	silent := listener.Addr().String() // takes connections and says nothing
	defer listener.Close()

	_, err = sqldb.OpenMySQL(background, "root:"+secret+"@tcp(127.0.0.1:1)/contest")
	oneClearLine(t, err, "--mysql tcp(127.0.0.1:1)/contest: ", "refused")
	if !sqldb.Unreachable(err) {
		t.Errorf("%v does not count as unreachable", err)
	}

	_, err = sqldb.OpenMySQL(background, "root:"+secret+"@tcp("+silent+")/contest?timeout=1s&readTimeout=100ms")
	oneClearLine(t, err, "--mysql tcp("+silent+")/contest: ")

	ctx, giveUp := context.WithTimeout(background, 100*time.Millisecond)
	defer giveUp()
	_, err = sqldb.OpenMySQL(ctx, "root:"+secret+"@tcp("+silent+")/contest")
	oneClearLine(t, err, "--mysql tcp("+silent+")/contest: ")
}

func TestAServerThatRefusesIsNamed(t *testing.T) {
	s := testkit.StartMariaDB(t, testkit.MariaDBOptions{})
	db, err := sqldb.OpenMySQL(background, s.DSN("old"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{
		"CREATE USER someone@127.0.0.1 IDENTIFIED BY '" + secret + "'",
		"CREATE DATABASE latin CHARACTER SET latin1",
	} {
		err := db.InTx(background, func(tx *sqldb.Tx) error {
			_, err := tx.Exec(background, statement)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}

	_, err = sqldb.OpenMySQL(background, "someone:"+secret+"x@tcp("+s.Addr+")/old")
	oneClearLine(t, err, "--mysql tcp("+s.Addr+")/old: ", "Access denied for user 'someone'")

	_, err = sqldb.OpenMySQL(background, "someone:"+secret+"@tcp("+s.Addr+")/old") // a database of others
	oneClearLine(t, err, "/old: ", "Access denied for user 'someone'")

	_, err = sqldb.OpenMySQL(background, s.DSN("latin"))
	oneClearLine(t, err, "/latin: ", "utf8mb4")
}

func TestAMissingDatabaseIsMade(t *testing.T) {
	s := testkit.StartMariaDB(t, testkit.MariaDBOptions{})
	for range 2 { // the second time it is there
		db, err := sqldb.OpenMySQL(background, s.DSN("new-one"))
		if err != nil {
			t.Fatal(err)
		}
		var name string
		err = db.Get(background, &name,
			"SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'new-one'")
		if err != nil || name != "utf8mb4_bin" {
			t.Errorf("its collation is %q, %v; want utf8mb4_bin", name, err)
		}
		db.Close()
	}
}

func TestAValueThatDoesNotFitIsRefused(t *testing.T) {
	db := withThings(testkit.Servers(t)) // SQLite has no lengths
	err := db.InTx(background, func(tx *sqldb.Tx) error {
		return insertThings(background, tx, []thing{{ID: 1, Name: strings.Repeat("长", 41)}})
	})
	if err == nil {
		t.Error("41 characters went into a column of 40")
	}
}

func TestAClosedStoreSaysSo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		db := s.Open()
		if err := db.Ping(background); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if err := db.Ping(background); err == nil {
			t.Error("a closed store answers")
		}
	})
}
