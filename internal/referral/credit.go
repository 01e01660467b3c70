package referral

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

// What takes back an invitation that was recorded and may not count: one too many on its
// day, or of somebody who has to be proven first.
var (
	errDayFull  = errors.New("the inviter's invitees of the day are enough")
	errUnproven = errors.New("the invitee has to be proven first")
)

func inviteDeed(invitee sqldb.ID, at int64) contest.Deed {
	return contest.Deed{Kind: contest.DeedInvite, Ref: strconv.FormatInt(int64(invitee), 10), At: at}
}

// CreditInviters is play's hook. An invitee's first finished attempt is an invitation of
// the inviter, recorded in the same transaction; an invitation that was recorded
// claims its place in the inviter's day.
func (s *Service) CreditInviters(ctx context.Context, w *play.Work, changes []*play.Change) error {
	firsts := firstsOf(changes)
	if err := s.countInvites(ctx, w, changes); err != nil || len(firsts) == 0 {
		return err
	}
	rows, err := readArrivals(ctx, w.Tx, firsts)
	if err != nil {
		return err
	}
	var deeds []play.PlayerDeed
	for i := range rows {
		row := &rows[i]
		first := firsts[arrivalKey{row.ContestID, row.PlayerID}]
		admitted, err := s.admitted(ctx, w.Tx, row)
		if err != nil {
			return err
		}
		if err := row.advance(ctx, w.Tx, first); err != nil {
			return err
		}
		if !admitted {
			continue
		}
		deed, err := s.credit(ctx, w.Tx, row, first.at)
		if err != nil {
			return err
		}
		deeds = append(deeds, deed...)
	}
	if len(deeds) == 0 {
		return nil
	}
	return w.Do(ctx, deeds)
}

// credit counts a waiting invitation, or refuses it, and returns what its inviter
// did by it.
func (s *Service) credit(ctx context.Context, tx *sqldb.Tx, row *arrivalRow, at int64) ([]play.PlayerDeed, error) {
	c := s.contestOf(row.ContestID)
	if row.State != stateWaiting || c == nil {
		return nil, nil
	}
	claimed, err := s.claim(ctx, tx, c.Definition, row, at)
	if err != nil {
		return nil, err
	}
	if !claimed {
		return nil, refuse(ctx, tx, row)
	}
	return []play.PlayerDeed{{Contest: c, PlayerID: row.InviterID, Deed: inviteDeed(row.PlayerID, at)}}, nil
}

type arrivalKey struct{ contest, player sqldb.ID }

// first is what a player did for the first time: finish an attempt, and perhaps
// pass one.
type first struct {
	at     int64
	tried  bool
	passed bool
}

// firstsOf finds the players among changes who finished or passed an attempt for
// the first time. Those of the training count for nothing.
func firstsOf(changes []*play.Change) map[arrivalKey]first {
	firsts := map[arrivalKey]first{}
	for _, c := range changes {
		if c.Attempt == nil || c.Attempt.Training() {
			continue
		}
		key := arrivalKey{c.ContestID, c.PlayerID}
		f := firsts[key]
		f.tried = f.tried || c.Ended == 1
		f.passed = f.passed || c.Attempt.Passed && c.Passes == 1
		if f.tried || f.passed {
			f.at = c.At()
			firsts[key] = f
		}
	}
	return firsts
}

// readArrivals reads the arrivals of players, in the order of inviters: the same
// in every transaction, so that two of them do not deadlock.
func readArrivals[T any](ctx context.Context, tx *sqldb.Tx, of map[arrivalKey]T) ([]arrivalRow, error) {
	var contests, players []sqldb.ID
	for key := range of {
		contests, players = append(contests, key.contest), append(players, key.player)
	}
	slices.Sort(contests)
	var rows []arrivalRow
	err := tx.SelectIn(ctx, &rows, "SELECT "+arrivalColumns+` FROM arrivals
		WHERE contest_id IN (?) AND player_id IN (?) ORDER BY inviter_id, player_id`, slices.Compact(contests), players)
	rows = slices.DeleteFunc(rows, func(r arrivalRow) bool {
		_, wanted := of[arrivalKey{r.ContestID, r.PlayerID}]
		return !wanted
	})
	return rows, errs.Wrap(err, "read how players came")
}

// advance notes how far the player has come, for the funnel of the channel.
func (row *arrivalRow) advance(ctx context.Context, tx *sqldb.Tx, f first) error {
	tried, passed := row.TriedAt, row.PassedAt
	if tried == 0 {
		tried = f.at
	}
	if passed == 0 && f.passed {
		passed = f.at
	}
	if tried == row.TriedAt && passed == row.PassedAt {
		return nil
	}
	_, err := tx.Exec(ctx, "UPDATE arrivals SET tried_at = ?, passed_at = ? WHERE contest_id = ? AND player_id = ?",
		tried, passed, row.ContestID, row.PlayerID)
	return errs.Wrap(err, "note a first attempt")
}

// countInvites claims the places of invitations that were recorded as deeds of
// their own; those of CreditInviters have theirs already.
func (s *Service) countInvites(ctx context.Context, w *play.Work, changes []*play.Change) error {
	invites := map[arrivalKey]*play.Change{}
	for _, c := range changes {
		if c.Deed != nil && c.Deed.Kind == contest.DeedInvite {
			invitee, _ := sqldb.ParseID(c.Deed.Ref)
			invites[arrivalKey{c.ContestID, invitee}] = c
		}
	}
	if len(invites) == 0 {
		return nil
	}
	rows, err := readArrivals(ctx, w.Tx, invites)
	if err != nil {
		return err
	}
	for i := range rows {
		row := &rows[i]
		if row.State != stateWaiting {
			continue
		}
		admitted, err := s.admitted(ctx, w.Tx, row)
		if err != nil {
			return err
		}
		if !admitted {
			return errUnproven
		}
		c := invites[arrivalKey{row.ContestID, row.PlayerID}]
		claimed, err := s.claim(ctx, w.Tx, c.Contest, row, c.Deed.At)
		if err != nil {
			return err
		}
		if !claimed {
			return errDayFull
		}
	}
	return nil
}

// claim counts a waiting invitation as the next of its inviter's day; false when
// the day is full.
func (s *Service) claim(
	ctx context.Context, tx *sqldb.Tx, d *contest.Definition, row *arrivalRow, at int64,
) (bool, error) {
	day, taken := d.Day(at), 0
	err := tx.Get(ctx, &taken, "SELECT COUNT(*) FROM arrivals WHERE contest_id = ? AND inviter_id = ? AND counted_day = ?",
		row.ContestID, row.InviterID, day)
	if err != nil {
		return false, errs.Wrap(err, "count the invitees of a day")
	}
	if taken >= d.Share.PerDay {
		return false, nil
	}
	matched, err := tx.Exec(ctx,
		`UPDATE arrivals SET state = ?, counted_day = ?, ordinal = ?, reached_at = ?, changed_at = ?
		WHERE contest_id = ? AND player_id = ? AND state = ?`,
		stateCounted, day, taken+1, at, s.millis(), row.ContestID, row.PlayerID, stateWaiting)
	if sqldb.IsDuplicate(err) || err == nil && matched == 0 {
		return false, sqldb.ErrStale // another transaction was faster: look again
	}
	return true, errs.Wrap(err, "count an invitation")
}

// refuse ends an invitation that came when the inviter's day was full.
func refuse(ctx context.Context, tx *sqldb.Tx, row *arrivalRow) error {
	_, err := tx.Exec(ctx,
		"UPDATE arrivals SET state = ?, reason = ? WHERE contest_id = ? AND player_id = ? AND state = ?",
		stateRefused, string(DayFull), row.ContestID, row.PlayerID, stateWaiting)
	return errs.Wrap(err, "refuse an invitation")
}
