package staff

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// shipAtOnce bounds how many entries go out at a time.
const shipAtOnce = 500

// Ship sends the entries of the log on that were not sent to target yet, in order, after
// their commit: to where whoever holds this store cannot take them back. The first time
// it begins with the entries that follow. After a crash between sending and noting, the
// last are sent again; nodes that ship to one target take turns.
func (s *Service) Ship(ctx context.Context, target string, send func(lines []string) error) error {
	from, err := s.shipped(ctx, target)
	if err != nil {
		return err
	}
	for {
		var entries []Logged
		err := s.db.Select(ctx, &entries,
			"SELECT "+loggedColumns+" FROM audit_log WHERE seq > ? ORDER BY seq LIMIT ?", from, shipAtOnce)
		if err != nil || len(entries) == 0 {
			return errs.Wrap(err, "read what is to be shipped of the audit log")
		}
		lines := make([]string, len(entries))
		for i := range entries {
			lines[i] = entries[i].Line()
		}
		if err := send(lines); err != nil {
			return fmt.Errorf("ship the audit log to %s: %w", target, err)
		}
		to := entries[len(entries)-1].Seq
		var matched int64
		err = s.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
			matched, err = tx.Exec(ctx, "UPDATE audit_shipped SET seq = ? WHERE target = ? AND seq = ?", to, target, from)
			return err
		})
		if err != nil || matched == 0 { // another node was faster
			return errs.Wrap(err, "note what was shipped of the audit log")
		}
		from = to
	}
}

// shipped is up to which entry target has the log.
func (s *Service) shipped(ctx context.Context, target string) (int64, error) {
	var seq int64
	err := s.db.Get(ctx, &seq, "SELECT seq FROM audit_shipped WHERE target = ?", target)
	if !errors.Is(err, sql.ErrNoRows) {
		return seq, errs.Wrap(err, "read how much of the audit log was shipped")
	}
	head, err := HeadOf(ctx, s.db)
	if err != nil {
		return 0, err
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO audit_shipped (target, seq) VALUES (?, ?)", target, head.Entries)
		return err
	})
	if sqldb.IsDuplicate(err) {
		err = nil
	}
	return head.Entries, errs.Wrap(err, "begin to ship the audit log")
}

// Line is the entry in one line, for logs elsewhere: fields as name=value, quoted as in
// Go, with the hash by which it is found in the chain.
func (l *Logged) Line() string {
	var b strings.Builder
	fmt.Fprintf(&b, "seq=%d at=%s staff=%d name=%q action=%q subject=%q detail=%q hash=%s", l.Seq,
		time.UnixMilli(l.At).UTC().Format("2006-01-02T15:04:05.000Z"), int64(l.StaffID), l.Name, l.Action, l.Subject,
		l.Detail, l.Hash)
	return b.String()
}
