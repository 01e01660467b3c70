package app_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

const players = 16

func openSQLite(t *testing.T, folder string) *sqldb.DB {
	t.Helper()
	db, err := sqldb.OpenSQLite(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func openMySQL(t *testing.T, dsn string) *sqldb.DB {
	t.Helper()
	db, err := sqldb.OpenMySQL(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestKillingTheEmbeddedProgramLosesNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	apply(t, "--data", folder)
	program := testkit.StartProgram(t, "--data", folder)
	crowd := gather(t, program.Base, players)
	for range 2 {
		crowd.await(80)
		program.Restart() // kill -9 and start again
	}
	crowd.await(80)
	crowd.disperse()
	db := openSQLite(t, folder)
	crowd.check(db)
	crowd.checkPages(db)
	var nodes int
	if err := db.Get(t.Context(), &nodes, "SELECT COUNT(DISTINCT (id >> 12) & 1023) FROM attempts"); err != nil ||
		nodes < 3 {
		t.Errorf("%d starts made ids with %d node numbers, %v", 3, nodes, err)
	}
}

func TestKillingTheProgramItsDatabaseOrItsRedisLosesNothing(t *testing.T) {
	t.Parallel()
	mariadb := testkit.StartMariaDB(t, testkit.MariaDBOptions{})
	redis := testkit.StartRedis(t, testkit.RedisOptions{})
	stores := []string{"--data", t.TempDir(), "--mysql", mariadb.DSN("faults"), "--redis", redis.Addr}
	apply(t, stores...)
	program := testkit.StartProgram(t, stores...)
	crowd := gather(t, program.Base, players)
	for _, fault := range []func(){program.Restart, mariadb.Restart, redis.Restart} {
		crowd.await(80)
		fault()
	}
	crowd.await(80)
	crowd.disperse()
	db := openMySQL(t, mariadb.DSN("faults"))
	crowd.check(db)
	crowd.checkRedis(db, redis.Addr)
	crowd.checkPages(db)
}

func TestAnsweringGoesOnWhileRedisStaysAway(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	redis := testkit.StartRedis(t, testkit.RedisOptions{AppendOnly: true})
	apply(t, "--data", folder, "--redis", redis.Addr)
	program := testkit.StartProgram(t, "--data", folder, "--redis", redis.Addr)
	crowd := gather(t, program.Base, players)
	crowd.await(60)
	redis.Kill()
	crowd.await(60)
	if got := crowd.page("total", ""); got != "503 board_unavailable " {
		t.Errorf("a board while Redis is away: %s", got)
	}
	redis.Restart()
	crowd.await(50)
	crowd.disperse()
	db := openSQLite(t, folder)
	crowd.check(db)
	if crowd.met("unavailable") > 0 {
		t.Error("answers were refused because Redis was away")
	}
	crowd.checkRedis(db, redis.Addr)
}

func TestTwoProgramsOnTheSameStoresServeOnWhenOneIsKilled(t *testing.T) {
	t.Parallel()
	mariadb := testkit.StartMariaDB(t, testkit.MariaDBOptions{})
	redis := testkit.StartRedis(t, testkit.RedisOptions{})
	stores := []string{"--data", t.TempDir(), "--mysql", mariadb.DSN("faults"), "--redis", redis.Addr}
	apply(t, stores...)
	one, two := testkit.StartProgram(t, stores...), testkit.StartProgram(t, stores...)
	crowd := gather(t, one.Base, players)
	others := crowd.join(two.Base, players)
	crowd.await(60)
	one.Kill()
	others.await(60)
	one.Restart()
	crowd.await(60)
	crowd.disperse()
	others.disperse()
	db := openMySQL(t, mariadb.DSN("faults"))
	crowd.check(db)
	others.check(db)
	crowd.phones = append(crowd.phones, others.phones...)
	crowd.checkRedis(db, redis.Addr)
}

func TestAFullDatabaseRefusesAnswersAndGoesOnWhenThereIsRoom(t *testing.T) {
	t.Parallel()
	mariadb := testkit.StartMariaDB(t, testkit.MariaDBOptions{MaxDataMB: 32})
	redis := testkit.StartRedis(t, testkit.RedisOptions{})
	stores := []string{"--data", t.TempDir(), "--mysql", mariadb.DSN("faults"), "--redis", redis.Addr}
	apply(t, stores...)
	program := testkit.StartProgram(t, stores...)
	db := openMySQL(t, mariadb.DSN("faults"))
	crowd := gather(t, program.Base, players)
	crowd.await(50)
	fillUp(t, db)
	crowd.until("answers are refused", func() bool { return crowd.met("storage_full") > 20 })
	mariadb.Enlarge(72)
	crowd.await(80)
	crowd.disperse()
	crowd.check(db)
	crowd.checkRedis(db, redis.Addr)
}

// fillUp writes to a table of no use until there is no room. The rows are small:
// MariaDB 10.11 dies of a BLOB for which there is none.
func fillUp(t *testing.T, db *sqldb.DB) {
	t.Helper()
	insert := func(statement string, args ...any) error {
		return db.InTx(context.Background(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(context.Background(), statement, args...)
			return err
		})
	}
	if err := insert("CREATE TABLE ballast (id INT NOT NULL PRIMARY KEY AUTO_INCREMENT, filler VARCHAR(200) NOT NULL)"); err != nil {
		t.Fatal(err)
	}
	filler := strings.Repeat("x", 200)
	for rows := 2000; rows > 0; rows /= 5 {
		for insert("INSERT INTO ballast (filler) VALUES (?)"+strings.Repeat(",(?)", rows-1),
			slices.Repeat([]any{filler}, rows)...) == nil {
		}
	}
}

// A limit on the size of the program's files stands for a full disk: it needs no
// right to mount a small one, and can be lifted again.
func TestAFullDiskUnderSQLiteRefusesAnswersAndGoesOnWhenThereIsRoom(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("prlimit"); err != nil {
		t.Skip("prlimit is not installed: nothing is tested of a full disk under SQLite")
	}
	folder := t.TempDir()
	apply(t, "--data", folder)
	program := testkit.StartProgram(t, "--data", folder)
	limit := func(bytes string) {
		out, err := exec.Command("prlimit", "--pid", strconv.Itoa(program.PID()), "--fsize="+bytes).CombinedOutput()
		if err != nil {
			t.Fatalf("prlimit: %v\n%s", err, out)
		}
	}
	crowd := gather(t, program.Base, players)
	crowd.await(50)
	var largest int64
	for _, name := range []string{"anquanda.db", "anquanda.db-wal"} {
		if info, err := os.Stat(filepath.Join(folder, name)); err == nil {
			largest = max(largest, info.Size())
		}
	}
	limit(strconv.FormatInt(largest+64<<10, 10) + ":unlimited")
	crowd.until("answers are refused", func() bool { return crowd.met("storage_full") > 20 })
	limit("unlimited:unlimited")
	crowd.await(80)
	program.Restart() // what was acknowledged is on the disk, not only in memory
	crowd.await(50)
	crowd.disperse()
	db := openSQLite(t, folder)
	crowd.check(db)
	crowd.checkPages(db)
}

func TestStoppingAnswersWhatWasAcceptedAndEndsWell(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	apply(t, "--data", folder)
	program := testkit.StartProgram(t, "--data", folder)
	crowd := gather(t, program.Base, players)
	for range 3 {
		crowd.await(60)
		if code := program.Stop(); code != 0 {
			t.Errorf("it ends with code %d:\n%s", code, program.Output())
		}
		program.Restart()
	}
	crowd.await(60)
	crowd.disperse()
	db := openSQLite(t, folder)
	crowd.check(db)
	crowd.checkPages(db)
	// A call gets its whole reply, or it was never accepted. On a busy machine the program
	// can be away for longer than a level has.
	delete(crowd.problems, "attempt_expired")
	for code, n := range crowd.problems {
		t.Errorf("%d times %s while the program was stopped", n, code)
	}
	if n := crowd.network[" unexpected EOF"]; n > 0 {
		t.Errorf("%d replies were cut short", n)
	}
}
