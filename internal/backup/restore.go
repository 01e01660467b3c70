package backup

import (
	"archive/zip"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"anquanda/internal/sqldb"
)

// ErrNotEmpty is returned by Restore for a store that was used before.
var ErrNotEmpty = errors.New("the store to restore into is not empty: name a new data folder or a new database")

// ErrNewer is returned by Restore for a backup of a newer program.
var ErrNewer = errors.New("the backup was made by a newer version of anquanda: restore it with that one")

// Restore makes the tables of a backup in a store that was never used, by the migrations
// of that time, fills them, and lets the later migrations follow. Nothing is written
// before the whole file was read and found whole. A program that starts on a store whose
// restoring was stopped half way refuses it (sqldb.ErrDirtySchema): restore into a new one.
func Restore(
	ctx context.Context, db *sqldb.DB, migrations []sqldb.Migration, r io.ReaderAt, size int64,
) (*Manifest, error) {
	m, archive, err := open(r, size)
	if err != nil {
		return nil, err
	}
	if m.Schema > len(migrations) {
		return nil, ErrNewer
	}
	if err := unused(ctx, db); err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx, migrations[:m.Schema]); err != nil {
		return nil, err
	}
	if err := db.Unfinished(ctx, m.Schema, true); err != nil {
		return nil, err
	}
	if err := sameTables(ctx, db, m); err != nil {
		return nil, err
	}
	for _, table := range m.Tables {
		if err := refill(ctx, db, archive, table); err != nil {
			return nil, fmt.Errorf("table %s: %w", table.Name, err)
		}
	}
	if err := db.Unfinished(ctx, m.Schema, false); err != nil {
		return nil, err
	}
	return m, db.Migrate(ctx, migrations)
}

func unused(ctx context.Context, db *sqldb.DB) error {
	return db.Snapshot(ctx, func(s *sqldb.Snapshot) error {
		tables, err := s.Tables(ctx)
		if err == nil && len(tables) > 0 {
			err = ErrNotEmpty
		}
		return err
	})
}

// sameTables refuses a file whose tables are not those that the migrations make: their
// names go into statements.
func sameTables(ctx context.Context, db *sqldb.DB, m *Manifest) error {
	return db.Snapshot(ctx, func(s *sqldb.Snapshot) error {
		made, err := s.Tables(ctx)
		if err != nil {
			return err
		}
		for _, name := range made {
			said := slices.Contains(sqldb.SchemaTables(), name)
			if !said && !slices.ContainsFunc(m.Tables, func(t Table) bool { return t.Name == name }) {
				return fmt.Errorf("the backup lacks the table %s", name)
			}
		}
		for _, table := range m.Tables {
			if !slices.Contains(made, table.Name) {
				return fmt.Errorf("the backup has a table %s, which this version did not make", table.Name)
			}
		}
		return nil
	})
}

// open reads the manifest and holds every table against it.
func open(r io.ReaderAt, size int64) (*Manifest, *zip.Reader, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, nil, fmt.Errorf("this is no backup, or a part of one: %w", err)
	}
	file, err := archive.Open(manifestName)
	if err != nil {
		return nil, nil, fmt.Errorf("this is no backup: %w", err)
	}
	defer file.Close()
	m := &Manifest{}
	if err := json.NewDecoder(file).Decode(m); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", manifestName, err)
	}
	if m.Format != format || m.Schema < 1 || len(m.Tables) > maxTableCount {
		return nil, nil, fmt.Errorf("%s: this version reads format %d", manifestName, format)
	}
	for _, table := range m.Tables {
		if err := whole(archive, table); err != nil {
			return nil, nil, fmt.Errorf("the backup is damaged: table %s: %w", table.Name, err)
		}
	}
	return m, archive, nil
}

func whole(archive *zip.Reader, table Table) error {
	sum := sha256.New()
	rows, err := eachLine(archive, table, sum, func([]byte) error { return nil })
	if err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != table.SHA256 || rows != table.Rows+1 {
		return errors.New("its content is not what the manifest says")
	}
	return nil
}

// eachLine visits the lines of a table and counts them.
func eachLine(archive *zip.Reader, table Table, also io.Writer, visit func([]byte) error) (n int64, err error) {
	file, err := archive.Open(fileOf(table.Name))
	if err != nil {
		return 0, err
	}
	defer file.Close()
	lines := bufio.NewScanner(io.TeeReader(file, also))
	lines.Buffer(nil, maxLineBytes)
	for ; lines.Scan(); n++ {
		if err := visit(lines.Bytes()); err != nil {
			return n, err
		}
	}
	return n, lines.Err()
}

func refill(ctx context.Context, db *sqldb.DB, archive *zip.Reader, table Table) error {
	columns, err := columnsOf(ctx, db, archive, table)
	if err != nil {
		return err
	}
	return db.Refill(ctx, table.Name, columns, func(put func([]any) error) error {
		first := true
		_, err := eachLine(archive, table, io.Discard, func(line []byte) error {
			if first {
				first = false
				return nil
			}
			row, err := decoded(line, len(columns))
			if err != nil {
				return err
			}
			return put(row)
		})
		return err
	})
}

// columnsOf reads the first line of a table, and refuses columns that the migrations did
// not make: their names go into statements.
func columnsOf(ctx context.Context, db *sqldb.DB, archive *zip.Reader, table Table) (columns []string, err error) {
	stop := errors.New("read")
	_, err = eachLine(archive, table, io.Discard, func(line []byte) error {
		return errors.Join(stop, json.Unmarshal(line, &columns))
	})
	if !errors.Is(err, stop) || len(columns) == 0 {
		return nil, errors.New("its first line does not name the columns")
	}
	return columns, db.Snapshot(ctx, func(s *sqldb.Snapshot) error {
		made, err := s.Columns(ctx, table.Name)
		if err != nil {
			return err
		}
		slices.Sort(made)
		named := slices.Sorted(slices.Values(columns))
		if !slices.Equal(made, named) {
			return fmt.Errorf("its columns are %v, not %v", named, made)
		}
		return nil
	})
}
