package app

import (
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

func TestANodeGoesByTheClockOfTheDatabaseWhereItsOwnIsOff(t *testing.T) {
	at := time.Date(2026, 6, 16, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name          string
		added         time.Duration // so far
		ahead, within time.Duration
		want          time.Duration
	}{
		{"they agree", 0, 0, 0, 0},
		{"they agree nearly", 0, 400 * time.Millisecond, 0, 0},
		{"they agree, for all that a slow question tells", 0, 3 * time.Second, 3 * time.Second, 0},
		{"the machine is 30 s behind", 0, 30 * time.Second, time.Millisecond, 30 * time.Second},
		{"the machine is 30 s ahead", 0, -30 * time.Second, time.Millisecond, -30 * time.Second},
		{"it was 30 s behind, and drifts", 30 * time.Second, 30*time.Second + 300*time.Millisecond, 0, 30 * time.Second},
		{"it was 30 s behind, and was set right", 30 * time.Second, time.Millisecond, 0, time.Millisecond},
		{"it was 30 s ahead, and is a minute", -30 * time.Second, -time.Minute, 0, -time.Minute},
	} {
		moved := &clock{local: func() time.Time { return at }}
		moved.added.Store(int64(c.added))
		moved.set(t.Context(), c.ahead, c.within)
		if got := moved.now().Sub(at); got != c.want {
			t.Errorf("%s: it goes by a clock %v ahead of its own, want %v", c.name, got, c.want)
		}
	}
}

func TestProgramsWhoseMachinesAreAMinuteApartTellTheSameTime(t *testing.T) {
	s := testkit.Servers(t)
	var told []time.Time
	for _, ahead := range []time.Duration{30 * time.Second, -30 * time.Second} {
		a, err := New(t.Context(), Config{Data: t.TempDir(), MySQL: s.MySQLDSN, Redis: s.RedisAddr(), Key: make([]byte, 32),
			Ahead: ahead})
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		told = append(told, a.now().Add(-time.Since(began)))
		apart, err := a.ClockApart(t.Context())
		if err != nil || (apart+ahead).Abs() > time.Second {
			t.Errorf("a machine %v ahead: the database is said to be %v ahead, %v", ahead, apart, err)
		}
	}
	if apart := told[0].Sub(told[1]); apart.Abs() > time.Second {
		t.Errorf("two programs on one database are %v apart", apart)
	}
}

var began = time.Now()

func TestTheAuditLogIsDatedByTheClockThatAllNodesGoBy(t *testing.T) {
	a, err := New(t.Context(), Config{Data: t.TempDir(), Key: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	a.clock.added.Store(int64(time.Hour)) // the machine is an hour behind the database
	err = a.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
		return staff.Record(t.Context(), tx, staff.Entry{Actor: staff.CommandLine, Action: "test.clock"})
	})
	if err != nil {
		t.Fatal(err)
	}
	log, err := a.Staff.Log(t.Context(), 0, 1)
	if err != nil || len(log) != 1 || time.Until(time.UnixMilli(log[0].At)) < time.Hour-time.Minute {
		t.Errorf("%+v, %v", log, err)
	}
}
