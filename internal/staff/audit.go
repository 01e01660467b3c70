package staff

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Actor is who did something: a member of staff, or the command line (ID 0).
type Actor struct {
	ID   sqldb.ID
	Name string
}

// ActorOf is the actor that a member of staff is.
func ActorOf(m *Member) Actor { return Actor{ID: m.ID, Name: m.Name} }

// CommandLine is who acts through `anquanda` in a terminal.
var CommandLine = Actor{Name: "命令行"}

// Entry is something that was done, for the audit log. Action is a stable dotted
// name; Subject says to what; Detail holds what a reader needs to judge it, and
// no personal data of players.
type Entry struct {
	Actor
	Action  string
	Subject string
	Detail  map[string]any
}

// Logged is an entry as it stands in the log.
type Logged struct {
	Seq     int64    `db:"seq"`
	At      int64    `db:"at"` // UTC ms
	StaffID sqldb.ID `db:"staff_id"`
	Name    string   `db:"staff_name"`
	Action  string   `db:"action_name"`
	Subject string   `db:"subject"`
	Detail  string   `db:"detail"` // JSON
	Keyed   bool     `db:"keyed"`  // the hash takes the key of the installation
	Hash    string   `db:"hash"`
}

var loggedColumns = sqldb.Columns[Logged]("")

// Record adds an entry to the log in the transaction of what it tells of, so
// that neither is kept without the other. Two entries at once: the key refuses
// the second, and its transaction runs again.
func Record(ctx context.Context, tx *sqldb.Tx, e Entry) error {
	var last Logged
	err := tx.Get(ctx, &last, "SELECT "+loggedColumns+" FROM audit_log ORDER BY seq DESC LIMIT 1")
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return errs.Wrap(err, "read the audit log")
	}
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		return err
	}
	next := Logged{Seq: last.Seq + 1, At: tx.Now().UnixMilli(), StaffID: e.ID, Name: e.Name, Action: e.Action,
		Subject: e.Subject, Detail: string(detail)}
	next.Hash = tx.Sign(next.text(last.Hash))
	if next.Keyed = next.Hash != ""; !next.Keyed {
		next.Hash = next.chain(last.Hash)
	}
	keyed := flag(next.Keyed)
	_, err = tx.Exec(ctx, `INSERT INTO audit_log
			(seq, at, staff_id, staff_name, action_name, subject, detail, keyed, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, next.Seq, next.At, next.StaffID, next.Name, next.Action, next.Subject,
		next.Detail, keyed, next.Hash)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "write the audit log")
}

// text is what the entry's hash is over: the hash before it and all of its own fields.
func (l *Logged) text(before string) string {
	return fmt.Sprintf("%s\n%d\n%d\n%d\n%q\n%q\n%q\n%q", before, l.Seq, l.At, l.StaffID, l.Name, l.Action, l.Subject,
		l.Detail)
}

// chain is the hash of an entry that was written without a key.
func (l *Logged) chain(before string) string {
	sum := sha256.Sum256([]byte(l.text(before)))
	return hex.EncodeToString(sum[:])
}

// Log lists entries, newest first: at most limit, older than before (0: all).
func (s *Service) Log(ctx context.Context, before int64, limit int) ([]Logged, error) {
	if before == 0 {
		before = 1 << 62
	}
	var entries []Logged
	err := s.db.Select(ctx, &entries,
		"SELECT "+loggedColumns+" FROM audit_log WHERE seq < ? ORDER BY seq DESC LIMIT ?", before, limit)
	return entries, errs.Wrap(err, "read the audit log")
}
