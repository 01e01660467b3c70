package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net"
	"strings"

	"github.com/go-sql-driver/mysql"
	"github.com/ncruces/go-sqlite3"
)

// fate is what an error of the store says of the transaction that it ended.
type fate int

const (
	// final: the statement is wrong, or refused for what it says; again would end alike.
	final fate = iota
	// conflict: rolled back for the sake of another transaction; may be run again at once.
	conflict
	// away: not carried out, because the store, or the node of it that was asked, takes no
	// writes for now; may be run again once another does.
	away
	// unknown: nobody can tell whether it was committed; may be run again only where the
	// schema refuses to store the same twice.
	unknown
)

// fateOf tells the fate of a transaction from its error; committing, that COMMIT was sent.
//
// A connection that is lost before COMMIT leaves nothing: the server rolls back. One that
// is lost after it leaves the question open, and so does whatever we do not know.
func fateOf(err error, committing bool) fate {
	if number := mysqlNumber(err); number != 0 {
		return fateOfNumber(number, err.Error(), committing)
	}
	switch {
	case err == nil:
		return final
	case errors.Is(err, ErrStale) || errors.Is(err, sqlite3.BUSY) || errors.Is(err, sqlite3.LOCKED):
		return conflict
	case isOfSQLite(err) || errors.Is(err, sql.ErrTxDone) || errors.Is(err, context.Canceled):
		return final
	case errors.Is(err, driver.ErrBadConn): // nothing was sent, or refused as read-only (RejectReadOnly)
		return away
	case committing:
		return unknown
	case lost(err):
		return away
	}
	return final
}

func isOfSQLite(err error) bool {
	var e *sqlite3.Error
	var code sqlite3.ErrorCode
	var extended sqlite3.ExtendedErrorCode
	return errors.As(err, &e) || errors.As(err, &code) || errors.As(err, &extended)
}

// lost reports whether err says that the connection ended, or was never made. (That it is
// a net.Error tells nothing: SQLite's errors have those methods too.)
func lost(err error) bool {
	var network *net.OpError
	return errors.As(err, &network) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, mysql.ErrInvalidConn) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone)
}

// told is what a server's error number means; atCommit, as the answer to COMMIT.
type told struct {
	fate, atCommit fate
	why            string
}

// numbers are the error numbers of servers after which a transaction may be run again. What
// they mean is from the servers' references: MySQL's and MariaDB's lists of errors,
// go-sql-driver's source for those of RejectReadOnly, TiDB's "Error Codes and Troubleshooting".
var numbers = map[uint16]told{
	mysqlLockWait:      {conflict, conflict, "waited too long for a lock"},
	mysqlDeadlock:      {conflict, conflict, "deadlock; of Galera also at COMMIT, when another node was first"},
	mariadbRecordMoved: {conflict, conflict, "MariaDB: the row changed since it was read"},
	3101:               {conflict, conflict, "group replication: another member was first"},
	8002:               {conflict, conflict, "TiDB: conflict at commit, rolled back"},
	8005:               {conflict, conflict, "TiDB: write conflict, the start is stale"},
	8022:               {conflict, conflict, "TiDB: commit failed, rolled back"},
	8028:               {conflict, conflict, "TiDB: the schema changed meanwhile"},
	9007:               {conflict, conflict, "TiDB: write conflict"},

	1040: {away, away, "too many connections"},
	1047: {away, away, "Galera: the node is not part of the primary component"},
	1053: {away, unknown, "the server shuts down"},
	1290: {away, away, "read-only: a primary before"},
	1792: {away, away, "read-only transaction"},
	1836: {away, away, "read-only mode"},
	1927: {away, unknown, "MariaDB: the connection was killed; also what a stopping server says"},
	3100: {away, away, "group replication: the member lost its group before the commit"},
	3168: {away, unknown, "the server is not available"},
	3781: {away, away, "group replication: a new primary still applies what was before it"},
	3782: {away, away, "group replication: stopped while a new primary applied what was before it"},
	3783: {away, away, "group replication: the member is in error"},
	4031: {away, unknown, "the client was idle too long"},
	9001: {away, unknown, "TiDB: the placement driver does not answer"},
	9002: {away, unknown, "TiDB: storage does not answer"},
	9003: {away, unknown, "TiDB: storage is busy"},
	9004: {away, unknown, "TiDB: locks could not be resolved in time"},
	9005: {away, unknown, "TiDB: a region has no leader"},

	1180: {unknown, unknown, "an error during COMMIT, of whatever kind"},
	1317: {away, unknown, "the statement was interrupted"},
	8501: {unknown, unknown, "TiDB: the outcome is undetermined"},
}

// certificationFailed is how group replication says, by number 1180, that another member
// was first: the transaction was rolled back.
const certificationFailed = "Got error 149"

func fateOfNumber(number uint16, text string, committing bool) fate {
	told, known := numbers[number]
	switch {
	case !known:
		return final
	case number == mysqlDuringCommit && strings.Contains(text, certificationFailed):
		return conflict
	case committing:
		return told.atCommit
	}
	return told.fate
}

// staysBad reports whether the connection that err came by is of no use to the next
// transaction either: its node has to be left for another one.
func staysBad(err error) bool {
	switch mysqlNumber(err) {
	case 0, mysqlTooManyConnections:
		return false
	}
	return fateOf(err, false) == away
}

// Unreachable reports whether err says that the store cannot be reached, or takes no writes.
func Unreachable(err error) bool {
	told := numbers[mysqlNumber(err)]
	return told.fate == away || told.fate == unknown || lost(err)
}
