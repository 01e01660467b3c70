package staff

import (
	"context"
	"database/sql"
	"errors"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
)

// LogCheck is what CheckLog found.
type LogCheck struct {
	Entries   int64  // looked at
	Broken    int64  // number of the first entry that does not follow from the one before it; 0: all do
	KeyedFrom int64  // number of the first entry whose hash takes the key; 0: none
	Last      Logged // the newest entry

	keyAge int   // age of the newest key that has signed an entry so far
	keyAt  int64 // when it first did, UTC ms
}

// follows reports whether an entry follows from the one before it. Once entries take
// the key, none without it may come.
func (c *LogCheck) follows(db *sqldb.DB, entry *Logged) bool {
	switch {
	case entry.Keyed:
		age, ok := db.Signed(entry.text(c.Last.Hash), entry.Hash)
		return ok && c.inItsTime(entry, age)
	case c.KeyedFrom != 0:
		return false
	}
	return entry.Hash == entry.chain(c.Last.Hash)
}

// inItsTime reports whether an entry may be signed by a key of that age: once a newer one
// has signed, the earlier one signs no more, but on a node that was late to change. Whoever
// holds a key that was replaced cannot write on.
func (c *LogCheck) inItsTime(entry *Logged, age int) bool {
	if c.keyAt == 0 || age < c.keyAge {
		c.keyAge, c.keyAt = age, entry.At
	}
	return age == c.keyAge || entry.At-c.keyAt <= 2*keyring.TurnsFor.Milliseconds()
}

// CheckLog goes through the newest entries of the log, or through all with 0, and
// tells whether each follows from the one before it. The oldest of a part is taken
// as it is. The chain cannot tell that the newest entries were taken away: who has
// noted a Head once sees it (MissingHead).
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
		if check.Broken == 0 && (entry.Seq != expected || !anchor && !check.follows(s.db, &entry)) {
			check.Broken = expected
		}
		if entry.Keyed && check.KeyedFrom == 0 {
			check.KeyedFrom = entry.Seq
		}
		check.Entries++
		check.Last = entry
		return nil
	}, "SELECT "+loggedColumns+" FROM audit_log WHERE seq >= ? ORDER BY seq", first)
	return check, errs.Wrap(err, "check the audit log")
}

// Head is how the log stood at a moment: how many entries it had, and the hash of the
// last. It stands in published transcripts, so that nobody can cut the log unseen.
type Head struct {
	Entries int64
	Hash    string
}

// HeadOf reads how the log stands; the zero Head for an empty one.
func HeadOf(ctx context.Context, from sqldb.Reader) (Head, error) {
	var last Logged
	err := from.Get(ctx, &last, "SELECT "+loggedColumns+" FROM audit_log ORDER BY seq DESC LIMIT 1")
	if errors.Is(err, sql.ErrNoRows) {
		return Head{}, nil
	}
	return Head{Entries: last.Seq, Hash: last.Hash}, errs.Wrap(err, "read the audit log")
}

// MissingHead looks for heads of earlier days in the log and returns the number of the
// first entry that is not there as it was; 0 when all are.
func (s *Service) MissingHead(ctx context.Context, heads []Head) (int64, error) {
	for _, head := range heads {
		var there int
		err := s.db.Get(ctx, &there, "SELECT COUNT(*) FROM audit_log WHERE seq = ? AND hash = ?", head.Entries, head.Hash)
		if err != nil {
			return 0, errs.Wrap(err, "look for a head of the audit log")
		}
		if there == 0 {
			return head.Entries, nil
		}
	}
	return 0, nil
}
