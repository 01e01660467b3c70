package live

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"anquanda/internal/errs"
	"anquanda/internal/live/room"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// keeper keeps one room in the memory of this node.
type keeper struct {
	service *Service
	id      sqldb.ID
	kept    bool // has a goroutine; Service.mu
	seen    atomic.Pointer[Seen]
	wake    chan struct{} // something is to be read or done
	refold  atomic.Bool   // somebody played a card
	hostAt  atomic.Int64  // when the host was last at the desk by this node, UTC ms
	used    atomic.Int64  // when somebody last asked, UTC ms

	// Of its goroutine: what this node told, and the round that made-up players were let
	// answer.
	told         Node
	robotsPlayed int

	looking sync.Mutex
	next    *look // that has not begun; nil: none

	leasing  sync.Mutex
	leased   leased      // the lease as it last changed; leasing
	tookOver atomic.Bool // this node took the room over from one that was interrupted

	mu      sync.Mutex // one refresh or step at a time
	plan    *room.Plan
	graded  []graded // by round-1
	joinsMu sync.RWMutex
	members []Member
	early   map[int32]Member   // that were heard of before those in front of them
	numbers map[sqldb.ID]int32 // by player
}

// graded is what a round that was shut came to.
type graded struct {
	done    bool
	right   []int // the correction that it was graded by
	closed  int64 // Round.ClosesAt: a round that was opened again closes later
	answers []room.Answer
	counts  []int32
}

// keeper is that of a room, made when the room is first asked for.
func (s *Service) keeper(id sqldb.ID) *keeper {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.rooms[id]
	if k == nil {
		k = &keeper{service: s, id: id, wake: make(chan struct{}, 1), early: map[int32]Member{},
			numbers: map[sqldb.ID]int32{}}
		s.rooms[id] = k
	}
	return k
}

func (k *keeper) see() *Seen { return k.seen.Load() }

// kick has the keeper look at the store soon. It never blocks.
func (k *keeper) kick() {
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

// member is what this node knows of a player in the room; nil for nothing.
func (k *keeper) member(player sqldb.ID) *Member {
	k.joinsMu.RLock()
	defer k.joinsMu.RUnlock()
	number, ok := k.numbers[player]
	if !ok {
		return nil
	}
	if int(number) > len(k.members) {
		member, early := k.early[number]
		if !early {
			return nil
		}
		return &member
	}
	member := k.members[number-1]
	return &member
}

// find is member, and asks the store where this node knows nothing: the player may have
// joined by another node, and is known from then on.
func (k *keeper) find(ctx context.Context, player sqldb.ID) (*Member, error) {
	if player == 0 {
		return nil, nil
	}
	if member := k.member(player); member != nil {
		return member, nil
	}
	var rows []Member
	err := k.service.db.Select(ctx, &rows, "SELECT "+memberColumns+` FROM live_members
		WHERE room_id = ? AND player_id = ?`, k.id, player)
	if err != nil || len(rows) == 0 {
		return nil, errs.Wrap(err, "find a member")
	}
	_, err = k.refresh(ctx)
	return &rows[0], err
}

// joined notes a member that joined by this node. Those of one commit come in any order,
// and others join by other nodes: who is not the next one waits among the early.
func (k *keeper) joined(m Member) {
	k.joinsMu.Lock()
	defer k.joinsMu.Unlock()
	if int(m.Member) <= len(k.members) {
		return
	}
	k.early[m.Member], k.numbers[m.PlayerID] = m, m.Member
	k.catchUp()
}

// catchUp moves those of the early whose turn has come; joinsMu is held.
func (k *keeper) catchUp() {
	for {
		next := int32(len(k.members) + 1)
		m, early := k.early[next]
		if !early {
			return
		}
		delete(k.early, next)
		k.members = append(k.members, m)
	}
}

// adopt makes a row what this node sees; k.mu is held.
func (k *keeper) adopt(ctx context.Context, row *roomRow) (*Seen, error) {
	before := k.see()
	if before != nil && before.State.Seq > row.Seq {
		return before, nil // read from a store that lags behind
	}
	state, err := row.state()
	if err != nil {
		return nil, err
	}
	if k.plan == nil {
		if k.plan, err = readPlan(ctx, k.service.db, k.id); err != nil {
			return nil, err
		}
	}
	if err := k.follow(ctx, before != nil && before.State.Touched != state.Touched); err != nil {
		return nil, err
	}
	regraded, err := k.grade(ctx, &state)
	if err != nil {
		return nil, err
	}
	seen := &Seen{RoomID: k.id, ContestID: row.ContestID, Code: row.code(), PlanKey: row.PlanKey, Rehearsal: row.Rehearsal,
		MadeAt: row.MadeAt, Plan: k.plan, State: state, sealKey: row.SealKey,
		epoch: row.Epoch, owner: row.Owner, lease: row.LeaseUntil}
	if before != nil && before.epoch > seen.epoch { // this node took the room over since the read
		seen.epoch, seen.owner, seen.lease = before.epoch, before.owner, before.lease
	}
	k.joinsMu.RLock()
	seen.Members = k.members[:len(k.members):len(k.members)]
	k.joinsMu.RUnlock()
	seen.Answered, err = readTaken(ctx, k.service.db, k.id, state.Round())
	if state.Round() == 0 {
		seen.Answered = 0
	}
	if err != nil {
		return nil, err
	}
	folds := k.refold.Swap(false) || before == nil || regraded || before.State.Seq != state.Seq ||
		len(before.Members) != len(seen.Members)
	if folds {
		if err := k.fold(ctx, seen); err != nil {
			return nil, err
		}
	} else {
		seen.Table, seen.answers, seen.Counts, seen.returns = before.Table, before.answers, before.Counts, before.returns
	}
	if err := k.readConfirmed(ctx, seen, before); err != nil {
		return nil, err
	}
	if err := k.show(ctx, seen, before, folds); err != nil {
		return nil, err
	}
	if seen.Nodes, err = k.service.nodes(ctx, k.id); err != nil {
		return nil, err
	}
	seen.HostHere = seen.hostHere(k.service.millis())
	seen.Opened = state.Opened(k.service.millis()) ||
		before != nil && before.State.Seq == state.Seq && before.Opened // a clock that is set back closes nothing
	k.seen.Store(seen)
	if changed(seen, before) {
		k.service.watch(seen, before)
	}
	return seen, nil
}

// changed reports whether somebody has to be told.
func changed(now, before *Seen) bool {
	return before == nil || now.Version() != before.Version() || now.Answered != before.Answered ||
		len(now.Members) != len(before.Members) || !slices.Equal(now.Nodes, before.Nodes) ||
		now.HostHere != before.HostHere
}

// follow reads the members that are new; all again, when staff changed some.
func (k *keeper) follow(ctx context.Context, again bool) error {
	k.joinsMu.RLock()
	known := len(k.members)
	k.joinsMu.RUnlock()
	if again {
		known = 0
	}
	var rows []Member
	err := k.service.db.Select(ctx, &rows, "SELECT "+memberColumns+` FROM live_members
		WHERE room_id = ? AND member > ? ORDER BY member`, k.id, known)
	if err != nil {
		return errs.Wrap(err, "follow the members of a live room")
	}
	if len(rows) == 0 {
		return nil
	}
	k.joinsMu.Lock()
	defer k.joinsMu.Unlock()
	if again { // what others hold of the old ones stays as it is
		k.members = make([]Member, 0, len(rows))
	}
	for _, m := range rows {
		if int(m.Member) == len(k.members)+1 {
			k.members = append(k.members, m)
			k.numbers[m.PlayerID] = m.Member
			delete(k.early, m.Member)
		}
	}
	k.catchUp()
	return nil
}

// grade reads the answers of the rounds that are shut and were not graded yet, or were
// by another key.
func (k *keeper) grade(ctx context.Context, s *room.State) (any bool, err error) {
	for len(k.graded) < s.Round() {
		k.graded = append(k.graded, graded{})
	}
	for round := 1; round <= s.Round(); round++ {
		r, g := s.At(round), &k.graded[round-1]
		if !r.Shut {
			*g = graded{} // it was opened again
			continue
		}
		if g.done && g.closed == r.ClosesAt && slices.Equal(g.right, r.Right) {
			continue
		}
		if *g, err = k.read(ctx, round, r, everybody); err != nil {
			return any, err
		}
		any = true
	}
	return any, nil
}

func everybody(int32) bool { return true }

// read grades a round: the last revision of each member counts, of those whose answer is
// wanted.
func (k *keeper) read(ctx context.Context, round int, r *room.Round, wanted func(int32) bool) (graded, error) {
	q := k.plan.Question(r)
	places := placesOf(k.plan.Order(round, q))
	g := graded{done: true, right: r.Right, closed: r.ClosesAt, counts: make([]int32, len(q.Options))}
	verdicts := map[string]verdict{}
	var row struct {
		Member int32  `db:"member"`
		Choice string `db:"choice"`
		UsedMS int32  `db:"used_ms"`
	}
	last := map[int32]string{}
	err := k.service.db.Each(ctx, &row, func() error {
		if !wanted(row.Member) {
			return nil
		}
		v, ok := verdicts[row.Choice]
		if !ok {
			v = k.judge(r, places, row.Choice)
			verdicts[row.Choice] = v
		}
		a := room.Answer{Member: row.Member, Used: row.UsedMS, Right: v.right, First: v.first}
		if n := len(g.answers); n > 0 && g.answers[n-1].Member == row.Member {
			g.answers[n-1] = a // a later revision
		} else {
			g.answers = append(g.answers, a)
		}
		last[row.Member] = row.Choice
		return nil
	}, `SELECT member, choice, used_ms FROM live_answers WHERE room_id = ? AND round = ? ORDER BY member, revision`,
		k.id, round)
	for _, choice := range last {
		for _, place := range verdicts[choice].places {
			g.counts[place]++
		}
	}
	return g, errs.Wrap(err, "read the answers of round %d", round)
}

// verdict is of one choice: whether it is right, and was before the round was corrected,
// and the places of its options as shown.
type verdict struct {
	right  bool
	first  bool
	places []int
}

// placesOf says at which place an option of the bank's index is shown.
func placesOf(order []int) []int {
	places := make([]int, len(order))
	for place, index := range order {
		places[index] = place
	}
	return places
}

func (k *keeper) judge(r *room.Round, places []int, text string) verdict {
	choice := question.ReadChoice(k.plan.Question(r).Kind, text)
	v := verdict{right: k.plan.Right(r, choice), first: k.plan.FirstRight(r, choice)}
	for _, index := range choice.Options {
		if index >= 0 && index < len(places) {
			v.places = append(v.places, places[index])
		}
	}
	return v
}

// fold works out where everybody stands.
func (k *keeper) fold(ctx context.Context, seen *Seen) error {
	returns, err := k.readReturns(ctx, seen)
	if err != nil {
		return err
	}
	members := make([]room.Member, len(seen.Members))
	for i := range seen.Members {
		members[i] = room.Member{Team: seen.Members[i].Team, Removed: seen.Members[i].Removed}
	}
	seen.answers = make([][]room.Answer, len(k.graded))
	seen.Counts = make([][]int32, len(k.graded))
	for i := range k.graded {
		seen.answers[i], seen.Counts[i] = k.graded[i].answers, k.graded[i].counts
	}
	seen.Table = k.plan.Fold(&seen.State, members, seen.answers, returns)
	return nil
}

// readReturns reads the cards that members have played, where the room has any.
func (k *keeper) readReturns(ctx context.Context, seen *Seen) (returns []room.Return, err error) {
	seen.returns = map[int32]int{}
	if k.plan.Live.Revival.Card == "" {
		return nil, nil
	}
	var rows []returnRow
	err = k.service.db.Select(ctx, &rows, "SELECT "+returnColumns+" FROM live_returns WHERE room_id = ?", k.id)
	for _, row := range rows {
		returns = append(returns, room.Return{Member: row.Member, After: row.AfterRound})
		seen.returns[row.Member]++
	}
	return returns, errs.Wrap(err, "read the cards of a live room")
}
