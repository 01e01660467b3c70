package live

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// returnRow is a card that a member played after a round.
type returnRow struct {
	RoomID     sqldb.ID `db:"room_id"`
	Member     int32    `db:"member"`
	Nth        int      `db:"nth"`
	AfterRound int      `db:"after_round"`
	PlayedAt   int64    `db:"played_at"`
}

var returnColumns = sqldb.Columns[returnRow]("")

// MayReturn reports whether a member may play a card now. holds tells whether the player
// has the card, and is asked last.
func (s *Seen) MayReturn(member int32, holds func() (bool, error)) (bool, error) {
	if !s.Plan.MayReturn(&s.State, s.Table.Of(member)) {
		return false, nil
	}
	return holds()
}

// Return brings a player who is out back into the game by a card that was earned in the
// contest; it counts from the next question on. Pressed twice, it is played once. Errors:
// ErrNoMember, ErrRemoved, ErrNoCard, ErrMoved.
func (s *Service) Return(ctx context.Context, id, player sqldb.ID) (*Seen, error) {
	if _, err := s.lookAgain(ctx, id); err != nil {
		return nil, err
	}
	seen, member, err := s.answerer(ctx, id, player)
	if err != nil {
		return nil, err
	}
	may, err := seen.MayReturn(member.Member, func() (bool, error) { return s.HoldsCard(ctx, seen, player) })
	if err != nil {
		return nil, err
	}
	if !may {
		return nil, ErrNoCard
	}
	row := returnRow{RoomID: id, Member: member.Member, Nth: seen.returns[member.Member] + 1,
		AfterRound: seen.State.Round(), PlayedAt: s.millis()}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		// The room must stand where it stood: a card played into the next question's
		// opening would come too late for who is counted in.
		matched, err := tx.Exec(ctx, "UPDATE live_rooms SET epoch = epoch WHERE room_id = ? AND seq = ?", id, seen.State.Seq)
		if err == nil && matched == 0 {
			err = ErrMoved
		}
		if err != nil {
			return err
		}
		return sqldb.Insert(ctx, tx, "INSERT INTO live_returns", []returnRow{row})
	})
	if sqldb.IsDuplicate(err) {
		err = nil // pressed twice
	}
	if err != nil {
		return nil, errs.Wrap(err, "play a card in live room %d", id)
	}
	k := s.keeper(id)
	k.refold.Store(true) // the other nodes fold anew with the next step, which is soon enough
	return k.refresh(ctx)
}

// HoldsCard reports whether a player has earned the card that revives.
func (s *Service) HoldsCard(ctx context.Context, seen *Seen, player sqldb.ID) (bool, error) {
	in, err := s.catalog.Of(seen.ContestID)
	if err != nil {
		return false, err
	}
	e, err := s.players.Enrolment(ctx, seen.ContestID, player)
	if err != nil {
		return false, err
	}
	summary, err := s.play.Summary(ctx, in, e)
	if err != nil {
		return false, err
	}
	return summary.Holds(seen.Plan.Live.Revival.Card), nil
}
