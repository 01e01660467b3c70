package sqldb

import (
	"os"
	"path/filepath"
	"testing"
)

func TestTheEmbeddedStoreIsReadByItsOwnerAlone(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "var")
	modes := func() (of []os.FileMode) {
		for _, name := range []string{"", "anquanda.db", "anquanda.db-wal"} {
			info, err := os.Stat(filepath.Join(folder, name))
			if err != nil {
				t.Fatal(err)
			}
			of = append(of, info.Mode().Perm())
		}
		return of
	}
	for _, when := range []string{"made", "found open to all"} {
		db, err := OpenSQLite(t.Context(), folder)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.InTx(t.Context(), func(tx *Tx) error {
			_, err := tx.Exec(t.Context(), "CREATE TABLE IF NOT EXISTS a (b BIGINT)")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if of := modes(); of[0] != 0o700 || of[1] != 0o600 || of[2] != 0o600 {
			t.Errorf("%s: folder and files are %v", when, of)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		for name, mode := range map[string]os.FileMode{"": 0o755, "anquanda.db": 0o644} {
			if err := os.Chmod(filepath.Join(folder, name), mode); err != nil {
				t.Fatal(err)
			}
		}
	}
}
