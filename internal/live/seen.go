package live

import (
	"context"
	"slices"

	"anquanda/internal/errs"
	"anquanda/internal/live/room"
	"anquanda/internal/sqldb"
)

// Seen is a room as this node sees it at one moment. It is not changed; reading it
// touches no store.
type Seen struct {
	RoomID    sqldb.ID
	ContestID sqldb.ID
	Code      string // six digits; empty when it is over
	PlanKey   string
	Rehearsal bool
	MadeAt    int64
	Plan      *room.Plan
	State     room.State
	Members   []Member // by number-1
	Table     *room.Table
	Counts    [][]int32    // by round-1, of rounds that are shut: answers by the option's place as shown
	Answered  int64        // members that answered the round asked last
	Opened    bool         // the opening of that round has come
	Top       []Placed     // the best
	Newest    []Placed     // who came last; in the lobby
	Teams     []PlacedTeam // all, the best first
	Nodes     []Node       // that serve phones of the room
	HostHere  bool         // who leads is at the desk, or nobody has to

	answers [][]room.Answer // by round-1, by member, of rounds that are shut
	teams   map[string]int  // index in Teams, by key
	returns map[int32]int   // cards that a member has played, needed or not
	shares  map[int32]int   // of the pot, by member, once the result is confirmed
	sealKey string          // id of the secret that its questions are sealed with
	epoch   int64
	owner   sqldb.ID
	lease   int64 // until, UTC ms
}

// Version grows with each change that phones are told of.
func (s *Seen) Version() int64 {
	version := 2 * s.State.Seq
	if s.Opened {
		version++
	}
	return version
}

// SeqOf is the seq of a room's state in a Version.
func SeqOf(version int64) int64 { return version / 2 }

// Member is the member of that number; nil for none yet.
func (s *Seen) Member(number int32) *Member {
	if number < 1 || int(number) > len(s.Members) {
		return nil
	}
	return &s.Members[number-1]
}

// AnswerOf is a member's last answer to a round that is shut; nil for none.
func (s *Seen) AnswerOf(round int, member int32) *room.Answer {
	if round < 1 || round > len(s.answers) {
		return nil
	}
	answers := s.answers[round-1]
	at, ok := slices.BinarySearchFunc(answers, member, func(a room.Answer, m int32) int { return int(a.Member - m) })
	if !ok {
		return nil
	}
	return &answers[at]
}

// Right counts the right answers to a round that is shut, and all answers.
func (s *Seen) Right(round int) (right, answered int) {
	if round < 1 || round > len(s.answers) {
		return 0, 0
	}
	for i := range s.answers[round-1] {
		if s.answers[round-1][i].Right {
			right++
		}
	}
	return right, len(s.answers[round-1])
}

// Connected is how many phones all nodes together serve, and how many of them hold the
// question of the round asked last.
func (s *Seen) Connected() (connected, held int) {
	for _, n := range s.Nodes {
		connected += n.Connected
		if n.Round == s.State.Round() {
			held += n.Held
		}
	}
	return connected, held
}

// TeamOf is the team of a key; nil for none that is ranked.
func (s *Seen) TeamOf(key string) *PlacedTeam {
	if at, ok := s.teams[key]; ok {
		return &s.Teams[at]
	}
	return nil
}

// See returns a room as this node sees it. A room that this node does not keep is read.
// Errors: ErrUnknown.
func (s *Service) See(ctx context.Context, id sqldb.ID) (*Seen, error) {
	k := s.keeper(id)
	k.used.Store(s.millis())
	if seen := k.see(); seen != nil {
		return seen.at(s.millis()), nil
	}
	seen, err := k.refresh(ctx)
	if err != nil {
		s.discard(k)
		return nil, err
	}
	s.keep(k)
	return seen, nil
}

// at is the room at now: the opening comes by the clock, also before the keeper has told
// of it.
func (s *Seen) at(now int64) *Seen {
	if s.Opened || !s.State.Opened(now) {
		return s
	}
	opened := *s
	opened.Opened = true
	return &opened
}

// lookAgain is See, after what was committed by now on whatever node.
func (s *Service) lookAgain(ctx context.Context, id sqldb.ID) (*Seen, error) {
	return s.keeper(id).refresh(ctx)
}

// ByCode finds the running room of a code. Errors: ErrCodeUnknown.
func (s *Service) ByCode(ctx context.Context, code string) (*Seen, error) {
	var ids []sqldb.ID
	err := s.db.Select(ctx, &ids, "SELECT room_id FROM live_rooms WHERE code = ?", code)
	switch {
	case err != nil:
		return nil, errs.Wrap(err, "find a live room by its code")
	case len(ids) == 0:
		return nil, ErrCodeUnknown
	}
	return s.See(ctx, ids[0])
}

// Of lists the rooms of a contest, the newest first; running alone, or all.
func (s *Service) Of(ctx context.Context, contestID sqldb.ID, runningOnly bool) ([]*Seen, error) {
	query := "SELECT room_id FROM live_rooms WHERE contest_id = ?"
	if runningOnly {
		query += " AND running = 1"
	}
	var ids []sqldb.ID
	if err := s.db.Select(ctx, &ids, query+" ORDER BY made_at DESC, room_id DESC LIMIT 100", contestID); err != nil {
		return nil, errs.Wrap(err, "list live rooms")
	}
	rooms := make([]*Seen, 0, len(ids))
	for _, id := range ids {
		seen, err := s.See(ctx, id)
		if err != nil {
			return nil, err
		}
		rooms = append(rooms, seen)
	}
	return rooms, nil
}
