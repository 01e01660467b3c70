package backup_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/backup"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// schema has a column of each type that our tables use, and a step that a backup made
// before it does not know.
var schema = []sqldb.Migration{
	{Number: 1, Name: "things", SQL: `CREATE TABLE things (
		id BIGINT NOT NULL PRIMARY KEY, small INT, name VARCHAR(200), note TEXT, body MEDIUMBLOB, rate DOUBLE);
		CREATE TABLE seeds (name VARCHAR(20) NOT NULL PRIMARY KEY);
		INSERT INTO seeds (name) VALUES ('from the migration');`},
	{Number: 2, Name: "later", SQL: "ALTER TABLE things ADD COLUMN later INT NOT NULL DEFAULT 7;"},
}

// filled makes the tables of the first step with n rows of awkward values.
func filled(t *testing.T, db *sqldb.DB, n int) {
	t.Helper()
	if err := db.Migrate(t.Context(), schema[:1]); err != nil {
		t.Fatal(err)
	}
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	err := db.InTx(t.Context(), func(tx *sqldb.Tx) error {
		for i := range n {
			row := []any{int64(i)<<40 + 1, nil, "", "行\n第二行\\'\"<b>", []byte{}, 1.0}
			if i%2 == 0 {
				row = []any{-int64(i) - 1, -5, "张𮯰👨‍🚒〇", nil, every, 0.1}
			}
			if _, err := tx.Exec(t.Context(),
				"INSERT INTO things (id, small, name, note, body, rate) VALUES (?, ?, ?, ?, ?, ?)", row...); err != nil {
				return err
			}
		}
		_, err := tx.Exec(t.Context(), "UPDATE seeds SET name = 'changed later'")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func written(t *testing.T, db *sqldb.DB) ([]byte, *backup.Manifest) {
	t.Helper()
	var file bytes.Buffer
	m, err := backup.Write(t.Context(), db, "test", &file)
	if err != nil {
		t.Fatal(err)
	}
	return file.Bytes(), m
}

func restored(t *testing.T, db *sqldb.DB, file []byte, steps int) error {
	t.Helper()
	_, err := backup.Restore(t.Context(), db, schema[:steps], bytes.NewReader(file), int64(len(file)))
	return err
}

func TestABackupOfOneEngineIsTheSameOnEveryOther(t *testing.T) {
	testkit.Each(t, func(t *testing.T, from *testkit.Store) {
		filled(t, from.DB, 12_001)
		file, m := written(t, from.DB)
		testkit.Each(t, func(t *testing.T, to *testkit.Store) {
			if err := restored(t, to.DB, file, 1); err != nil {
				t.Fatal(err)
			}
			again, n := written(t, to.DB)
			if m.Rows() != 12_002 || n.Rows() != m.Rows() {
				t.Errorf("%d rows went out and %d came back", m.Rows(), n.Rows())
			}
			if was, is := content(t, file), content(t, again); !maps.Equal(was, is) {
				for name := range was {
					t.Errorf("%s: %.300s\n%.300s", name, was[name], is[name])
				}
			}
		})
	})
}

// content is what the tables of a backup hold, with rows in an order of their own.
func content(t *testing.T, file []byte) map[string]string {
	t.Helper()
	tables := map[string]string{}
	for name, text := range files(t, file) {
		if strings.HasPrefix(name, "tables/") {
			lines := strings.Split(text, "\n")
			slices.Sort(lines)
			tables[name] = strings.Join(lines, "\n")
		}
	}
	return tables
}

func files(t *testing.T, file []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
	}
	return all
}

func packed(t *testing.T, all map[string]string) []byte {
	t.Helper()
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	for name, text := range all {
		to, err := archive.Create(name)
		if err == nil {
			_, err = io.WriteString(to, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestARestoredStoreGetsTheStepsThatCameLater(t *testing.T) {
	from, to := testkit.Embedded(t), testkit.Embedded(t)
	filled(t, from.DB, 3)
	file, _ := written(t, from.DB)
	if err := restored(t, to.DB, file, 2); err != nil {
		t.Fatal(err)
	}
	var later int
	if err := to.DB.Get(t.Context(), &later, "SELECT SUM(later) FROM things"); err != nil || later != 21 {
		t.Errorf("the new column sums up to %d, %v", later, err)
	}
}

func TestWhatIsNoWholeBackupWritesNothing(t *testing.T) {
	from := testkit.Embedded(t)
	filled(t, from.DB, 40)
	file, _ := written(t, from.DB)
	changed := func(name, old, new string) []byte {
		all := files(t, file)
		if !strings.Contains(all[name], old) {
			t.Fatalf("%s lacks %s", name, old)
		}
		all[name] = strings.Replace(all[name], old, new, 1)
		return packed(t, all)
	}
	without := func(name string) []byte {
		all := files(t, file)
		delete(all, name)
		return packed(t, all)
	}
	flipped := slices.Clone(file)
	flipped[len(flipped)/3] ^= 4
	for _, c := range []struct {
		what, says string
		file       []byte
	}{
		{"nothing", "no backup", nil},
		{"a part", "no backup", file[:len(file)*2/3]},
		{"a bit turned", "damaged", flipped},
		{"a value changed", "damaged", changed("tables/things.jsonl", "张", "李")},
		{"a table missing", "damaged", without("tables/seeds.jsonl")},
		{"no manifest", "no backup", without("manifest.json")},
		{"a newer one", "newer version", changed("manifest.json", `"schema": 1`, `"schema": 2`)},
		{"another format", "format 1", changed("manifest.json", `"format": 1`, `"format": 2`)},
	} {
		to := testkit.Embedded(t)
		if err := restored(t, to.DB, c.file, 1); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.what, err)
		}
		if _, err := backup.Write(t.Context(), to.DB, "test", io.Discard); err == nil ||
			!strings.Contains(err.Error(), "nothing to back up") {
			t.Errorf("%s: something was written: %v", c.what, err)
		}
	}
}

func TestAStoreWhoseRestoringStoppedHalfWayIsRefused(t *testing.T) {
	from, to := testkit.Embedded(t), testkit.Embedded(t)
	filled(t, from.DB, 3)
	file, _ := written(t, from.DB)
	all := files(t, file)
	all["tables/things.jsonl"] = `["id","small","name","note","body","rate"]` + "\n" + `[1,null,null,null,null]` + "\n"
	half := packed(t, withSums(t, all))
	if err := restored(t, to.DB, half, 1); err == nil || !strings.Contains(err.Error(), "5 values, not 6") {
		t.Fatalf("half a row: %v", err)
	}
	if _, err := backup.Write(t.Context(), to.DB, "test", io.Discard); !errors.Is(err, sqldb.ErrDirtySchema) {
		t.Errorf("a backup of half a store: %v", err)
	}
	if err := restored(t, to.DB, file, 1); !errors.Is(err, backup.ErrNotEmpty) {
		t.Errorf("restoring over half a store: %v", err)
	}
}

// withSums is a backup whose manifest agrees with changed tables.
func withSums(t *testing.T, all map[string]string) map[string]string {
	t.Helper()
	var tables []string
	for name, text := range all {
		if table, found := strings.CutPrefix(name, "tables/"); found {
			tables = append(tables, fmt.Sprintf(`{"name": %q, "rows": %d, "sha256": %q}`,
				strings.TrimSuffix(table, ".jsonl"), strings.Count(text, "\n")-1, sumOf(text)))
		}
	}
	all["manifest.json"] = `{"format": 1, "schema": 1, "tables": [` + strings.Join(tables, ",") + "]}"
	return all
}

func sumOf(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }
