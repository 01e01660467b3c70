package testkit_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

func TestEachTestHasStoresOfItsOwn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		s.Migrate(sqldb.Migrations(), fstest.MapFS{
			"0900_things.sql": {Data: []byte("CREATE TABLE things (id BIGINT NOT NULL PRIMARY KEY);")},
		})
		ctx := context.Background()
		err := s.DB.InTx(ctx, func(tx *sqldb.Tx) error {
			_, err := tx.Exec(ctx, "INSERT INTO things (id) VALUES (7)")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var id int64
		if err := s.Open().Get(ctx, &id, "SELECT id FROM things"); err != nil || id != 7 {
			t.Errorf("a second node reads %d, %v; want 7", id, err)
		}

		client := redis.NewUniversalClient(&redis.UniversalOptions{Addrs: strings.Split(s.RedisAddr(), ",")})
		defer client.Close()
		if was := client.Incr(ctx, "runs").Val(); was != 1 {
			t.Errorf("the Redis of a new test holds %d, want nothing", was-1)
		}
	})
}

func TestKilledMariaDBComesBackWithItsCommits(t *testing.T) {
	server := testkit.StartMariaDB(t, testkit.MariaDBOptions{})
	ctx := context.Background()
	db, err := sqldb.OpenMySQL(ctx, server.DSN("kept"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	migrations, err := sqldb.Collect(sqldb.Migrations())
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(ctx, migrations); err != nil {
		t.Fatal(err)
	}
	if _, err := db.RememberOnce(ctx, "name", "here"); err != nil {
		t.Fatal(err)
	}

	server.Kill()
	if err := db.Ping(ctx); err == nil {
		t.Error("a killed server answers")
	}
	server.Restart()

	if text, err := db.RememberOnce(ctx, "name", "lost"); err != nil || text != "here" {
		t.Errorf("after the restart: %q, %v; want the text that was committed", text, err)
	}
}

func TestKilledRedisComesBackAsItsOptionsSay(t *testing.T) {
	for _, c := range []struct {
		name    string
		options testkit.RedisOptions
		want    int64
	}{
		{"empty", testkit.RedisOptions{}, 0},
		{"append only", testkit.RedisOptions{AppendOnly: true}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := testkit.StartRedis(t, c.options)
			client := redis.NewClient(&redis.Options{Addr: server.Addr})
			defer client.Close()
			ctx := context.Background()
			if err := client.Set(ctx, "key", "1", 0).Err(); err != nil {
				t.Fatal(err)
			}
			server.Kill()
			server.Restart()
			if got := client.Exists(ctx, "key").Val(); got != c.want {
				t.Errorf("%d keys after the restart, want %d", got, c.want)
			}
		})
	}
}

// TestNothingOutlivesAKilledTestBinary runs this test binary a second time, has
// it start every kind of server, kills it with -9 and looks for what is left.
func TestNothingOutlivesAKilledTestBinary(t *testing.T) {
	if os.Getenv("TESTKIT_VICTIM") != "" {
		t.Setenv("ANQUANDA_TEST_MYSQL", "")
		testkit.Servers(t).RedisAddr()
		testkit.StartMariaDB(t, testkit.MariaDBOptions{})
		os.WriteFile(os.Getenv("TESTKIT_VICTIM"), nil, 0o600)
		select {}
	}
	if testing.Short() {
		t.Skip("-short starts no servers")
	}
	if _, err := os.Stat("/proc/self/environ"); err != nil {
		t.Skip("only Linux tells which processes are left")
	}
	folder := t.TempDir()
	ready := filepath.Join(folder, "ready")
	victim := exec.Command(os.Args[0], "-test.run=^TestNothingOutlivesAKilledTestBinary$")
	victim.Env = append(os.Environ(), "TESTKIT_VICTIM="+ready, "TMPDIR="+folder)
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- victim.Wait() }()
	for !exists(ready) {
		select {
		case err := <-ended:
			testkit.Servers(t) // skips where there are no servers
			t.Fatalf("the other test binary ended by itself: %v", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
	if n := len(processesWith("TESTKIT_VICTIM=" + ready)); n < 4 {
		t.Errorf("%d processes run, want the binary and its servers", n)
	}
	victim.Process.Signal(syscall.SIGKILL)

	deadline := time.Now().Add(testkit.Patience)
	for {
		processes := processesWith("TESTKIT_VICTIM=" + ready)
		shared, _ := filepath.Glob(filepath.Join(folder, "anquanda-test-*"))
		if len(processes) == 0 && len(shared) == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("left behind: processes %v, folders %v", processes, shared)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// processesWith lists the processes that inherited an environment entry.
func processesWith(entry string) []string {
	var found []string
	all, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, file := range all {
		if text, err := os.ReadFile(file); err == nil && strings.Contains(string(text), entry) {
			found = append(found, filepath.Base(filepath.Dir(file)))
		}
	}
	return found
}
