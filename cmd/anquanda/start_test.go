package main_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// ran is what came of a run of the program.
type ran struct {
	code           int
	stdout, stderr string
}

// anquanda runs the program to its end, with entries added to its environment.
func anquanda(t *testing.T, environment []string, arguments ...string) ran {
	t.Helper()
	var stdout, stderr strings.Builder
	command := exec.Command(testkit.Binary(t), arguments...)
	command.Dir = t.TempDir() // var/ is made where it is started
	command.Env = append(os.Environ(), environment...)
	command.Stdout, command.Stderr = &stdout, &stderr
	command.Run() //nolint:errcheck // the code tells
	return ran{command.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// taken is an address that another program listens on.
func taken(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	return listener.Addr().String()
}

// silent is an address that nobody listens on.
func silent(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func TestAStartThatCannotBeSaysWhyInOneLine(t *testing.T) {
	testkit.Binary(t) // skips where no processes are wanted
	store := testkit.Servers(t)
	server, _, _ := strings.Cut(strings.TrimPrefix(store.MySQLDSN, "root@"), "/")
	aFile := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(aFile, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	newer, used, broken := t.TempDir(), t.TempDir(), t.TempDir()
	prepare(t, newer, "INSERT INTO schema_migrations (number, name, started_at, finished_at) VALUES (9999, 'later', 1, 1)")
	prepare(t, used, "INSERT INTO settings (name, text_value, number_value) VALUES ('key_fingerprint', 'of another', 0)")
	if err := os.WriteFile(filepath.Join(broken, "key"), []byte("geheim"), 0o600); err != nil {
		t.Fatal(err)
	}
	port, nobody, redis := taken(t), silent(t), silent(t)
	for _, c := range []struct {
		name        string
		environment []string
		arguments   []string
		says        []string
	}{
		{"no server at --mysql", nil, []string{"--mysql", "root:geheim@tcp(" + nobody + ")/x"},
			[]string{"--mysql tcp(" + nobody + ")/x", "connection refused"}},
		{"a wrong password", nil, []string{"--mysql", "root:geheim@" + server + "/x"},
			[]string{"--mysql " + server, "Access denied"}},
		{"a DSN of another form", nil, []string{"--mysql", "mysql://root:geheim@" + nobody + "/x"},
			[]string{"--mysql", "user:password@tcp(host:port)/database"}},
		{"a DSN without a database", nil, []string{"--mysql", "root:geheim@tcp(" + nobody + ")/"},
			[]string{"--mysql", "names no database"}},
		{"a host that is none", nil, []string{"--mysql", "root:geheim@tcp(no.such.host.invalid:3306)/x"},
			[]string{"--mysql tcp(no.such.host.invalid:3306)/x"}},
		{"no server at --redis", nil, []string{"--redis", redis}, []string{"--redis " + redis, "connection refused"}},
		{"a port that is taken", nil, []string{"--listen", port}, []string{"--listen " + port,
			"another program uses this port"}},
		{"an address that is none", nil, []string{"--listen", "here"}, []string{"--listen here"}},
		{"a data folder that is a file", nil, []string{"--data", aFile}, []string{"data folder " + aFile}},
		{"a data folder below a file", nil, []string{"--data", filepath.Join(aFile, "var")},
			[]string{"data folder " + aFile}},
		{"a newer schema", nil, []string{"--data", newer}, []string{"newer version of anquanda"}},
		{"the key of another installation", nil, []string{"--data", used},
			[]string{"made with another key", filepath.Join(used, "key")}},
		{"a key file that holds no key", nil, []string{"--data", broken},
			[]string{filepath.Join(broken, "key"), "64 hexadecimal digits"}},
		{"a key that is none", []string{"ANQUANDA_KEY=geheim"}, nil, []string{"ANQUANDA_KEY", "64 hexadecimal digits"}},
	} {
		got := anquanda(t, c.environment, append([]string{"serve", "--listen", "127.0.0.1:0"}, c.arguments...)...)
		if got.code != 1 || got.stdout != "" {
			t.Errorf("%s: exit code %d, and it prints %q", c.name, got.code, got.stdout)
		}
		if !strings.HasPrefix(got.stderr, "anquanda serve: ") || strings.Count(got.stderr, "\n") != 1 ||
			strings.Contains(got.stderr, "goroutine") {
			t.Errorf("%s: not one line:\n%s", c.name, got.stderr)
		}
		if strings.Contains(got.stderr, "geheim") {
			t.Errorf("%s: the secret is shown: %s", c.name, got.stderr)
		}
		for _, text := range c.says {
			if !strings.Contains(got.stderr, text) {
				t.Errorf("%s: says %q, which does not hold %q", c.name, got.stderr, text)
			}
		}
	}
}

// prepare makes the tables of sqldb in a folder and runs a statement.
func prepare(t *testing.T, folder, statement string) {
	t.Helper()
	db, err := sqldb.OpenSQLite(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	migrations, err := sqldb.Collect(sqldb.Migrations())
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context(), migrations); err != nil {
		t.Fatal(err)
	}
	alter(t, folder, statement)
}

func TestOneProcessServesADataFolderAndAKilledOneLetsGoOfIt(t *testing.T) {
	folder := t.TempDir()
	first := testkit.StartProgram(t, "--data", folder)
	second := anquanda(t, nil, "serve", "--listen", "127.0.0.1:0", "--data", folder)
	if second.code != 1 || strings.Count(second.stderr, "\n") != 1 || !strings.Contains(second.stderr, folder) ||
		!strings.Contains(second.stderr, "another anquanda serves it already") {
		t.Errorf("the second: %d %s", second.code, second.stderr)
	}
	if checked := anquanda(t, nil, "staff", "check-log", "--data", folder); checked.code != 0 {
		t.Errorf("commands beside it are refused: %s", checked.stderr)
	}
	syscall.Kill(first.PID(), syscall.SIGKILL) //nolint:errcheck // it runs
	first.Stop()
	again := testkit.StartProgram(t, "--data", folder)
	if code := again.Stop(); code != 0 {
		t.Errorf("after a kill it ends with code %d", code)
	}
}

func TestServeShowsItsAddressesAndACodeToScan(t *testing.T) {
	folder := t.TempDir()
	program := testkit.StartProgram(t, "--data", folder, "--public", "https://quiz.example.org/")
	printed := program.Output()
	for _, text := range []string{
		"player page   https://quiz.example.org/\n", "big screen    https://quiz.example.org/screen\n",
		"console       https://quiz.example.org/console\n",
		"SQLite in " + folder, "Redis in this process", "Ctrl-C", "█", "▀",
		"code        https://quiz.example.org/c/workmonth\n",
	} {
		if !strings.Contains(printed, text) {
			t.Errorf("it does not print %q:\n%s", text, printed)
		}
	}
	if strings.Contains(printed, "phones cannot open") {
		t.Errorf("it warns of a public address:\n%s", printed)
	}
	if code := program.Stop(); code != 0 {
		t.Errorf("it ends with code %d", code)
	}
	again := testkit.StartProgram(t, "--data", folder)
	if printed := again.Output(); !strings.Contains(printed, again.Base+"/screen") ||
		!strings.Contains(printed, "phones cannot open") {
		t.Errorf("without --public it does not print where it listens, for this machine alone:\n%s", printed)
	}
	if got := anquanda(t, nil, "serve", "--data", folder, "--public", "quiz.example.org"); got.code != 1 ||
		!strings.Contains(got.stderr, "--public quiz.example.org: write it as https://") {
		t.Errorf("a public address without a scheme: %+v", got)
	}
}

func TestRebuildFillsRedisAgain(t *testing.T) {
	redis := testkit.StartRedis(t, testkit.RedisOptions{})
	folder := t.TempDir()
	if got := anquanda(t, nil, "rebuild", "--data", folder, "--redis", redis.Addr); got.code != 0 ||
		!strings.HasPrefix(got.stdout, "workmonth: summaries of 0 players held against their rows") ||
		!strings.Contains(got.stdout, "\nworkmonth: boards built again in ") || strings.Contains(got.stderr, "ERROR") {
		t.Errorf("rebuild: %+v", got)
	}
	if got := anquanda(t, nil, "rebuild", "--data", folder); got.code != 0 ||
		!strings.Contains(got.stdout, "nothing to do") {
		t.Errorf("rebuild with the embedded stores: %+v", got)
	}
	nobody := silent(t)
	if got := anquanda(t, nil, "rebuild", "--data", folder, "--redis", nobody); got.code != 1 ||
		!strings.HasPrefix(got.stderr, "anquanda rebuild: --redis "+nobody) || strings.Count(got.stderr, "\n") != 1 {
		t.Errorf("rebuild without a Redis: %+v", got)
	}
}

func TestCommandsThatAreNoneAreToldWhatThereIs(t *testing.T) {
	for _, c := range []struct {
		arguments []string
		code      int
		says      string
	}{
		{nil, 0, "usage: anquanda COMMAND"},
		{[]string{"help"}, 0, "usage: anquanda COMMAND"},
		{[]string{"server"}, 2, "usage: anquanda COMMAND"},
		{[]string{"serve", "--help"}, 0, "-listen"},
		{[]string{"serve", "--port", "1"}, 2, "flag provided but not defined: -port"},
		{[]string{"serve", "listen=0.0.0.0:80"}, 1, `"listen=0.0.0.0:80" is no flag; see anquanda serve --help`},
		{[]string{"rebuild", "--redis"}, 2, "flag needs an argument"},
	} {
		got := anquanda(t, nil, c.arguments...)
		if got.code != c.code || !strings.Contains(got.stderr, c.says) || got.stdout != "" {
			t.Errorf("%v: %+v, want code %d and %q", c.arguments, got, c.code, c.says)
		}
	}
}
