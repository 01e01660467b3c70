// Package live holds the calls of phones and big screens in a live room: joining,
// answering, the stream of what happens, and the same by asking again and again.
package live

import (
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	rooms "anquanda/internal/live"
	"anquanda/internal/live/hub"
	"anquanda/internal/sqldb"
)

// API serves phones and screens.
type API struct {
	Catalog *catalog.Catalog
	Players *identity.Players
	Rooms   *rooms.Service
	Hub     *hub.Hub
	Now     func() time.Time
	Limits  *web.Limits
	Passes  *web.Passes

	mu    sync.Mutex
	halls map[sqldb.ID]*hall
}

func (a *API) millis() int64 { return a.Now().UnixMilli() }

// hall is what this node knows of the phones in a room, beside their streams.
type hall struct {
	mu     sync.Mutex
	polled map[sqldb.ID]int64 // players who ask without a stream, and when they did last
	held   map[sqldb.ID]bool  // players whose phone holds the question of round
	round  int
	told   int64 // when phones in the lobby were last told how many they are
	frames frames
}

func (a *API) hall(id sqldb.ID) *hall {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.halls == nil {
		a.halls = map[sqldb.ID]*hall{}
	}
	h := a.halls[id]
	if h == nil {
		h = &hall{polled: map[sqldb.ID]int64{}, held: map[sqldb.ID]bool{}}
		a.halls[id] = h
	}
	return h
}

// pollsFor is how long, in ms, a phone that asked counts as being there.
const pollsFor = 10_000

// hold notes that a phone holds the question of a round.
func (h *hall) hold(player sqldb.ID, round int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if round > h.round {
		h.round = round
		clear(h.held)
	}
	if round == h.round {
		h.held[player] = true
	}
}

func (h *hall) poll(player sqldb.ID, now int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.polled[player] = now
}

// Audience counts the phones that this node serves in a room, and those that hold the
// question of a round.
func (a *API) Audience(room sqldb.ID, round int) (connected, held int) {
	h, now := a.hall(room), a.millis()
	h.mu.Lock()
	defer h.mu.Unlock()
	for player, at := range h.polled {
		if now-at > pollsFor {
			delete(h.polled, player)
		}
	}
	if h.round == round {
		held = len(h.held)
	}
	return a.Hub.Counts(room) + len(h.polled), held
}

// Forget gives up what is known of the phones in a room that this node does not keep any
// more.
func (a *API) Forget(room sqldb.ID) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.halls, room)
}

// seen is the room that the address names; one that rehearses is none for who holds no
// pass. Errors: live_unknown.
func (a *API) seen(c *gin.Context) (*rooms.Seen, error) {
	id, err := web.ID(c, "room", rooms.ErrUnknown)
	if err != nil {
		return nil, err
	}
	seen, err := a.Rooms.See(c.Request.Context(), id)
	if err != nil {
		return nil, err
	}
	return seen, a.admit(c, seen)
}

// admit is nil for a room that who asks may know of. Errors: live_unknown.
func (a *API) admit(c *gin.Context, seen *rooms.Seen) error {
	in, err := a.Catalog.Of(seen.ContestID)
	if err == nil && !web.AdmittedTo(c, in, seen) {
		return rooms.ErrUnknown
	}
	return err
}

// playerIn is who asks, and the room that the address names. Errors: unauthenticated,
// live_unknown.
func (a *API) playerIn(c *gin.Context) (sqldb.ID, *rooms.Seen, error) {
	if !web.SeveralPlayers(c) {
		if _, err := web.NeedPlayer(c); err != nil {
			return 0, nil, err
		}
	}
	seen, err := a.seen(c)
	if err != nil {
		return 0, nil, err
	}
	player, err := web.NeedPlayerIn(c, seen.ContestID)
	return player, seen, err
}
