package live

import (
	"context"
	"slices"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/live/room"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Node is what one node sees of a room.
type Node struct {
	RoomID    sqldb.ID `db:"room_id"`
	Node      sqldb.ID `db:"node"`
	Connected int      `db:"connected"` // phones that it serves
	Held      int      `db:"held"`      // that hold the question of Round
	Round     int      `db:"round"`
	HostAt    int64    `db:"host_at"` // when the host was last at the desk by it; UTC ms
	SeenAt    int64    `db:"seen_at"` // UTC ms
}

var nodeColumns = sqldb.Columns[Node]("")

// aliveFor is how old, in ms, what a node told may be to count.
const aliveFor = 5_000

// hostFor is for how long, in ms, a host who asked for the room counts as being there: the
// desk asks each second.
const hostFor = 8_000

// HostLooks notes that somebody of the staff looks at a room's desk.
func (s *Service) HostLooks(seen *Seen, by staff.Actor) {
	if seen.State.Host.ID == int64(by.ID) {
		s.keeper(seen.RoomID).hostAt.Store(s.millis())
	}
}

// hostHere reports whether the host of a room is at the desk, where the room needs one.
func (s *Seen) hostHere(now int64) bool {
	if s.State.Host.ID == 0 || s.State.Phase == room.Over || s.Plan.Live.Runs == contest.RunByClock {
		return true
	}
	return slices.ContainsFunc(s.Nodes, func(n Node) bool { return now-n.HostAt < hostFor })
}

// report tells the store what this node sees of the room, while it serves anybody.
func (k *keeper) report(ctx context.Context, seen *Seen) error {
	now, round := k.service.millis(), seen.State.Round()
	connected, held := k.service.audience(k.id, round)
	told := Node{k.id, k.service.node, connected, held, round, k.hostAt.Load(), now}
	nobody := connected == 0 && k.told.Connected == 0 && told.HostAt == k.told.HostAt
	if nobody || k.told.same(told) && now-k.told.SeenAt < 1_000 {
		return nil
	}
	err := k.service.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx, `UPDATE live_nodes SET connected = ?, held = ?, round = ?, host_at = ?, seen_at = ?
			WHERE room_id = ? AND node = ?`, connected, held, round, told.HostAt, now, k.id, k.service.node)
		if err != nil || matched > 0 {
			return err
		}
		return sqldb.Insert(ctx, tx, "INSERT INTO live_nodes", []Node{told})
	})
	if err == nil {
		k.told = told
	}
	return errs.Wrap(err, "tell what this node sees of a live room")
}

func (n Node) same(as Node) bool {
	return n.Connected == as.Connected && n.Held == as.Held && n.Round == as.Round && n.HostAt == as.HostAt
}

// nodes lists what the nodes that are alive see of a room.
func (s *Service) nodes(ctx context.Context, id sqldb.ID) (nodes []Node, err error) {
	err = s.db.Select(ctx, &nodes, "SELECT "+nodeColumns+` FROM live_nodes
		WHERE room_id = ? AND seen_at > ? ORDER BY node`, id, s.millis()-aliveFor)
	return nodes, errs.Wrap(err, "read what nodes see of a live room")
}

// Owns reports whether a node takes the steps that time brings to the room.
func (s *Seen) Owns(n Node) bool { return n.Node == s.owner }
