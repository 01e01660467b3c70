package hub

import "anquanda/internal/sqldb"

// Each tells f of every connection of a room, one after the other, and returns when it
// was told of all, and so when all that was handed to the shards before is done.
func (h *Hub) Each(id sqldb.ID, f func(Client)) {
	r := h.find(id)
	if r == nil {
		return
	}
	for _, s := range h.shards {
		s.wait(func() {
			for _, c := range r.parts[s.index].clients {
				f(c.Client)
			}
		})
	}
}

// wait has the shard's goroutine do something, and waits for it. It does nothing once
// closed.
func (s *shard) wait(work func()) {
	done := make(chan struct{})
	if s.queue.put(func() { defer close(done); work() }) {
		<-done
	}
}
