package pledge_test

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/pledge"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// The program is killed three times while people sign. Who was told a number
// keeps it, the numbers have no gap, and each signature earned its points once.
func TestKillingTheProgramWhilePeopleSignLosesNothing(t *testing.T) {
	for name, stores := range map[string]func(t *testing.T) (arguments []string, open func() (*sqldb.DB, error)){
		"SQLite": func(t *testing.T) ([]string, func() (*sqldb.DB, error)) {
			folder := t.TempDir()
			return []string{"--data", folder}, func() (*sqldb.DB, error) { return sqldb.OpenSQLite(t.Context(), folder) }
		},
		"MariaDB": func(t *testing.T) ([]string, func() (*sqldb.DB, error)) {
			dsn := testkit.StartMariaDB(t, testkit.MariaDBOptions{}).DSN("relay")
			return []string{"--data", t.TempDir(), "--mysql", dsn}, func() (*sqldb.DB, error) {
				return sqldb.OpenMySQL(t.Context(), dsn)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			program := testkit.Binary(t)
			arguments, open := stores(t)
			applyRelay(t, program, arguments)
			serving := testkit.StartProgram(t, arguments...)
			crowd := newCrowd(serving.Base, 12)
			for range 3 {
				crowd.await(t, 60)
				serving.Restart() // kill -9 and start again
			}
			crowd.await(t, 60)
			crowd.stop()
			db, err := open()
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			crowd.check(t, db)
		})
	}
}

func applyRelay(t *testing.T, program string, stores []string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "relay.yaml")
	open := strings.Replace(definition, "opens: 2026-06-01 08:00, closes: 2026-06-30 22:00",
		"opens: 2020-01-01, closes: 2040-01-01", 1)
	if err := os.WriteFile(file, []byte(open), 0o600); err != nil {
		t.Fatal(err)
	}
	arguments := append(append([]string{"contest", "apply"}, stores...), file)
	if out, err := exec.Command(program, arguments...).CombinedOutput(); err != nil {
		t.Fatalf("contest apply: %v\n%s", err, out)
	}
}

// crowd is people who enrol, sign and hand on, one after another at each of some
// phones, and keep asking while the program is away.
type crowd struct {
	base    string
	stopped atomic.Bool
	walking sync.WaitGroup

	mu     sync.Mutex
	told   map[int64]string // numbers that were acknowledged, with the name
	newest string           // code
	wrong  error
}

func newCrowd(base string, phones int) *crowd {
	c := &crowd{base: base, told: map[int64]string{}}
	for range phones {
		c.walking.Go(func() {
			for !c.stopped.Load() {
				c.one()
			}
		})
	}
	return c
}

// one is one person.
func (c *crowd) one() {
	p := testkit.NewPlayer(c.base, "relay", nil)
	if !c.patiently(func() error { return p.Enrol("路人", "") }) {
		return
	}
	c.mu.Lock()
	from := c.newest
	c.mu.Unlock()
	var reply struct {
		Mine struct {
			Number     int64
			Name, Code string
		}
	}
	sign := func() error {
		return p.Call(http.MethodPost, p.InContest("/pledge"), map[string]string{"name": "路人", "from": from}, &reply)
	}
	if !c.patiently(sign) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, twice := c.told[reply.Mine.Number]; twice || reply.Mine.Number == 0 {
		c.wrong = errors.New("a number was told twice, or none")
	}
	c.told[reply.Mine.Number], c.newest = reply.Mine.Name, reply.Mine.Code
}

// patiently asks until it works; a person whom the end finds waiting gives up.
func (c *crowd) patiently(ask func() error) bool {
	for {
		err := ask()
		if err == nil {
			return true
		}
		var problem *testkit.Problem
		if errors.As(err, &problem) && problem.Status < http.StatusInternalServerError {
			c.mu.Lock()
			c.wrong = err
			c.mu.Unlock()
			c.stopped.Store(true)
			return false
		}
		if c.stopped.Load() {
			return false
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// await waits for so many more signatures.
func (c *crowd) await(t *testing.T, more int) {
	t.Helper()
	count := func() int {
		c.mu.Lock()
		defer c.mu.Unlock()
		return len(c.told)
	}
	begun := count()
	for end := time.Now().Add(testkit.Patience); count() < begun+more; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) || c.stopped.Load() {
			t.Fatalf("only %d signed; the last problem was %v", count()-begun, c.wrong)
		}
	}
}

func (c *crowd) stop() {
	c.stopped.Store(true)
	c.walking.Wait()
}

// check compares what is stored with what people were told. The sweep of the
// program has some seconds to credit what the kills left.
func (c *crowd) check(t *testing.T, db *sqldb.DB) {
	t.Helper()
	if c.wrong != nil {
		t.Error(c.wrong)
	}
	ctx := t.Context()
	var rows []pledge.Signature
	if err := db.Select(ctx, &rows, "SELECT number, name, parent, depth FROM signatures ORDER BY number"); err != nil {
		t.Fatal(err)
	}
	relayed := 0
	for i, row := range rows {
		if row.Number != int64(i+1) {
			t.Fatalf("signature %d has the number %d", i+1, row.Number)
		}
		if name, told := c.told[row.Number]; told && name != row.Name {
			t.Errorf("number %d is %s, who was told is %s", row.Number, row.Name, name)
		}
		delete(c.told, row.Number)
		if row.Parent > 0 {
			relayed++
		}
	}
	if len(c.told) > 0 || relayed == 0 {
		t.Errorf("%d acknowledged signatures are lost, %d were handed on", len(c.told), relayed)
	}
	var counted, granted int
	for end := time.Now().Add(testkit.Patience); ; time.Sleep(100 * time.Millisecond) {
		var uncredited int
		err := errors.Join(
			db.Get(ctx, &uncredited, "SELECT COUNT(*) FROM signatures WHERE credited = 0"),
			db.Get(ctx, &counted, "SELECT signed FROM pledge_counts"),
			db.Get(ctx, &granted, "SELECT COUNT(*) FROM grants WHERE rule_key = 'signed' AND amount = 5"),
		)
		if err != nil {
			t.Fatal(err)
		}
		if uncredited == 0 || time.Now().After(end) {
			break
		}
	}
	if counted != len(rows) || granted != len(rows) {
		t.Errorf("of %d signatures %d are counted, and %d earned points", len(rows), counted, granted)
	}
	t.Logf("%d signatures over three kills", len(rows))
}
