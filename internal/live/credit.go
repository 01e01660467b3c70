package live

import (
	"context"
	"errors"
	"strconv"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/pace"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

const (
	// creditEvery is how soon what a confirmation gives is begun to be given.
	creditEvery = 2 * time.Second
	// creditAtOnce is how many members are credited between two looks at the lease.
	creditAtOnce = 256
	// crediting is how many of them wait for shared commits at a time.
	crediting = 64
)

// Share is a member's share of a pot.
type Share struct {
	PlayerID sqldb.ID
	Member   int32
	Amount   int // cents or points
}

// Payer stores in a transaction that members of a room won their shares of its pot.
type Payer func(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, pot *Pot, shares []Share) error

// Credit gives what the confirmed results of rooms give and was not given yet: one round
// of Run. A member that cannot be credited holds up no other; the error is one of theirs.
// Whatever happens in between, and however many nodes do it, each result gives once: the
// grants by the deed of their confirmation, the share with the row that says so.
func (s *Service) Credit(ctx context.Context) (failed error) {
	var rooms []sqldb.ID
	if err := s.db.Select(ctx, &rooms, "SELECT DISTINCT room_id FROM live_results WHERE credited = 0"); err != nil {
		return errs.Wrap(err, "look for results to credit")
	}
	for _, id := range rooms {
		if err := s.creditRoom(ctx, id); err != nil {
			failed = errs.Wrap(err, "credit the result of live room %d", id)
		}
	}
	return failed
}

// creditRoom credits what is due in a room while this node owns it, so that nodes do
// not do the same work; that they would not do harm needs no lease.
func (s *Service) creditRoom(ctx context.Context, id sqldb.ID) (failed error) {
	seen, err := s.See(ctx, id)
	if err != nil {
		return err
	}
	in, err := s.catalog.Of(seen.ContestID)
	if err != nil {
		return err
	}
	k, last := s.keeper(id), resultRow{}
	for ctx.Err() == nil {
		if seen = k.see(); seen == nil {
			return failed
		}
		if mine, err := k.own(ctx, seen, s.millis()); err != nil || !mine {
			return errors.Join(failed, err)
		}
		var rows []resultRow
		err := s.db.Select(ctx, &rows, "SELECT "+resultColumns+` FROM live_results
			WHERE credited = 0 AND room_id = ? AND (confirmed > ? OR (confirmed = ? AND member > ?))
			ORDER BY confirmed, member LIMIT ?`, id, last.Confirmed, last.Confirmed, last.Member, creditAtOnce)
		if err != nil {
			return err
		}
		if err := s.creditRows(ctx, in, seen.Plan.Live, rows); err != nil {
			failed = err
		}
		if len(rows) < creditAtOnce {
			return failed
		}
		last = rows[len(rows)-1]
	}
	return failed
}

func (s *Service) creditRows(ctx context.Context, in *catalog.Contest, live contest.Live, rows []resultRow) error {
	done, failed := pace.Each(rows, crediting, func(row resultRow) error { return s.give(ctx, in, &live, &row) })
	if err := s.settle(ctx, in, &live, done); err != nil {
		return err
	}
	return failed
}

// give gives a member the grants of a result, once.
func (s *Service) give(ctx context.Context, in *catalog.Contest, live *contest.Live, row *resultRow) error {
	if len(live.Gives) == 0 {
		return nil
	}
	room := row.RoomID.String()
	deed := contest.Deed{Kind: contest.DeedLive, Ref: room, At: row.ConfirmedAt}
	if row.Confirmed > 1 {
		deed.Ref += "/" + strconv.Itoa(row.Confirmed)
	}
	result := contest.LiveResult{Right: int(row.Right), Rank: int(row.Place), Left: row.Remaining}
	_, err := s.play.GiveBy(ctx, play.PlayerDeed{Contest: in, PlayerID: row.PlayerID, Deed: deed,
		GivesBy: func(e identity.Enrolment, already []contest.Grant) []contest.Grant {
			if !earns(in, e) {
				return nil
			}
			return contest.LiveGives(live, room, result, already, row.ConfirmedAt)
		}})
	if errors.Is(err, identity.ErrNotEnrolled) {
		return nil // has left
	}
	return err
}

// earns reports whether a room gives a player anything.
func earns(in *catalog.Contest, e identity.Enrolment) bool {
	return e.PlayerID != 0 && !e.Left() && (!in.EarnsOnlyRegistered() || in.Registered(e.HasField))
}

// settle pays the shares of results whose grants are given, and marks them, in one
// transaction.
func (s *Service) settle(ctx context.Context, in *catalog.Contest, live *contest.Live, rows []resultRow) error {
	byConfirmation := map[int][]resultRow{}
	for _, row := range rows {
		byConfirmation[row.Confirmed] = append(byConfirmation[row.Confirmed], row)
	}
	for _, part := range byConfirmation {
		err := s.db.InTx(ctx, func(tx *sqldb.Tx) error { return s.settleIn(ctx, tx, in, live, part) })
		if err != nil {
			return errs.Wrap(err, "settle results")
		}
	}
	return nil
}

func (s *Service) settleIn(ctx context.Context, tx *sqldb.Tx, in *catalog.Contest, live *contest.Live,
	rows []resultRow) error {
	id, confirmed := rows[0].RoomID, rows[0].Confirmed
	members, players := make([]int32, len(rows)), make([]sqldb.ID, len(rows))
	for i := range rows {
		members[i], players[i] = rows[i].Member, rows[i].PlayerID
	}
	var due []resultRow
	err := tx.SelectIn(ctx, &due, "SELECT "+resultColumns+` FROM live_results
		WHERE room_id = ? AND confirmed = ? AND credited = 0 AND member IN (?)`, id, confirmed, members)
	if err != nil || len(due) == 0 {
		return err
	}
	matched, err := tx.ExecIn(ctx, `UPDATE live_results SET credited = 1
		WHERE room_id = ? AND confirmed = ? AND credited = 0 AND member IN (?)`, id, confirmed, members)
	if err == nil && int(matched) != len(due) {
		err = sqldb.ErrStale // another node settles them
	}
	if err != nil {
		return err
	}
	who, err := identity.EnrolmentsIn(ctx, tx, in.ContestID, players)
	if err != nil {
		return err
	}
	var shares []Share
	var withheld []int32
	for i := range due {
		switch {
		case due[i].Share == 0:
		case earns(in, who[due[i].PlayerID]):
			shares = append(shares, Share{due[i].PlayerID, due[i].Member, due[i].Share})
		default:
			withheld = append(withheld, due[i].Member)
		}
	}
	if len(withheld) > 0 {
		_, err := tx.ExecIn(ctx, "UPDATE live_results SET share = 0 WHERE room_id = ? AND confirmed = ? AND member IN (?)",
			id, confirmed, withheld)
		if err != nil {
			return err
		}
	}
	if len(shares) == 0 {
		return nil
	}
	pot, err := readPot(ctx, tx, in.Definition, live.Pot.Prize, &due[0])
	if err != nil {
		return err
	}
	return s.pay(ctx, tx, in.ContestID, pot, shares)
}

// Uncredited counts the results of a room that still have something to give.
func (s *Service) Uncredited(ctx context.Context, id sqldb.ID) (members int, err error) {
	err = s.db.Get(ctx, &members, "SELECT COUNT(*) FROM live_results WHERE credited = 0 AND room_id = ?", id)
	return members, errs.Wrap(err, "count results to credit")
}
