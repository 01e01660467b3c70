package live

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/live/room"
	"anquanda/internal/sqldb"
)

// resultRow is what a confirmation came to for a member.
type resultRow struct {
	RoomID      sqldb.ID `db:"room_id"`
	Confirmed   int      `db:"confirmed"` // which confirmation, from 1
	Member      int32    `db:"member"`
	PlayerID    sqldb.ID `db:"player_id"`
	Place       int32    `db:"place"` // rank
	Points      int32    `db:"points"`
	Right       int32    `db:"right_answers"`
	Remaining   bool     `db:"remaining"` // left at the end of an elimination
	Share       int      `db:"share"`     // of the pot, by this confirmation; cents or points
	Credited    bool     `db:"credited"`
	ConfirmedAt int64    `db:"confirmed_at"`
}

var resultColumns = sqldb.Columns[resultRow]("")

// storeResult writes what a confirmation came to, in the transaction of its step: so it
// is what stood then, whatever is voided or corrected after.
func (k *keeper) storeResult(ctx context.Context, tx *sqldb.Tx, seen *Seen, after *room.State) error {
	rows := seen.results(after.Confirmed, after.EndedAt)
	if pot := seen.Plan.Live.Pot; pot != nil {
		had, given, err := readShares(ctx, tx, k.id)
		if err != nil {
			return err
		}
		unproven, err := k.unproven(ctx, tx, seen, rows)
		if err != nil {
			return err
		}
		sharePot(pot.Total, rows, had, given, unproven)
		if err := k.storePot(ctx, tx, seen, rows); err != nil {
			return err
		}
	}
	for i := range rows {
		rows[i].Credited = seen.Rehearsal || len(seen.Plan.Live.Gives) == 0 && rows[i].Share == 0
	}
	return errs.Wrap(sqldb.Insert(ctx, tx, "INSERT INTO live_results", rows), "store the result of a live room")
}

// results are the rows of a confirmation, without shares.
func (s *Seen) results(confirmed int, at int64) []resultRow {
	rows := make([]resultRow, 0, len(s.Table.Order))
	for i := range s.Members {
		m := &s.Members[i]
		st := s.Table.Of(m.Member)
		if m.Robot || m.Removed || st == nil {
			continue
		}
		rows = append(rows, resultRow{RoomID: s.RoomID, Confirmed: confirmed, Member: m.Member, PlayerID: m.PlayerID,
			Place: st.Rank, Points: st.Points, Right: st.Right, ConfirmedAt: at,
			Remaining: s.Plan.Live.Mode == contest.LiveElimination && st.In && st.Out == 0})
	}
	return rows
}

// sharePot gives those who are left their shares, had those of before, which come to
// given. Who has to be proven first has no part of it; once proven, a later confirmation
// gives one as far as what was not given yet reaches.
func sharePot(total int, rows []resultRow, had map[int32]int, given int, unproven map[sqldb.ID]bool) {
	left, fresh := 0, 0
	for i := range rows {
		if rows[i].Remaining && !unproven[rows[i].PlayerID] {
			left++
			if had[rows[i].Member] == 0 {
				fresh++
			}
		}
	}
	share := contest.PotShareLater(total, given, left, fresh)
	for i := range rows {
		if rows[i].Remaining && had[rows[i].Member] == 0 && !unproven[rows[i].PlayerID] {
			rows[i].Share = share
		}
	}
}

// unproven tells who of those who are left gets no share because the contest keeps pots
// for proven persons.
func (k *keeper) unproven(ctx context.Context, tx *sqldb.Tx, seen *Seen,
	rows []resultRow) (map[sqldb.ID]bool, error) {
	in, err := k.service.catalog.Of(seen.ContestID)
	if err != nil || !in.NeedsProof(contest.ForPots) {
		return nil, err
	}
	var left []sqldb.ID
	for i := range rows {
		if rows[i].Remaining {
			left = append(left, rows[i].PlayerID)
		}
	}
	who, err := identity.EnrolmentsIn(ctx, tx, seen.ContestID, left)
	unproven := map[sqldb.ID]bool{}
	for _, player := range left {
		unproven[player] = !in.IsProven(who[player].Proofs)
	}
	return unproven, err
}

// readShares reads what confirmations gave of a room's pot, by member, and in all.
func readShares(ctx context.Context, from sqldb.Reader, id sqldb.ID) (had map[int32]int, given int, err error) {
	var rows []struct {
		Member int32 `db:"member"`
		Share  int   `db:"share"`
	}
	err = from.Select(ctx, &rows, "SELECT member, share FROM live_results WHERE room_id = ? AND share > 0", id)
	had = make(map[int32]int, len(rows))
	for _, row := range rows {
		had[row.Member] += row.Share
		given += row.Share
	}
	return had, given, errs.Wrap(err, "read the shares of a pot")
}

// Share is a member's share of the pot, in cents or points: once the result is
// confirmed what is given, before that what it would be now; 0 where there is none.
func (s *Seen) Share(member int32) int {
	pot, st := s.Plan.Live.Pot, s.Table.Of(member)
	switch {
	case pot == nil:
		return 0
	case s.State.Confirmed > 0:
		return s.shares[member]
	case st == nil || !st.In || st.Out > 0 || st.Rank == 0:
		return 0
	}
	return contest.PotShare(pot.Total, s.Table.Alive)
}

// readConfirmed reads the shares that a confirmed room has given.
func (k *keeper) readConfirmed(ctx context.Context, seen, before *Seen) (err error) {
	switch {
	case seen.State.Confirmed == 0 || seen.Plan.Live.Pot == nil:
	case before != nil && before.State.Confirmed == seen.State.Confirmed:
		seen.shares = before.shares
	default:
		seen.shares, _, err = readShares(ctx, k.service.db, k.id)
	}
	return err
}
