package staff

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

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
	Hash    string   `db:"hash"`
}

// Record adds an entry to the log in the transaction of what it tells of, so
// that neither is kept without the other. Two entries at once: the key refuses
// the second, and its transaction runs again.
func Record(ctx context.Context, tx *sqldb.Tx, e Entry) error {
	var last Logged
	err := tx.Get(ctx, &last, "SELECT seq, at, staff_id, staff_name, action_name, subject, detail, hash FROM audit_log ORDER BY seq DESC LIMIT 1")
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return errs.Wrap(err, "read the audit log")
	}
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		return err
	}
	next := Logged{Seq: last.Seq + 1, At: time.Now().UnixMilli(), StaffID: e.ID, Name: e.Name, Action: e.Action, Subject: e.Subject, Detail: string(detail)}
	next.Hash = next.chain(last.Hash)
	_, err = tx.Exec(ctx, `INSERT INTO audit_log (seq, at, staff_id, staff_name, action_name, subject, detail, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, next.Seq, next.At, next.StaffID, next.Name, next.Action, next.Subject, next.Detail, next.Hash)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "write the audit log")
}

// chain is the entry's hash: over the hash before it and all of its own fields.
func (l *Logged) chain(before string) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%d\n%d\n%d\n%q\n%q\n%q\n%q", before, l.Seq, l.At, l.StaffID, l.Name, l.Action, l.Subject, l.Detail)
	return hex.EncodeToString(h.Sum(nil))
}

// Log lists entries, newest first: at most limit, older than before (0: all).
func (s *Service) Log(ctx context.Context, before int64, limit int) ([]Logged, error) {
	if before == 0 {
		before = 1 << 62
	}
	var entries []Logged
	err := s.db.Select(ctx, &entries, `
		SELECT seq, at, staff_id, staff_name, action_name, subject, detail, hash FROM audit_log
		WHERE seq < ? ORDER BY seq DESC LIMIT ?`, before, limit)
	return entries, errs.Wrap(err, "read the audit log")
}

// CheckLog goes through the whole log and returns the number of the first entry
// that does not follow from the one before it; 0 when all do.
func (s *Service) CheckLog(ctx context.Context) (int64, error) {
	var entry Logged
	var before string
	var broken, expected int64
	err := s.db.Each(ctx, &entry, func() error {
		expected++
		if broken == 0 && (entry.Seq != expected || entry.Hash != entry.chain(before)) {
			broken = expected
		}
		before = entry.Hash
		return nil
	}, "SELECT seq, at, staff_id, staff_name, action_name, subject, detail, hash FROM audit_log ORDER BY seq")
	return broken, errs.Wrap(err, "check the audit log")
}
