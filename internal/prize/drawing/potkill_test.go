package drawing_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anquanda/internal/prize/drawing"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/fair"
)

// potDrawer is the environment of a process that draws: the drawing, a file that it makes
// before it does, and its store.
const potDrawer = "ANQUANDA_TEST_POT_DRAWER"

// drawsAndDies is what that process does.
func drawsAndDies(t *testing.T, told string) {
	var id sqldb.ID
	var ready, folder, database string
	if _, err := fmt.Sscanf(told, "%d %q %q %q", &id, &ready, &folder, &database); err != nil {
		t.Fatal(err)
	}
	open := func() *testkit.Store { return testkit.ServersOn(t, database) }
	if folder != "" {
		open = func() *testkit.Store { return testkit.EmbeddedIn(t, folder) }
	}
	f := fair.New(t, open())
	f.At("2026-06-18 21:00:00")
	if err := os.WriteFile(ready, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := f.DrawingsOf(f.Node).Draw(t.Context(), fair.Sun, id)
	t.Fatalf("it has drawn, with %v", err)
}

// The process that draws is killed with -9 at the fifth of ten shares.
func TestAProcessKilledInTheMiddleOfGivingAPotHasGivenNothing(t *testing.T) {
	if told := os.Getenv(potDrawer); told != "" {
		drawsAndDies(t, told)
	}
	if testing.Short() {
		t.Skip("-short kills no process")
	}
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := fair.NewHall(t, s)
		h.Apply(sharing(ofMoney))
		h.People(10, "")
		id := h.KnownDrawing("share")
		server, database := filepath.Split(s.MySQLDSN)
		slow := `CREATE TRIGGER slow BEFORE INSERT ON awards FOR EACH ROW
			BEGIN IF NEW.slip = 5 THEN DO SLEEP(600); END IF; END`
		if s.MySQLDSN == "" { // SQLite cannot sleep; it counts what it never ends to count
			slow = `CREATE TRIGGER slow BEFORE INSERT ON awards WHEN NEW.slip = 5 BEGIN SELECT COUNT(*) FROM enrolments a` +
				strings.Join([]string{"", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"}, ", enrolments ") + `; END`
		}
		if err := h.Exec(slow); err != nil {
			t.Fatal(err)
		}
		ready := filepath.Join(t.TempDir(), "ready")
		drawer := exec.Command(os.Args[0], "-test.run=^"+strings.Split(t.Name(), "/")[0]+"$")
		drawer.Env = append(os.Environ(), "ANQUANDA_TEST_MYSQL="+server,
			potDrawer+"="+fmt.Sprintf("%d %q %q %q", id, ready, s.DataFolder, database))
		var said strings.Builder
		drawer.Stdout, drawer.Stderr = &said, &said
		if err := drawer.Start(); err != nil {
			t.Fatal(err)
		}
		until(t, "the other process draws", func() bool { _, err := os.Stat(ready); return err == nil })
		const asleep = `SELECT COALESCE(MAX(id), 0) FROM information_schema.processlist
			WHERE db = ? AND state = 'User sleep'`
		if s.MySQLDSN != "" {
			until(t, "it gives", func() bool { return h.Count(asleep, database) > 0 })
		} else {
			time.Sleep(2 * time.Second)
		}
		drawer.Process.Kill()
		if err := drawer.Wait(); err == nil || drawer.ProcessState.Exited() {
			t.Fatalf("it was not killed: %v\n%s", err, said.String())
		}
		if s.MySQLDSN != "" { // the server finds its client gone
			if err := h.Exec(fmt.Sprintf("KILL %d", h.Count(asleep, database))); err != nil {
				t.Fatal(err)
			}
		}
		if err := h.Exec("DROP TRIGGER slow"); err != nil {
			t.Fatal(err)
		}
		if got := givenOf(h, id); got != [4]int{} {
			t.Errorf("shares, cents, places and what the pot counts: %v", got)
		}
		for _, on := range []*drawing.Drawings{h.Drawings, h.DrawingsOf(h.NewNode())} {
			if _, err := on.Draw(t.Context(), fair.Sun, id); err != nil {
				t.Fatal(err)
			}
			if got := givenOf(h, id); got != [4]int{10, 1003, 10, 1003} {
				t.Errorf("shares, cents, places and what the pot counts: %v", got)
			}
		}
		if n := h.Count("SELECT COUNT(DISTINCT player_id) FROM awards WHERE source_kind = 'pot'"); n != 10 {
			t.Errorf("%d people have a share", n)
		}
	})
}

// givenOf is how many shares a pot has given, of how many cents, the places drawn and what
// the pot counts.
func givenOf(h *fair.Hall, id sqldb.ID) [4]int {
	return [4]int{h.Count("SELECT COUNT(*) FROM awards WHERE source_kind = 'pot'"),
		h.Count("SELECT COALESCE(SUM(worth), 0) FROM awards WHERE source_kind = 'pot'"),
		h.Count("SELECT COUNT(*) FROM drawing_places WHERE drawing_id = ?", id),
		h.Count("SELECT given FROM drawing_pots WHERE drawing_id = ?", id)}
}

func until(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(testkit.Patience); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("in vain waited until %s", what)
		}
	}
}
