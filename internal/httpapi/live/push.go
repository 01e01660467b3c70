package live

import (
	"context"
	"log/slog"
	"strconv"

	"github.com/go-json-experiment/json"

	rooms "anquanda/internal/live"
	"anquanda/internal/live/hub"
	"anquanda/internal/live/room"
	"anquanda/internal/sqldb"
)

// lobbyEvery is how often, in ms, phones in the lobby are told how many they are.
const lobbyEvery = 10_000

// Push tells phones and screens what a room has become: all of them what concerns all,
// screens alone what only counts up. It is the watcher of the rooms of this node.
func (a *API) Push(now, before *rooms.Seen) {
	moved := before == nil || now.Version() != before.Version() || now.HostHere != before.HostHere
	h := a.hall(now.RoomID)
	if !moved && now.State.Phase == room.Lobby && len(now.Members) != len(before.Members) {
		h.mu.Lock()
		if at := a.millis(); at-h.told >= lobbyEvery {
			h.told, moved = at, true
		}
		h.mu.Unlock()
	}
	var shared [forms][]byte
	for on := range forms {
		if on == screen || moved {
			shared[on] = a.frame(now, on, h, true)
		}
	}
	mine := moved && concernsEach(now)
	a.Hub.Broadcast(now.RoomID, func(c hub.Client) []byte {
		frame := shared[formOf(c)]
		if frame == nil || !mine || c.Player == 0 || c.Screen {
			return frame
		}
		m := a.Rooms.Known(now, c.Player)
		if m == nil {
			return frame
		}
		own := make([]byte, 0, len(frame)+400)
		return appendEvent(append(own, frame...), "me", 0, a.standing(now, m))
	})
	if before != nil && before.State.Touched != now.State.Touched {
		a.dropRemoved(now)
	}
}

// concernsEach reports whether a change means something else for each player.
func concernsEach(now *rooms.Seen) bool {
	switch now.State.Phase {
	case room.Ready, room.Revealed, room.Podium, room.Over, room.Lobby:
		return true
	}
	return now.State.Phase == room.Standings // of a skipped question, or after a void
}

func formOf(c hub.Client) form {
	switch {
	case c.Screen:
		return screen
	case c.Plain:
		return plain
	}
	return sealed
}

// frame is the event that tells of a room in a form.
func (a *API) frame(seen *rooms.Seen, on form, h *hall, pushed bool) []byte {
	reply, err := a.tell(seen, on, h, pushed)
	if err != nil {
		slog.Error("a live room cannot be told", "room", seen.RoomID.String(), "error", err)
		return nil
	}
	return appendEvent(nil, "room", seen.Version(), reply)
}

// appendEvent writes one server-sent event (HTML standard, 9.2).
func appendEvent(to []byte, name string, id int64, data any) []byte {
	if id > 0 {
		to = strconv.AppendInt(append(to, "id: "...), id, 10)
		to = append(to, '\n')
	}
	to = append(append(append(to, "event: "...), name...), "\ndata: "...)
	text, err := json.Marshal(data) // one line: it escapes line breaks in strings
	if err != nil {
		slog.Error("an event cannot be written", "event", name, "error", err)
		return nil
	}
	return append(append(to, text...), "\n\n"...)
}

// dropRemoved ends the streams of those whom the host removed.
func (a *API) dropRemoved(now *rooms.Seen) {
	for i := range now.Members {
		if m := &now.Members[i]; m.Removed {
			a.Hub.Drop(now.RoomID, m.PlayerID)
		}
	}
}

// first makes what a stream begins with, from memory.
func (a *API) first(id, player sqldb.ID, on form) func() []byte {
	return func() []byte {
		seen, err := a.Rooms.See(context.Background(), id)
		if err != nil {
			return nil
		}
		frame := a.frame(seen, on, a.hall(id), false)
		if m := a.Rooms.Known(seen, player); m != nil {
			frame = appendEvent(frame, "me", 0, a.standing(seen, m))
		}
		return frame
	}
}
