package tally

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Series is something that happens beside attempts and is counted by the hour.
type Series string

// The series.
const (
	Joined  Series = "joined"
	Invited Series = "invited" // came by a link of a player
	Drawn   Series = "drawn"   // instant draws
	Won     Series = "won"     // prizes that went out of the stock
	Pledged Series = "pledged"
	Shared  Series = "shared"
)

var allSeries = []Series{Joined, Invited, Drawn, Won, Pledged, Shared}

// counting is how a series is counted within two moments, by an index of the contest and
// the time.
var counting = map[Series]string{
	Joined: "SELECT COUNT(*) FROM enrolments WHERE contest_id = ? AND joined_at >= ? AND joined_at < ?",
	Invited: `SELECT COUNT(*) FROM arrivals
		WHERE contest_id = ? AND arrived_at >= ? AND arrived_at < ? AND inviter_id <> 0`,
	Drawn:   "SELECT COUNT(*) FROM draws WHERE contest_id = ? AND drawn_at >= ? AND drawn_at < ?",
	Won:     "SELECT COUNT(*) FROM awards WHERE contest_id = ? AND won_at >= ? AND won_at < ?",
	Pledged: "SELECT COUNT(*) FROM signatures WHERE contest_id = ? AND signed_at >= ? AND signed_at < ?",
	Shared:  "SELECT COUNT(*) FROM deeds WHERE contest_id = ? AND kind = 'share' AND done_at >= ? AND done_at < ?",
}

const (
	// settleAfter is how long an hour is counted again after its end: no row comes later
	// than that with a time within it.
	settleAfter = 10 * time.Minute
	// countedBefore and countedAfter are how far from a contest's window things are counted.
	countedBefore = 60 * 24 * time.Hour
	countedAfter  = 30 * 24 * time.Hour
)

// CountHours counts the hours that are not settled, of all contests.
func (s *Service) CountHours(ctx context.Context) (failed error) {
	for _, id := range s.catalog.IDs() {
		failed = errors.Join(failed, s.countHoursOf(ctx, id))
	}
	return failed
}

type markRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	OpenFrom  int      `db:"open_from"`
	Turns     int64    `db:"turns"`
}

type eventRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	Kind      Series   `db:"kind"`
	Slot      int      `db:"slot"`
	Happened  int64    `db:"happened"`
}

// countHoursOf sets the numbers of every hour from the watermark to now, and moves it on.
func (s *Service) countHoursOf(ctx context.Context, contestID sqldb.ID) error {
	c, err := s.catalog.Of(contestID)
	if err != nil {
		return err
	}
	mark, known, err := s.mark(ctx, c)
	if err != nil {
		return err
	}
	now := s.now().UnixMilli()
	until := min(int(now/hourMS), int((c.Window.Closes.MS+countedAfter.Milliseconds())/hourMS))
	if mark.OpenFrom > until {
		return nil
	}
	rows, err := s.countEvents(ctx, contestID, mark.OpenFrom, until)
	if err != nil {
		return err
	}
	next := mark
	next.Turns++
	next.OpenFrom = max(mark.OpenFrom, min(until, int((now-settleAfter.Milliseconds())/hourMS)))
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if won, err := moveMark(ctx, tx, mark, next, known); err != nil || !won {
			return err
		}
		_, err := tx.Exec(ctx, "DELETE FROM tally_events WHERE contest_id = ? AND slot >= ?", contestID, mark.OpenFrom)
		if err != nil {
			return err
		}
		return sqldb.Insert(ctx, tx, "INSERT INTO tally_events", rows)
	})
	if sqldb.IsDuplicate(err) {
		return nil // another node begins at the same moment
	}
	return errs.Wrap(err, "write what happened by the hour")
}

func (s *Service) mark(ctx context.Context, c *catalog.Contest) (row markRow, known bool, err error) {
	err = s.db.Get(ctx, &row, "SELECT contest_id, open_from, turns FROM tally_marks WHERE contest_id = ?", c.ContestID)
	if errors.Is(err, sql.ErrNoRows) {
		return markRow{ContestID: c.ContestID, OpenFrom: firstHour(c.Definition)}, false, nil
	}
	return row, true, errs.Wrap(err, "read up to which hour is counted")
}

func firstHour(d *contest.Definition) int {
	opens := d.Window.Opens.MS
	if d.Training != nil {
		opens = min(opens, d.Training.Opens.MS)
	}
	return int((opens - countedBefore.Milliseconds()) / hourMS)
}

// moveMark takes the turn; false where another node took it.
func moveMark(ctx context.Context, tx *sqldb.Tx, mark, next markRow, known bool) (won bool, err error) {
	if !known {
		return true, sqldb.Insert(ctx, tx, "INSERT INTO tally_marks", []markRow{next})
	}
	matched, err := tx.Exec(ctx, "UPDATE tally_marks SET open_from = ?, turns = ? WHERE contest_id = ? AND turns = ?",
		next.OpenFrom, next.Turns, mark.ContestID, mark.Turns)
	return matched == 1, err
}

// countEvents counts each hour, from its rows. A long time without anything (before a
// contest opens) is passed over at once.
func (s *Service) countEvents(ctx context.Context, contestID sqldb.ID, from, until int) (rows []eventRow, err error) {
	for _, series := range s.series {
		if err := s.countSpan(ctx, series, contestID, from, until+1, &rows); err != nil {
			return nil, errs.Wrap(err, "count %s", series)
		}
	}
	return rows, nil
}

// countSpan halves a span until it has nothing in it, or is an hour.
func (s *Service) countSpan(
	ctx context.Context, series Series, contestID sqldb.ID, from, to int, rows *[]eventRow,
) error {
	var n int64
	if err := s.db.Get(ctx, &n, counting[series], contestID, int64(from)*hourMS, int64(to)*hourMS); err != nil {
		return err
	}
	if n == 0 {
		return nil
	}
	if to-from == 1 {
		*rows = append(*rows, eventRow{contestID, series, from, n})
		return nil
	}
	middle := from + (to-from)/2
	if err := s.countSpan(ctx, series, contestID, from, middle, rows); err != nil {
		return err
	}
	return s.countSpan(ctx, series, contestID, middle, to, rows)
}
