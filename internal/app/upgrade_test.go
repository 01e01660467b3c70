package app

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"os"
	"testing"

	"anquanda/internal/prize/drawing"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// An old store is what an installation of an earlier commit held: played, drawn, paid and
// appealed there over HTTP, with rows in every one of its tables. Each line of the file is
// a table; what is no text stands as {"base64": …}. Its key is 32 bytes of 7.
const (
	oldStore      = "testdata/store-2431d7e.jsonl.gz"
	oldMigrations = 31
)

type oldTable struct {
	Table   string
	Columns []string
	Rows    [][]any
}

// loadOldStore makes the store as the earlier program left it, and tells its tables.
func loadOldStore(t *testing.T, db *sqldb.DB) (tables []oldTable) {
	t.Helper()
	migrations, err := Migrations()
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context(), migrations[:oldMigrations]); err != nil {
		t.Fatal(err)
	}
	packed, err := os.Open(oldStore)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	lines, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bufio.NewReader(lines))
	decoder.UseNumber() // identifiers are larger than what a float64 holds
	for decoder.More() {
		var table oldTable
		if err := decoder.Decode(&table); err != nil {
			t.Fatal(err)
		}
		err := db.Refill(t.Context(), table.Table, table.Columns, func(put func([]any) error) error {
			for _, row := range table.Rows {
				if err := put(stored(t, row)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(table.Rows) == 0 {
			t.Fatalf("table %s of %d rows: %v", table.Table, len(table.Rows), err)
		}
		tables = append(tables, table)
	}
	return tables
}

// stored makes values of a database of those of JSON.
func stored(t *testing.T, row []any) []any {
	t.Helper()
	values := make([]any, len(row))
	for i, value := range row {
		var err error
		switch v := value.(type) {
		case json.Number:
			values[i], err = v.Int64()
		case map[string]any:
			values[i], err = base64.StdEncoding.DecodeString(v["base64"].(string))
		default:
			values[i] = value
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return values
}

// openOldStore starts the program of today on the store of the earlier one.
func openOldStore(t *testing.T, s *testkit.Store) *App {
	t.Helper()
	clock := &movable{}
	clock.set("2026-12-01T18:00:00+08:00") // soon after it was made: nothing in it has expired
	a, err := New(t.Context(), Config{Data: s.DataFolder, MySQL: s.MySQLDSN, Redis: s.RedisAddr(),
		Key: bytes.Repeat([]byte{7}, 32), Now: clock.now, AtOnce: true})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	running := a.Start(ctx)
	t.Cleanup(func() {
		stop()
		running.Wait()
		a.Close()
	})
	return a
}

func TestAnInstallationOfAnEarlierProgramGoesOn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		tables := loadOldStore(t, s.DB)
		a := openOldStore(t, s)
		for _, table := range tables {
			if table.Table == "staff_sessions" {
				continue // migration 0064 ends them: staff sign in anew
			}
			var rows int
			err := a.DB.Get(t.Context(), &rows, "SELECT COUNT(*) FROM "+table.Table)
			if err != nil || rows < len(table.Rows) {
				t.Errorf("table %s held %d rows, and now %d (%v)", table.Table, len(table.Rows), rows, err)
			}
		}
		t.Run("its results stand and its players play on", func(t *testing.T) { playsOn(t, a) })
		t.Run("its drawings are verified", func(t *testing.T) { verifiesDrawings(t, a) })
		t.Run("its staff and their log are there", func(t *testing.T) {
			members, err := a.Staff.List(t.Context())
			if err != nil || len(members) < 10 {
				t.Errorf("%d members of staff, %v", len(members), err)
			}
			if checked, err := a.Staff.CheckLog(t.Context(), 0); err != nil || checked.Entries == 0 {
				t.Errorf("the audit log is %+v, %v", checked, err)
			}
		})
	})
}

// playsOn looks at a result that the earlier program counted, and lets its player and a
// new one answer a level.
func playsOn(t *testing.T, a *App) {
	c, err := a.Catalog.Current("workmonth")
	if err != nil {
		t.Fatal(err)
	}
	var old struct {
		PlayerID sqldb.ID `db:"player_id"`
		Score    int      `db:"score"`
	}
	err = a.DB.Get(t.Context(), &old,
		"SELECT player_id, score FROM attempts WHERE contest_id = ? AND level_key = 'home' AND finished_at > 0", c.ContestID)
	if err != nil || old.Score != 90 {
		t.Fatalf("the result is %+v, %v; want 90 points", old, err)
	}
	for _, player := range []sqldb.ID{old.PlayerID, enrolled(t, a, c, "后来的小王")} {
		result := playLevel(t, a, c, player, "home", rightOptions)
		if result.Correct != result.Questions {
			t.Errorf("all answers are right, and the result is %+v", result)
		}
	}
}

func verifiesDrawings(t *testing.T, a *App) {
	var ids []sqldb.ID
	err := a.DB.Select(t.Context(), &ids, "SELECT id FROM drawings WHERE state = ?", string(drawing.Published))
	if err != nil || len(ids) == 0 {
		t.Fatalf("published drawings are %v, %v", ids, err)
	}
	for _, id := range ids {
		var transcript bytes.Buffer
		if err := a.Drawings.WriteTranscript(t.Context(), id, &transcript); err != nil {
			t.Fatal(err)
		}
		if _, err := selection.Verify(transcript.Bytes(), "", nil, func(selection.Step) {}); err != nil {
			t.Errorf("drawing %d: %v", id, err)
		}
	}
}
