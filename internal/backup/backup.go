// Package backup writes all rows of a store to one file and makes a store of such a
// file, on any engine: from MySQL to SQLite and back.
//
// The file is a zip: for each table tables/NAME.jsonl, whose first line names the columns
// and every other line is a row, and at last manifest.json, which says what is in it and
// how to know that it is whole. The key that seals personal data and codes is not in it,
// nor is what Redis holds: that is built again from the store.
package backup

import (
	"archive/zip"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"anquanda/internal/sqldb"
)

// Manifest says what a backup holds.
type Manifest struct {
	Format  int       `json:"format"` // 1
	Program string    `json:"program"`
	MadeAt  time.Time `json:"made_at"`
	Engine  string    `json:"engine"` // SQLite or MySQL
	Schema  int       `json:"schema"` // the number of the last migration
	Tables  []Table   `json:"tables"`
}

// Table is one table of a backup.
type Table struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"` // of its file, in hexadecimal
}

// Rows counts the rows of all tables.
func (m *Manifest) Rows() (n int64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

const (
	format        = 1
	manifestName  = "manifest.json"
	maxLineBytes  = 64 << 20 // of one row
	maxTableCount = 10_000
)

func fileOf(table string) string { return "tables/" + table + ".jsonl" }

// Write writes the store as it is at one moment: all that was acknowledged before the
// call is in it. Others may write to the store meanwhile. A store with a migration that
// stopped half way is refused.
func Write(ctx context.Context, db *sqldb.DB, program string, w io.Writer) (*Manifest, error) {
	m := &Manifest{Format: format, Program: program, MadeAt: time.Now().UTC().Truncate(time.Second), Engine: "SQLite"}
	if db.MySQL {
		m.Engine = "MySQL"
	}
	archive := zip.NewWriter(w)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestSpeed)
	})
	err := db.Snapshot(ctx, func(s *sqldb.Snapshot) (err error) {
		if m.Schema, err = s.SchemaNumber(ctx); err != nil {
			return err
		}
		if m.Schema == 0 {
			return fmt.Errorf("there is nothing to back up: no tables of anquanda")
		}
		names, err := s.Tables(ctx)
		if err != nil {
			return err
		}
		for _, name := range names {
			if slices.Contains(sqldb.SchemaTables(), name) {
				continue // the manifest's number says it
			}
			table, err := writeTable(ctx, s, archive, name)
			if err != nil {
				return fmt.Errorf("table %s: %w", name, err)
			}
			m.Tables = append(m.Tables, table)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	to, err := archive.Create(manifestName)
	if err != nil {
		return nil, err
	}
	lines := json.NewEncoder(to)
	lines.SetIndent("", "  ")
	if err := lines.Encode(m); err != nil {
		return nil, err
	}
	return m, archive.Close()
}

func writeTable(ctx context.Context, s *sqldb.Snapshot, archive *zip.Writer, name string) (Table, error) {
	table := Table{Name: name}
	columns, err := s.Columns(ctx, name)
	if err != nil {
		return table, err
	}
	to, err := archive.Create(fileOf(name))
	if err != nil {
		return table, err
	}
	sum := sha256.New()
	lines := json.NewEncoder(io.MultiWriter(to, sum))
	lines.SetEscapeHTML(false)
	if err := lines.Encode(columns); err != nil {
		return table, err
	}
	err = s.Rows(ctx, name, func(row []any) error {
		table.Rows++
		return lines.Encode(encoded(row))
	})
	table.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return table, err
}
