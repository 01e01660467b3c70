package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/ncruces/go-sqlite3"
)

// What servers say in their references, and what may be done then. The sources: [M] dev.mysql.com
// "Server Error Message Reference", [A] mariadb.com "MariaDB Error Codes", [D] go-sql-driver's
// source (RejectReadOnly), [G] the MariaDB page "Known Limitations" of Galera, [T] docs.pingcap.com
// "Error Codes and Troubleshooting".
func TestEveryErrorTellsWhatBecameOfTheTransaction(t *testing.T) {
	network := &net.OpError{Op: "read", Err: errors.New("connection reset by peer")}
	for _, c := range []struct {
		source         string
		err            error
		work, atCommit fate
	}{
		{"[M] 1062 duplicate", number(1062), final, final},
		{"[M] 1064 syntax", number(1064), final, final},
		{"[M] 1045 access denied", number(1045), final, final},
		{"[M] 1114 table full", number(1114), final, final},
		{"[M] 1205 lock wait", number(1205), conflict, conflict},
		{"[M] 1213 deadlock, [G] certification at commit", number(1213), conflict, conflict},
		{"[A] 1020 record changed", number(1020), conflict, conflict},
		{"[M] 3101 rollback during commit", number(3101), conflict, conflict},
		{"[M] 3100 hook failed", number(3100), away, away},
		{"[M] 3781 held for a new primary", number(3781), away, away},
		{"[M] 3782 the same", number(3782), away, away},
		{"[M] 3783 the same", number(3783), away, away},
		{"[G] 1047 not prepared", number(1047), away, away},
		{"[M] 1040 too many connections", number(1040), away, away},
		{"[M] 1053 shutdown", number(1053), away, unknown},
		{"[A] 1927 killed", number(1927), away, unknown},
		{"[M] 1317 interrupted", number(1317), away, unknown},
		{"[D] 1290 read-only", number(1290), away, away},
		{"[D] 1792 read-only", number(1792), away, away},
		{"[D] 1836 read-only", number(1836), away, away},
		{"[M] 1180 during commit", number(1180), unknown, unknown},
		{"[M] 1180 for certification", &mysql.MySQLError{Number: 1180,
			Message: "Got error 149 - 'Lock deadlock; Retry transaction' during COMMIT"}, conflict, conflict},
		{"[T] 8002", number(8002), conflict, conflict},
		{"[T] 8022", number(8022), conflict, conflict},
		{"[T] 8028", number(8028), conflict, conflict},
		{"[T] 9007", number(9007), conflict, conflict},
		{"[T] 9001", number(9001), away, unknown},
		{"[T] 9002", number(9002), away, unknown},
		{"[T] 9003", number(9003), away, unknown},
		{"[T] 9004", number(9004), away, unknown},
		{"[T] 9005", number(9005), away, unknown},
		{"[T] 8501 undetermined", number(8501), unknown, unknown},
		{"a lost connection", network, away, unknown},
		{"a lost connection, by the driver", mysql.ErrInvalidConn, away, unknown},
		{"the driver's own word for nothing sent", errors.New("bad connection"), final, unknown},
		{"nothing sent", driver.ErrBadConn, away, away},
		{"too late", context.DeadlineExceeded, away, unknown},
		{"gone away", context.Canceled, final, final},
		{"over before", sql.ErrTxDone, final, final},
		{"overtaken", ErrStale, conflict, conflict},
		{"SQLite is busy", sqlite3.BUSY, conflict, conflict},
		{"SQLite is full", sqlite3.FULL, final, final},
		{"SQLite refuses", sqlite3.CONSTRAINT_UNIQUE, final, final},
		{"a rule", errors.New("the rules say no"), final, unknown}, // no rule speaks at commit
	} {
		wrapped := fmt.Errorf("insert: %w", c.err)
		if got := fateOf(wrapped, false); got != c.work {
			t.Errorf("%s: %d, want %d", c.source, got, c.work)
		}
		if got := fateOf(wrapped, true); got != c.atCommit {
			t.Errorf("%s at commit: %d, want %d", c.source, got, c.atCommit)
		}
	}
}

func number(n uint16) error { return &mysql.MySQLError{Number: n, Message: "said by the server"} }

func TestPatienceIsTheStoresAndNotEachCallers(t *testing.T) {
	var o outage
	if !o.goesOn(t.Context(), ErrStale) {
		t.Error("the first failure is not tried again")
	}
	o.since = time.Now().Add(-patience) // it has been away for long
	if o.goesOn(t.Context(), ErrStale) {
		t.Error("a store that stays away is tried on")
	}
	o.last = time.Now().Add(-2 * patience) // and nobody asked since
	if !o.goesOn(t.Context(), ErrStale) {
		t.Error("a new outage gets no patience")
	}
	o.ended(t.Context())
	o.since = time.Now().Add(-time.Hour)
	if !o.goesOn(t.Context(), ErrStale) {
		t.Error("an outage after one that ended gets no patience")
	}
}

func TestPausesFindANewPrimarySoon(t *testing.T) {
	for try := 1; try < 100; try++ {
		if pause := pauseAway(try); pause <= 0 || pause > longestPause {
			t.Fatalf("try %d waits %v", try, pause)
		}
	}
}

func TestGaleraIsTakenWithOneWriterAlone(t *testing.T) {
	one := galeraNode{On: true, Name: "db1", Flush: "1"}
	other := one
	other.Name = "db2"
	if err := judgeGalera(t.Context(), []galeraNode{one, one, one}); err != nil {
		t.Errorf("one writer: %v", err)
	}
	err := judgeGalera(t.Context(), []galeraNode{one, one, other})
	if err == nil || !strings.Contains(err.Error(), "lose updates") || !strings.Contains(err.Error(), "db1, db2") {
		t.Errorf("two writers: %v", err)
	}
}
