package main_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

func TestStaffCheckLogTellsAnAlteredLogAndItsEntry(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "var")
	for _, login := range []string{"wang", "li", "zhao"} {
		add := exec.Command(testkit.Binary(t), "staff", "add", "--login", login, "--data", folder)
		add.Stdin = strings.NewReader("kuaile-chuanbo-7\n")
		if out, err := add.CombinedOutput(); err != nil {
			t.Fatalf("staff add: %v\n%s", err, out)
		}
	}
	whole := anquanda(t, nil, "staff", "check-log", "--data", folder)
	if whole.code != 0 || !strings.Contains(whole.stdout,
		" entries follow from one another; from entry 1 on they take the key of the installation; the newest is of 20") ||
		strings.Count(whole.stdout, "\n") != 1 {
		t.Errorf("an untouched log: exit code %d\n%s%s", whole.code, whole.stdout, whole.stderr)
	}

	alter(t, folder, "UPDATE audit_log SET staff_name = 'somebody' WHERE seq = 2")
	altered := anquanda(t, nil, "staff", "check-log", "--data", folder)
	if altered.code != 1 || altered.stdout != "" || strings.Count(altered.stderr, "\n") != 1 ||
		!strings.HasPrefix(altered.stderr, "anquanda staff check-log: the log was altered: entry 2 ") {
		t.Errorf("an altered entry: exit code %d\n%s%s", altered.code, altered.stdout, altered.stderr)
	}

	program := testkit.StartProgram(t, "--data", folder)
	for end := time.Now().Add(testkit.Patience); !strings.Contains(program.Output(),
		`"entry":2`); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the start does not tell of the altered entry:\n%s", program.Output())
		}
	}
}

// alter runs a statement on the SQLite store in folder.
func alter(t *testing.T, folder, statement string) {
	t.Helper()
	db, err := sqldb.OpenSQLite(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.InTx(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
