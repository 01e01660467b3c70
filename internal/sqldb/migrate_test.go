package sqldb_test

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// migrationsOf makes migrations 1, 2, … of the given SQL.
func migrationsOf(sql ...string) (all []sqldb.Migration) {
	for i, text := range sql {
		all = append(all, sqldb.Migration{Number: i + 1, Name: "step", SQL: text})
	}
	return all
}

const (
	makeA   = "CREATE TABLE a (n INT NOT NULL PRIMARY KEY);"
	makeB   = "CREATE TABLE b (n INT NOT NULL PRIMARY KEY);\nINSERT INTO b (n) VALUES (1);\n"
	markRow = "INSERT INTO schema_migrations (number, name, started_at, finished_at) VALUES (?, 'step', ?, 0)"
)

func TestMigratingTwiceDoesItOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		for _, steps := range [][]sqldb.Migration{migrationsOf(makeA), migrationsOf(makeA, makeB),
			migrationsOf(makeA, makeB)} {
			if err := s.DB.Migrate(background, steps); err != nil {
				t.Fatal(err)
			}
		}
		var rows, finished int
		if err := s.DB.Get(background, &rows, "SELECT COUNT(*) FROM b"); err != nil || rows != 1 {
			t.Errorf("%d rows, %v; want 1", rows, err)
		}
		if err := s.DB.Get(background, &finished,
			"SELECT COUNT(*) FROM schema_migrations WHERE finished_at > 0"); err != nil || finished != 2 {
			t.Errorf("%d steps finished, %v; want 2", finished, err)
		}
	})
}

func TestNodesThatStartTogetherMigrateOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		nodes := []*sqldb.DB{s.DB, s.Open(), s.Open()}
		var all sync.WaitGroup
		for _, node := range nodes {
			all.Go(func() {
				if err := node.Migrate(background, migrationsOf(makeA, makeB)); err != nil {
					t.Error(err)
					return
				}
				var rows int // each node finds all of it when its Migrate returns
				if err := node.Get(background, &rows, "SELECT COUNT(*) FROM b"); err != nil || rows != 1 {
					t.Errorf("%d rows, %v; want 1", rows, err)
				}
			})
		}
		all.Wait()
	})
}

func TestAMigrationThatStoppedHalfWayIsRefused(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		broken := migrationsOf(makeA, "CREATE TABLE b (n INT NOT NULL PRIMARY KEY);\nINSERT INTO nowhere (n) VALUES (1);\n")
		err := s.DB.Migrate(background, broken)
		if err == nil || !strings.Contains(err.Error(), "0002_step") {
			t.Fatalf("a wrong statement gives %v, want an error that names the migration", err)
		}
		makeStale(t, s.DB, 2)
		if err := s.DB.Migrate(background, migrationsOf(makeA, makeB)); !errors.Is(err, sqldb.ErrDirtySchema) {
			t.Errorf("the next start gives %v, want ErrDirtySchema", err)
		}
	})
}

// The two ways that scripts/deploy/README.md tells.
func TestAStoppedMigrationGoesOn(t *testing.T) {
	for name, repair := range map[string][]string{
		"what is missing was done by hand": {"INSERT INTO b (n) VALUES (1)",
			"UPDATE schema_migrations SET finished_at = 1 WHERE number = 2"},
		"what was done was taken back": {"DROP TABLE b", "DELETE FROM schema_migrations WHERE number = 2"},
	} {
		t.Run(name, func(t *testing.T) {
			testkit.Each(t, func(t *testing.T, s *testkit.Store) {
				stopped := "CREATE TABLE b (n INT NOT NULL PRIMARY KEY);\nINSERT INTO nowhere (n) VALUES (1);\n"
				if err := s.DB.Migrate(background, migrationsOf(makeA, stopped)); err == nil {
					t.Fatal("it did not stop")
				}
				makeStale(t, s.DB, 2)
				for _, statement := range repair {
					err := s.DB.InTx(background, func(tx *sqldb.Tx) error {
						_, err := tx.Exec(background, statement)
						return err
					})
					if err != nil {
						t.Fatal(err)
					}
				}
				if err := s.DB.Migrate(background, migrationsOf(makeA, makeB)); err != nil {
					t.Fatal(err)
				}
				var rows int
				if err := s.DB.Get(background, &rows, "SELECT COUNT(*) FROM b"); err != nil || rows != 1 {
					t.Errorf("%d rows, %v", rows, err)
				}
			})
		})
	}
}

// makeStale lets an unfinished step have begun two minutes ago.
func makeStale(t *testing.T, db *sqldb.DB, number int) {
	t.Helper()
	err := db.InTx(background, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(background, "UPDATE schema_migrations SET started_at = ? WHERE number = ?",
			time.Now().Add(-2*time.Minute).UnixMilli(), number)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestANodeWaitsForTheStepOfAnother(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		if err := s.DB.Migrate(background, nil); err != nil {
			t.Fatal(err)
		}
		exec := func(query string, args ...any) {
			t.Helper()
			err := s.DB.InTx(background, func(tx *sqldb.Tx) error {
				_, err := tx.Exec(background, query, args...)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		exec(markRow, 1, time.Now().UnixMilli()) // another node is at it

		ctx, giveUp := context.WithTimeout(background, 300*time.Millisecond)
		defer giveUp()
		if err := s.DB.Migrate(ctx, migrationsOf(makeA)); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Migrate did not wait: %v", err)
		}
		done := make(chan error)
		go func() { done <- s.DB.Migrate(background, migrationsOf(makeA)) }()
		exec("UPDATE schema_migrations SET finished_at = 1 WHERE number = 1")
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestCollectSortsFoldersIntoOneList(t *testing.T) {
	folder := func(names ...string) fs.FS {
		files := fstest.MapFS{"README.md": {Data: []byte("not SQL")}}
		for _, name := range names {
			files[name] = &fstest.MapFile{Data: []byte("-- " + name)}
		}
		return files
	}
	for _, c := range []struct {
		name    string
		folders []fs.FS
		want    string // the names in order, or part of the error
	}{
		{"in order over folders", []fs.FS{folder("0001_a.sql", "0004_d_e.sql"),
			folder("0002_b.sql", "0003_c.sql")}, "a b c d_e"},
		{"none", nil, ""},
		{"a gap", []fs.FS{folder("0001_a.sql", "0003_c.sql")}, "number 2 was expected"},
		{"a number twice", []fs.FS{folder("0001_a.sql"), folder("0001_b.sql")}, "number 2 was expected"},
		{"no number", []fs.FS{folder("first_a.sql")}, "first_a.sql: the name is not NNNN_what.sql"},
		{"no name", []fs.FS{folder("0001.sql")}, "0001.sql: the name is not NNNN_what.sql"},
	} {
		t.Run(c.name, func(t *testing.T) {
			all, err := sqldb.Collect(c.folders...)
			if err != nil {
				if !strings.Contains(err.Error(), c.want) || c.want == "" {
					t.Errorf("got %v, want %q", err, c.want)
				}
				return
			}
			var names []string
			for _, m := range all {
				names = append(names, m.Name)
			}
			if got := strings.Join(names, " "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestStatementsEndAtASemicolonThatEndsALine(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", nil},
		{"only comments", "-- one;\n  -- two\n", nil},
		{"two", "A;\nB\n  C;\n", []string{"A", "B\n  C"}},
		{"no semicolon at the end", "A;\nB", []string{"A", "B"}},
		{"blanks and Windows line ends", "A; \r\n\r\n\tB;\t\r\n", []string{"A", "B"}},
		{"a semicolon inside a line", "A ';' B;\nC;", []string{"A ';' B", "C"}},
		{"a comment inside", "A (\n -- why;\n b);\n", []string{"A (\n b)"}},
		{"empty statements", ";\n;\nA;\n", []string{"A"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sqldb.Statements(c.text); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
