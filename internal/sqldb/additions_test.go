package sqldb_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

const (
	addToA  = "ALTER TABLE a ADD COLUMN m INT NOT NULL DEFAULT 0;\nCREATE TABLE c (n INT NOT NULL PRIMARY KEY);\n"
	changeA = "UPDATE a SET n = n + 1;\n"
)

func TestASchemaAheadByStepsThatOnlyAddIsServed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		newer := migrationsOf(makeA, makeB, addToA)
		if err := s.DB.Migrate(background, newer); err != nil {
			t.Fatal(err)
		}
		said := logged(t)
		for range 2 { // also a second start
			if err := s.Open().Migrate(background, newer[:1]); err != nil {
				t.Fatal(err)
			}
		}
		for _, word := range []string{"WARN", "only adds", "schema=3", "known=1", `new="0002_step 0003_step"`} {
			if !strings.Contains(said.String(), word) {
				t.Errorf("the log does not say %s: %s", word, said)
			}
		}
		err := s.DB.InTx(background, func(tx *sqldb.Tx) error { // as one writes who does not know of m
			_, err := tx.Exec(background, "INSERT INTO a (n) VALUES (7)")
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if err := s.DB.Migrate(background, newer); err != nil { // the newer one comes back to it
			t.Error(err)
		}
	})
}

// logged is what is logged from now on in a test that is not parallel.
func logged(t *testing.T) *bytes.Buffer {
	t.Helper()
	was, text := slog.Default(), &bytes.Buffer{}
	slog.SetDefault(slog.New(slog.NewTextHandler(text, nil)))
	t.Cleanup(func() { slog.SetDefault(was) })
	return text
}

func TestASchemaAheadByMoreThanAdditionsIsRefusedByName(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		newer := migrationsOf(makeA, addToA, changeA, makeB)
		if err := s.DB.Migrate(background, newer); err != nil {
			t.Fatal(err)
		}
		for known, want := range map[int]error{1: sqldb.ErrNewerSchema, 2: sqldb.ErrNewerSchema, 3: nil, 4: nil} {
			err := s.DB.Migrate(background, newer[:known])
			if !errors.Is(err, want) || want != nil && !strings.Contains(err.Error(), "0003_step") {
				t.Errorf("a program that knows %d steps: %v, want %v", known, err, want)
			}
		}
	})
}

// A version that does not tell which of its steps only add has left no word of them.
func TestAStepOfWhichNothingIsSaidIsRefused(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		if err := s.DB.Migrate(background, migrationsOf(makeA, makeB)); err != nil {
			t.Fatal(err)
		}
		err := s.DB.InTx(background, func(tx *sqldb.Tx) error {
			_, err := tx.Exec(background, "DELETE FROM schema_additions WHERE number = 2")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.DB.Migrate(background, migrationsOf(makeA)); !errors.Is(err, sqldb.ErrNewerSchema) {
			t.Errorf("got %v, want ErrNewerSchema", err)
		}
	})
}

func TestWhichStepsOnlyAdd(t *testing.T) {
	for _, c := range []struct {
		adds bool
		sql  string
	}{
		{true, "-- Nothing yet.\n"},
		{true, makeA},
		{true, makeB},
		{true, addToA},
		{true, "CREATE TABLE d (\n  n INT NOT NULL PRIMARY KEY,\n  UNIQUE (n)\n);\nCREATE UNIQUE INDEX d_n ON d (n);\n"},
		{true, "CREATE INDEX a_n ON a (n);"},
		{true, "ALTER TABLE a ADD COLUMN t VARCHAR(16) NOT NULL DEFAULT '';"},
		{true, "ALTER TABLE a ADD COLUMN t MEDIUMTEXT;"},
		{true, "ALTER TABLE a ADD COLUMN t INT;\nCREATE UNIQUE INDEX a_t ON a (n, t);"},
		{true, "ALTER TABLE a ADD COLUMN t SMALLINT NOT NULL DEFAULT -1;"},
		{false, "ALTER TABLE a ADD COLUMN t INT NOT NULL DEFAULT 0;\nCREATE UNIQUE INDEX a_t ON a (n, t);"},
		{false, "ALTER TABLE b ADD COLUMN t INT;\nCREATE UNIQUE INDEX a_t ON a (n, t);"},
		{false, "ALTER TABLE a ADD COLUMN t INT NOT NULL;"},
		{false, "ALTER TABLE a ADD COLUMN t INT UNIQUE;"},
		{false, "ALTER TABLE a ADD COLUMN t INT DEFAULT 1 CHECK (t < n);"},
		{false, "ALTER TABLE a DROP COLUMN t;"},
		{false, "ALTER TABLE a MODIFY COLUMN t VARCHAR(20);"},
		{false, "ALTER TABLE a RENAME TO d;"},
		{false, "CREATE UNIQUE INDEX a_n ON a (n);"},
		{false, "CREATE TABLE d (n INT NOT NULL REFERENCES a (n));"},
		{false, "CREATE TABLE d AS SELECT n FROM a;"},
		{false, "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END;"},
		{false, makeA + "\nINSERT INTO a (n) SELECT n FROM b;"},
		{false, "INSERT INTO a (n) VALUES (1);"},
		{false, changeA},
		{false, "DELETE FROM a;"},
		{false, "DROP TABLE a;"},
		{false, makeA + "\n" + changeA},
		{false, "-- Not beside older programs: they would rank without m.\n" + addToA},
	} {
		if got := (sqldb.Migration{SQL: c.sql}).OnlyAdds(); got != c.adds {
			t.Errorf("only adds: %v, want %v\n%s", got, c.adds, c.sql)
		}
	}
}

func TestFromWhichSchemaProgramsServeBesideANewerOne(t *testing.T) {
	steps := make([]string, 100)
	for i := range steps {
		steps[i] = makeA
	}
	for _, c := range []struct {
		further []string
		want    int
	}{
		{nil, 100},
		{[]string{addToA, makeB}, 100},
		{[]string{addToA, changeA}, 102},
		{[]string{addToA, changeA, makeB}, 102},
	} {
		if got := sqldb.Served(migrationsOf(append(steps, c.further...)...)); got != c.want {
			t.Errorf("after %q: %d, want %d", c.further, got, c.want)
		}
	}
}
