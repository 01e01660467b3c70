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
	err := tx.Get(ctx, &last,
		"SELECT seq, at, staff_id, staff_name, action_name, subject, detail, hash FROM audit_log ORDER BY seq DESC LIMIT 1")
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return errs.Wrap(err, "read the audit log")
	}
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		return err
	}
	next := Logged{Seq: last.Seq + 1, At: time.Now().UnixMilli(), StaffID: e.ID, Name: e.Name, Action: e.Action,
		Subject: e.Subject, Detail: string(detail)}
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

// LogCheck is what CheckLog found.
type LogCheck struct {
	Entries int64  // looked at
	Broken  int64  // number of the first entry that does not follow from the one before it; 0: all do
	Last    Logged // the newest entry
}

// CheckLog goes through the newest entries of the log, or through all with 0, and
// tells whether each follows from the one before it. The oldest of a part is taken
// as it is. The chain cannot tell that the newest entries were taken away: who has
// noted the number and hash of Last once sees it.
func (s *Service) CheckLog(ctx context.Context, newest int64) (LogCheck, error) {
	var check LogCheck
	var first int64 = 1
	if newest > 0 {
		err := s.db.Get(ctx, &first, "SELECT COALESCE(MAX(seq), 0) FROM audit_log")
		if err != nil {
			return check, errs.Wrap(err, "check the audit log")
		}
		first = max(1, first-newest+1)
	}
	var entry Logged
	err := s.db.Each(ctx, &entry, func() error {
		expected := first + check.Entries
		anchor := expected == first && first > 1
		if check.Broken == 0 && (entry.Seq != expected || !anchor && entry.Hash != entry.chain(check.Last.Hash)) {
			check.Broken = expected
		}
		check.Entries++
		check.Last = entry
		return nil
	}, `SELECT seq, at, staff_id, staff_name, action_name, subject, detail, hash FROM audit_log
		WHERE seq >= ? ORDER BY seq`, first)
	return check, errs.Wrap(err, "check the audit log")
}
