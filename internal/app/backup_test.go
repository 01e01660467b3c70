package app_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/testkit"
)

// run runs the program with a command and tells what it printed.
func run(t *testing.T, arguments ...string) (string, error) {
	t.Helper()
	out, err := exec.Command(testkit.Binary(t), arguments...).CombinedOutput()
	return string(out), err
}

func TestABackupMadeWhilePeoplePlayIsGoneOnWithOnAnotherEngine(t *testing.T) {
	t.Parallel()
	folder, file := t.TempDir(), filepath.Join(t.TempDir(), "backup.zip")
	apply(t, "--data", folder)
	program := testkit.StartProgram(t, "--data", folder)
	crowd := gather(t, program.Base, players)
	crowd.await(80)
	before := crowd.acks.Load()
	if out, err := run(t, "backup", "--data", folder, "-o", file); err != nil {
		t.Fatalf("backup: %v\n%s", err, out)
	}
	crowd.await(40)
	crowd.disperse()
	crowd.check(openSQLite(t, folder))
	all := crowd.stored(openSQLite(t, folder))

	server := testkit.Servers(t)
	elsewhere := []string{"--mysql", server.MySQLDSN, "--data", t.TempDir(), "--key-file", filepath.Join(folder, "key")}
	if out, err := run(t, append([]string{"restore", file}, elsewhere...)...); err != nil {
		t.Fatalf("restore: %v\n%s", err, out)
	}
	restored := crowd.stored(server.DB)
	if n := int64(len(restored)); n < before || n >= int64(len(all)) {
		t.Errorf("%d answers were acknowledged before the backup and %d in all; it holds %d", before, len(all), n)
	}
	for answer, verdicts := range restored {
		if !slices.Equal(verdicts, all[answer]) {
			t.Errorf("answer %s is %v, restored %v", answer, all[answer], verdicts)
		}
	}
	next := testkit.StartProgram(t, elsewhere...)
	others := crowd.join(next.Base, players)
	others.await(60)
	others.disperse()
	others.check(server.DB)
}

func TestRestoringOverAnythingOrWithAnotherKeyIsRefused(t *testing.T) {
	t.Parallel()
	folder, file := t.TempDir(), filepath.Join(t.TempDir(), "backup.zip")
	apply(t, "--data", folder)
	if out, err := run(t, "backup", "--data", folder, "-o", file); err != nil {
		t.Fatalf("backup: %v\n%s", err, out)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v, %v", info, err)
	}
	another := t.TempDir()
	for _, refused := range []struct {
		what, says string
		command    []string
	}{
		{"a backup over a backup", "is there already", []string{"backup", "--data", folder, "-o", file}},
		{"a backup of nothing", "nothing to back up", []string{"backup", "--data", t.TempDir(), "-o", file + "2"}},
		{"restoring over what is there", "is not empty", []string{"restore", file, "--data", folder}},
		{"restoring what is no backup", "no backup",
			[]string{"restore", filepath.Join(folder, "key"), "--data", t.TempDir()}},
	} {
		if out, err := run(t, refused.command...); err == nil || !strings.Contains(out, refused.says) {
			t.Errorf("%s: %v\n%s", refused.what, err, out)
		}
	}
	if out, err := run(t, "restore", file, "--data", another); err != nil {
		t.Fatalf("restore: %v\n%s", err, out)
	}
	if out, err := run(t, "key", "status", "--data", another); err == nil {
		t.Errorf("a store starts with a key that is not its own:\n%s", out)
	}
}
