package sqldb_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// openWithThings opens a database of a private server, with the tables of tests.
func openWithThings(t *testing.T, server testkit.MariaDB) *sqldb.DB {
	t.Helper()
	db, err := sqldb.OpenMySQL(background, server.DSN("faults"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	migrations := migrationsOf(string(things["0900_things.sql"].Data))
	if err := db.Migrate(background, migrations); err != nil {
		t.Fatal(err)
	}
	return db
}

// load runs callers that each add things one after the other, and ask again
// with the same key until they know that it is stored.
type load struct {
	all          sync.WaitGroup
	stop         atomic.Bool
	acknowledged atomic.Int64
	failures     atomic.Int64
}

func startLoad(t *testing.T, g *sqldb.Group[thing]) *load {
	l := &load{}
	for caller := range int64(16) {
		l.all.Go(func() {
			for i := int64(0); !l.stop.Load(); i++ {
				for !l.add(t, g, numbered(caller*1_000_000+i, 1)[0]) {
					time.Sleep(5 * time.Millisecond)
				}
			}
		})
	}
	return l
}

func (l *load) add(t *testing.T, g *sqldb.Group[thing], item thing) bool {
	err := g.Do(background, item)
	switch {
	case err == nil, sqldb.IsDuplicate(err): // a duplicate was stored by an earlier try
		l.acknowledged.Add(1)
		return true
	case !errors.Is(err, sqldb.ErrAway):
		t.Errorf("while the server is away: %v, want ErrAway", err)
		return true
	}
	l.failures.Add(1)
	return false
}

// reach waits until count items more were acknowledged.
func (l *load) reach(t *testing.T, count int64) {
	t.Helper()
	deadline := time.Now().Add(testkit.Patience)
	for want := l.acknowledged.Load() + count; l.acknowledged.Load() < want; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("only %d acknowledged, want %d", l.acknowledged.Load(), want)
		}
	}
}

func TestWhatWasAcknowledgedOutlivesTheServer(t *testing.T) {
	for name, end := range map[string]func(testkit.MariaDB){
		"killed":  func(s testkit.MariaDB) { s.Kill() },
		"stopped": func(s testkit.MariaDB) { s.Stop() },
	} {
		for kind, newGroup := range map[string]func(*sqldb.DB, int, int,
			func(context.Context, *sqldb.Tx, []thing) error) *sqldb.Group[thing]{
			"ask again": sqldb.NewGroup[thing], "repeated": sqldb.NewRepeatingGroup[thing],
		} {
			t.Run(name+" "+kind, func(t *testing.T) {
				server := testkit.StartMariaDB(t, testkit.MariaDBOptions{})
				db := openWithThings(t, server)
				g := newGroup(db, 50, 2, insertThings)
				defer g.Close()
				l := startLoad(t, g)
				for range 2 {
					l.reach(t, 200)
					end(server)
					time.Sleep(50 * time.Millisecond)
					before := l.acknowledged.Load()
					server.Restart()
					again := time.Now()
					l.reach(t, 1)
					t.Logf("answering again %v after the server", time.Since(again).Round(time.Millisecond))
					if before == 0 {
						t.Error("nothing was stored before, so nothing was tested")
					}
				}
				l.reach(t, 200)
				l.stop.Store(true)
				l.all.Wait()
				t.Logf("%d acknowledged; callers were told %d times to ask again", l.acknowledged.Load(),
					l.failures.Load())
				if n := int64(len(stored(t, db))); n != l.acknowledged.Load() {
					t.Errorf("%d rows stored, %d acknowledged", n, l.acknowledged.Load())
				}
			})
		}
	}
}

// A primary that became read-only answers, but only with refusals: connections to it must
// not stay in the pool, and what it refused is kept until it, or another, takes writes.
func TestAWriteWaitsForAPrimaryThatTakesIt(t *testing.T) {
	server := testkit.StartMariaDB(t, testkit.MariaDBOptions{})
	openWithThings(t, server)
	admin, err := sql.Open("mysql", server.DSN("faults"))
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	set := func(statements ...string) {
		t.Helper()
		for _, statement := range statements {
			if _, err := admin.Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	set("CREATE USER quiz@'%'", "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON *.* TO quiz@'%'")
	db, err := sqldb.OpenMySQL(background, strings.Replace(server.DSN("faults"), "root@", "quiz@", 1))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	set("SET GLOBAL read_only = 1")
	var tries atomic.Int64
	done := make(chan error)
	go func() {
		done <- db.InTx(background, func(tx *sqldb.Tx) error {
			tries.Add(1)
			return insertThings(background, tx, numbered(1, 1))
		})
	}()
	for deadline := time.Now().Add(testkit.Patience); tries.Load() < 2; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it is not tried again")
		}
	}
	set("SET GLOBAL read_only = 0")
	if err := <-done; err != nil {
		t.Errorf("after %d tries: %v", tries.Load(), err)
	}
	if ids := stored(t, db); !slices.Equal(ids, []int64{1}) {
		t.Errorf("stored %v, want [1]", ids)
	}
}

// pages is a table whose rows fill a store quickly.
var pages = fstest.MapFS{"0901_pages.sql": {Data: []byte(
	"CREATE TABLE pages (id BIGINT NOT NULL PRIMARY KEY, body VARCHAR(4000) NOT NULL);")}}

func TestAFullStoreRefusesAndLosesNothing(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		s := testkit.Embedded(t)
		s.Migrate(pages)
		limit := func(pages int) {
			t.Helper()
			err := s.DB.InTx(background, func(tx *sqldb.Tx) error {
				var now int
				return tx.Get(background, &now, "PRAGMA max_page_count = "+sqldb.ID(pages).String())
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		limit(500) // 2 MB
		fill(t, s.DB)
		limit(1_000_000)
		if err := addPages(s.DB, 1_000_000); err != nil {
			t.Errorf("with room again: %v", err)
		}
	})
	t.Run("MariaDB", func(t *testing.T) {
		server := testkit.StartMariaDB(t, testkit.MariaDBOptions{MaxDataMB: 16})
		db, err := sqldb.OpenMySQL(background, server.DSN("full"))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := db.Migrate(background, migrationsOf(string(pages["0901_pages.sql"].Data))); err != nil {
			t.Fatal(err)
		}
		fill(t, db)
	})
}

// fill adds pages until the store is full, and checks that those acknowledged
// are there and no others.
func fill(t *testing.T, db *sqldb.DB) {
	t.Helper()
	g := sqldb.NewGroup(db, 20, 2, insertPages)
	defer g.Close()
	var acknowledged []int64
	for id := int64(1); ; id++ {
		err := g.Do(background, id)
		if err != nil {
			if !errors.Is(err, sqldb.ErrFull) {
				t.Errorf("a full store says %v, want ErrFull", err)
			}
			break
		}
		if acknowledged = append(acknowledged, id); id > 20_000 {
			t.Fatal("the store did not fill")
		}
	}
	var ids []int64
	if err := db.Select(background, &ids, "SELECT id FROM pages ORDER BY id"); err != nil {
		t.Fatalf("a full store cannot be read: %v", err)
	}
	if !slices.Equal(ids, acknowledged) {
		t.Errorf("%d pages stored, %d acknowledged", len(ids), len(acknowledged))
	}
}

type pageRow struct {
	ID   int64  `db:"id"`
	Body string `db:"body"`
}

func insertPages(ctx context.Context, tx *sqldb.Tx, ids []int64) error {
	body := strings.Repeat("x", 4000)
	rows := make([]pageRow, len(ids))
	for i, id := range ids {
		rows[i] = pageRow{id, body}
	}
	return sqldb.Insert(ctx, tx, "INSERT INTO pages", rows)
}

func addPages(db *sqldb.DB, ids ...int64) error {
	return db.InTx(background, func(tx *sqldb.Tx) error { return insertPages(background, tx, ids) })
}
