package live

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/live/room"
	"anquanda/internal/sqldb"
)

// gateRow is what is taken in a round; round 0 is joining.
type gateRow struct {
	RoomID  sqldb.ID `db:"room_id"`
	Round   int      `db:"round"`
	Shut    bool     `db:"shut"`
	Batches int64    `db:"batches"`
	Taken   int64    `db:"taken"`
}

// Member is one who joined a room.
type Member struct {
	RoomID   sqldb.ID `db:"room_id"`
	Member   int32    `db:"member"` // from 1, in the order of joining
	PlayerID sqldb.ID `db:"player_id"`
	Team     string   `db:"team"`    // key: the id of a unit, or a division
	Network  string   `db:"network"` // that the member joined from
	Robot    bool     `db:"robot"`   // made up, in a rehearsal
	Removed  bool     `db:"removed"`
	Hidden   bool     `db:"hidden"`      // others see an alias
	Since    int      `db:"since_round"` // rounds asked before joining
	JoinedAt int64    `db:"joined_at"`
}

var memberColumns = sqldb.Columns[Member]("")

// joining is one who joins, on the way into the store.
type joining struct {
	asked Member
	row   *Member // as it stands after the commit
}

// Join lets a player of the contest into a room; again, the same place stands. network
// is where the phone is, as Network says. Errors: ErrUnknown, ErrOver, ErrLocked,
// ErrRemoved, identity.ErrNotEnrolled.
func (s *Service) Join(ctx context.Context, id, player sqldb.ID, network string) (*Seen, *Member, error) {
	seen, err := s.See(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	k := s.keeper(id)
	if member := k.member(player); member != nil {
		if member.Removed {
			return nil, nil, ErrRemoved
		}
		return seen, member, nil
	}
	switch {
	case seen.State.Phase == room.Over:
		return nil, nil, ErrOver
	case seen.State.Locked || slices.Contains(seen.State.Barred, network):
		return nil, nil, ErrLocked
	}
	e, err := s.players.Enrolment(ctx, seen.ContestID, player)
	if err != nil {
		return nil, nil, err
	}
	if e.Left() {
		return nil, nil, identity.ErrNotEnrolled
	}
	in, err := s.catalog.Of(seen.ContestID)
	if err != nil {
		return nil, nil, err
	}
	member, err := s.join(ctx, Member{RoomID: id, PlayerID: player, Network: network, Team: teamOf(in, &seen.Plan.Live, e),
		Since: seen.State.Round(), JoinedAt: s.millis()})
	if err != nil {
		return nil, nil, err
	}
	k.joined(*member)
	if member.Removed {
		return nil, nil, ErrRemoved
	}
	return k.see(), member, nil
}

func (s *Service) join(ctx context.Context, m Member) (*Member, error) {
	j := &joining{asked: m}
	if err := s.joins.Do(context.WithoutCancel(ctx), j); err != nil {
		return nil, errs.Wrap(err, "join live room %d", m.RoomID)
	}
	return j.row, nil
}

// teamOf is the key of a player's team; empty for none.
func teamOf(in *catalog.Contest, live *contest.Live, e identity.Enrolment) string {
	switch {
	case live.Teams == nil:
		return ""
	case live.Teams.Of == contest.TeamsOfDivisions:
		return e.Division
	case in.Units == nil || e.UnitID == 0:
		return ""
	}
	if u, ok := in.Units.At(e.UnitID, live.Teams.Level); ok {
		return u.ID.String()
	}
	return ""
}

// commitJoins numbers a batch of members and inserts them.
func (s *Service) commitJoins(ctx context.Context, tx *sqldb.Tx, batch []*joining) error {
	byRoom := map[sqldb.ID][]*joining{}
	for _, j := range batch {
		byRoom[j.asked.RoomID] = append(byRoom[j.asked.RoomID], j)
	}
	// The same order in every batch, so that two of them do not deadlock.
	for _, id := range slices.Sorted(maps.Keys(byRoom)) {
		if err := commitJoinsOf(ctx, tx, id, byRoom[id]); err != nil {
			return err
		}
	}
	return nil
}

func commitJoinsOf(ctx context.Context, tx *sqldb.Tx, id sqldb.ID, batch []*joining) error {
	taken, err := lockGate(ctx, tx, id, 0)
	if err != nil {
		return err
	}
	players := make([]sqldb.ID, len(batch))
	for i, j := range batch {
		players[i] = j.asked.PlayerID
	}
	var present []Member
	err = tx.SelectIn(ctx, &present, "SELECT "+memberColumns+" FROM live_members WHERE room_id = ? AND player_id IN (?)",
		id, players)
	if err != nil {
		return err
	}
	byPlayer := make(map[sqldb.ID]*Member, len(batch))
	for i := range present {
		byPlayer[present[i].PlayerID] = &present[i]
	}
	var fresh []*Member
	for _, j := range batch {
		if j.row = byPlayer[j.asked.PlayerID]; j.row != nil {
			continue // pressed twice, or on two phones
		}
		row := j.asked
		taken++
		row.Member = int32(taken)
		j.row, byPlayer[row.PlayerID] = &row, &row
		fresh = append(fresh, &row)
	}
	if err := sqldb.Insert(ctx, tx, "INSERT INTO live_members", fresh); err != nil {
		return err
	}
	return setTaken(ctx, tx, id, 0, taken)
}

// errShut tells that a round takes nothing any more.
var errShut = errors.New("the round is shut")

// lockGate takes the gate of a round until the transaction ends, and returns what it
// has taken. Errors: errShut.
func lockGate(ctx context.Context, tx *sqldb.Tx, id sqldb.ID, round int) (taken int64, err error) {
	matched, err := tx.Exec(ctx,
		"UPDATE live_gates SET batches = batches + 1 WHERE room_id = ? AND round = ? AND shut = 0", id, round)
	if err != nil {
		return 0, err
	}
	if matched == 0 {
		return 0, errShut
	}
	return taken, tx.Get(ctx, &taken, "SELECT taken FROM live_gates WHERE room_id = ? AND round = ?", id, round)
}

func setTaken(ctx context.Context, tx *sqldb.Tx, id sqldb.ID, round int, taken int64) error {
	_, err := tx.Exec(ctx, "UPDATE live_gates SET taken = ? WHERE room_id = ? AND round = ?", taken, id, round)
	return err
}

// readTaken is how many the gate of a round has taken; 0 where there is none yet.
func readTaken(ctx context.Context, from sqldb.Reader, id sqldb.ID, round int) (taken int64, err error) {
	err = from.Get(ctx, &taken, "SELECT taken FROM live_gates WHERE room_id = ? AND round = ?", id, round)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return taken, errs.Wrap(err, "read a gate")
}

// Known is what this node knows of a player in a room, from memory; nil for nothing.
func (s *Service) Known(seen *Seen, player sqldb.ID) *Member {
	if player == 0 {
		return nil
	}
	return s.keeper(seen.RoomID).member(player)
}

// MemberOf is the member that a player is; nil for none.
func (s *Service) MemberOf(ctx context.Context, seen *Seen, player sqldb.ID) (*Member, error) {
	return s.keeper(seen.RoomID).find(ctx, player)
}
