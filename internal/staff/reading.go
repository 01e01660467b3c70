package staff

import (
	"context"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Note puts an act into the audit log that changes nothing: reading in bulk, or taking a
// file away.
func (s *Service) Note(ctx context.Context, e Entry) error {
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error { return Record(ctx, tx, e) })
}

// ErrTooManySearches refuses who looks for players by one phone number after another: the
// digits that lists hide could be found by trying.
var ErrTooManySearches = errs.New(errs.RateLimited, "too_many_searches",
	"一小时内按手机号最多查找 30 次，已经用完，请过一会儿再查")

const (
	searchByPhone   = "player.search_phone"
	searchesAnHour  = 30
	searchesCounted = time.Hour
)

// NoteSearch counts a search by phone number and puts it into the audit log, without the
// number; call it before looking. Errors: ErrTooManySearches.
func (s *Service) NoteSearch(ctx context.Context, by Actor, contestID sqldb.ID) error {
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var searched int
		err := tx.Get(ctx, &searched, "SELECT COUNT(*) FROM audit_log WHERE staff_id = ? AND action_name = ? AND at > ?",
			by.ID, searchByPhone, tx.Now().Add(-searchesCounted).UnixMilli())
		if err != nil {
			return errs.Wrap(err, "count searches by phone")
		}
		if searched >= searchesAnHour {
			return ErrTooManySearches
		}
		return Record(ctx, tx, Entry{Actor: by, Action: searchByPhone, Subject: contestID.String()})
	})
}
