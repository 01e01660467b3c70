package app

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"anquanda/internal/catalog"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// inFiles lists which words stand in the files of a folder, as they are on the disk. It
// reads the write-ahead log before the database: a checkpoint meanwhile moves content
// from the one to the other.
func inFiles(t *testing.T, folder string, words ...string) (found []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	slices.Reverse(files)
	for _, word := range words {
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(content, []byte(word)) {
				found = append(found, word+" in "+filepath.Base(file))
			}
		}
	}
	return found
}

func TestWhatIsDeletedLeavesTheFilesOfTheStore(t *testing.T) {
	words := []string{"小李", "我是李安全", "李安全", "北二村"}
	for name, forget := range map[string]func(a *App, c *catalog.Contest, player sqldb.ID, clock *movable) error{
		"its retention is over": func(_ *App, _ *catalog.Contest, _ sqldb.ID, clock *movable) error {
			clock.set("2026-08-01T00:00:00+08:00")
			return nil
		},
		"its owner leaves": func(a *App, c *catalog.Contest, player sqldb.ID, _ *movable) error {
			_, err := a.Leave(t.Context(), c.ContestID, player)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := testkit.Embedded(t)
			a, c, clock := familyApp(t, s)
			player := everywhere(t, a, c, "13800138000")
			var file string
			if err := a.DB.Get(t.Context(), &file, "SELECT file FROM pragma_database_list WHERE name = 'main'"); err != nil {
				t.Fatal(err)
			}
			folder := filepath.Dir(file)
			if found := inFiles(t, folder, words...); len(found) < len(words) {
				t.Fatalf("before, only %q are found", found)
			}
			if err := forget(a, c, player, clock); err != nil {
				t.Fatal(err)
			}
			if err := a.expire(t.Context()); err != nil {
				t.Fatal(err)
			}
			if found := inFiles(t, folder, words...); len(found) > 0 {
				t.Errorf("on the disk are still %q", found)
			}
		})
	}
}
