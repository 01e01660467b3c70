package hub

import (
	"sync"
	"sync/atomic"

	"anquanda/internal/sqldb"
)

// room is the connections of one room, for as long as it has any.
type room struct {
	id      sqldb.ID
	sending sync.Mutex   // held while a broadcast is handed to all shards
	sent    atomic.Int64 // number of the last broadcast
	players atomic.Int64 // that are connected
	parts   []part       // of each shard, for its goroutine alone
	uses    int          // connections, also those about to be; under Hub.mu
}

// part is the connections of a room that one shard has.
type part struct {
	clients []*client
	players map[sqldb.ID]*client // the newest connection of each
}

// perPlayer is how many connections a player may have to a room: a phone that comes
// back before its old connection is missed, and a second device.
const perPlayer = 3

// enter finds or makes a room for one more connection.
func (h *Hub) enter(id sqldb.ID) *room {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.rooms[id]
	if r == nil {
		r = &room{id: id, parts: make([]part, len(h.shards))}
		for i := range r.parts {
			r.parts[i].players = map[sqldb.ID]*client{}
		}
		h.rooms[id] = r
	}
	r.uses++
	return r
}

// leave gives up what enter took.
func (h *Hub) leave(r *room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r.uses--; r.uses == 0 {
		delete(h.rooms, r.id)
	}
}

// find returns the room, nil when nobody is connected to it.
func (h *Hub) find(id sqldb.ID) *room {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.rooms[id]
}

// add takes a connection in. It returns the one that is too many for its player, or nil.
func (r *room) add(p *part, c *client) (tooMany *client) {
	c.at = len(p.clients)
	p.clients = append(p.clients, c)
	if c.Player == 0 {
		return nil
	}
	c.older = p.players[c.Player]
	p.players[c.Player] = c
	if c.older == nil {
		r.players.Add(1)
	}
	last := c
	for range perPlayer {
		if last = last.older; last == nil {
			return nil
		}
	}
	return last
}

// remove takes a connection out; the last one takes its place in the list.
func (r *room) remove(p *part, c *client) {
	last := len(p.clients) - 1
	p.clients[c.at] = p.clients[last]
	p.clients[c.at].at = c.at
	p.clients[last] = nil
	p.clients = p.clients[:last]
	if c.Player == 0 {
		return
	}
	newest := p.players[c.Player]
	if newest != c {
		for newest.older != c {
			newest = newest.older
		}
		newest.older = c.older
		return
	}
	if c.older != nil {
		p.players[c.Player] = c.older
		return
	}
	delete(p.players, c.Player)
	r.players.Add(-1)
}
