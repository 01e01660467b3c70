// Package installation gives tests installations that were started once before. Making
// the tables and loading the shipped bank takes most of the CPU of a test over HTTP, and
// is the same each time.
package installation

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"anquanda/internal/app"
	"anquanda/internal/testkit"
)

// Each is testkit.Each with the installation of a key.
func Each(t *testing.T, key []byte, test func(t *testing.T, s *testkit.Store)) {
	t.Helper()
	testkit.EachOf(t, test, func(t testing.TB) *testkit.Store { return Embedded(t, key) },
		func(t testing.TB) *testkit.Store { return Servers(t, key) })
}

// Embedded is testkit.Embedded with the installation of a key.
func Embedded(t testing.TB, key []byte) *testkit.Store {
	t.Helper()
	folder := t.TempDir()
	if err := Furnish(folder, key); err != nil {
		t.Fatal(err)
	}
	return testkit.EmbeddedIn(t, folder)
}

// started holds, by key, the files of an installation that was started once.
var started = struct {
	sync.Mutex
	files map[string]map[string][]byte
}{files: map[string]map[string][]byte{}}

// Furnish puts into an empty folder what the first start of the program on SQLite with
// this key leaves there: the tables, the shipped bank and contest. Without a key the
// installations of one test binary have the same one, in their folders. Safe for
// concurrent use.
func Furnish(folder string, key []byte) error {
	files, err := filesOf(key)
	if err != nil {
		return err
	}
	for name, body := range files {
		if err := os.WriteFile(filepath.Join(folder, name), body, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func filesOf(key []byte) (map[string][]byte, error) {
	started.Lock()
	defer started.Unlock()
	if files := started.files[string(key)]; files != nil {
		return files, nil
	}
	files, err := start(key)
	if err == nil {
		started.files[string(key)] = files
	}
	return files, err
}

// start starts the program in a folder, ends it, and reads what it left.
func start(key []byte) (map[string][]byte, error) {
	folder, err := os.MkdirTemp("", "anquanda-installation-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	a, err := app.New(context.Background(), app.Config{Data: folder, Key: key})
	if err != nil {
		return nil, err
	}
	if err := a.Close(); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, entry := range entries {
		if files[entry.Name()], err = os.ReadFile(filepath.Join(folder, entry.Name())); err != nil {
			return nil, err
		}
	}
	return files, nil
}
