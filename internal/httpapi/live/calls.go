package live

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/roomview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/limit"
	rooms "anquanda/internal/live"
	"anquanda/internal/live/hub"
	"anquanda/internal/live/room"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// snapshotReply is a room and how a player stands in it.
type snapshotReply struct {
	Room   *roomview.Room `json:"room"`
	Me     *meReply       `json:"me"`
	PollMS int64          `json:"poll_ms"`
}

type listedReply struct {
	Room     string     `json:"room"`
	Title    string     `json:"title"`
	Phase    room.Phase `json:"phase"`
	StartsAt int64      `json:"starts_at"`
	Members  int        `json:"members"`
	Mine     bool       `json:"mine"`
}

// List lists the rooms of a contest that are on.
func (a *API) List(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	listed, err := a.Rooms.Of(c.Request.Context(), in.ContestID, true)
	if err != nil {
		return err
	}
	reply := []listedReply{}
	for _, seen := range listed {
		if !web.AdmittedTo(c, in, seen) {
			continue
		}
		reply = append(reply, listedReply{Room: seen.RoomID.String(), Title: seen.Plan.Live.Title, Phase: seen.State.Phase,
			StartsAt: seen.Plan.Live.Starts.MS, Members: len(seen.Table.Order),
			Mine: a.Rooms.Known(seen, web.PlayerIn(c, in.ContestID)) != nil})
	}
	return web.JSON(c, http.StatusOK, gin.H{"rooms": reply})
}

type codeReply struct {
	Room    string     `json:"room"`
	Contest string     `json:"contest"`
	Title   string     `json:"title"`
	Phase   room.Phase `json:"phase"`
}

// ByCode finds the room of six digits.
func (a *API) ByCode(c *gin.Context) error {
	seen, err := a.Rooms.ByCode(c.Request.Context(), c.Param("code"))
	if err != nil {
		return err
	}
	in, err := a.Catalog.Of(seen.ContestID)
	if err != nil {
		return err
	}
	if !web.AdmittedTo(c, in, seen) {
		return rooms.ErrCodeUnknown
	}
	return web.JSON(c, http.StatusOK, codeReply{seen.RoomID.String(), in.Slug, seen.Plan.Live.Title, seen.State.Phase})
}

// Join lets the player into the room.
func (a *API) Join(c *gin.Context) error {
	player, seen, err := a.playerIn(c)
	if err != nil {
		return err
	}
	if a.Rooms.Known(seen, player) == nil {
		in, err := a.Catalog.Of(seen.ContestID)
		if err == nil {
			err = a.Limits.Take(c, in, limit.LiveJoin)
		}
		if err != nil {
			return err
		}
	}
	seen, _, err = a.Rooms.Join(c.Request.Context(), seen.RoomID, player, rooms.Network(c.ClientIP()))
	if err != nil {
		return err
	}
	return a.snapshot(c, seen, player)
}

// snapshot writes a room as it stands for a player; 0 is somebody who looks on.
func (a *API) snapshot(c *gin.Context, seen *rooms.Seen, player sqldb.ID) error {
	on, err := formAsked(c)
	if err != nil {
		return err
	}
	reply := snapshotReply{PollMS: pollMS(seen, a.millis())}
	if reply.Me, err = a.me(c.Request.Context(), seen, player); err != nil {
		return err
	}
	if reply.Room, err = a.tell(seen, on, a.hall(seen.RoomID), false); err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, reply)
}

// formAsked is how the page wants a room to be told.
func formAsked(c *gin.Context) (form, error) {
	for name, on := range map[string]form{"plain": plain, "screen": screen} {
		value, err := web.Query(c, name)
		if err != nil {
			return sealed, err
		}
		if value == "1" {
			return on, nil
		}
	}
	return sealed, nil
}

const (
	pollUsually = 2_000 // ms
	pollSoon    = 1_000
	pollRarely  = 5_000
)

// pollMS is when a page without a stream should ask again: just after an opening or a
// close that is known, sooner while something is going on.
func pollMS(seen *rooms.Seen, now int64) int64 {
	s := &seen.State
	switch s.Phase {
	case room.Lobby:
		return pollUsually
	case room.Over:
		return pollRarely
	case room.Open:
		r := s.Current()
		for _, at := range []int64{r.OpensAt, r.ClosesAt + room.CommitGrace} {
			if wait := at - now; wait > 0 {
				return max(min(wait+50, pollUsually), 50)
			}
		}
	}
	return pollSoon
}

// State tells how a room stands. With after, nothing where nothing has changed since
// that seq.
func (a *API) State(c *gin.Context) error {
	seen, err := a.seen(c)
	if err != nil {
		return err
	}
	after, err := web.Number(c, "after", 0, 0, 1<<53)
	if err != nil {
		return err
	}
	held, err := web.Number(c, "held", 0, 0, room.MaxRounds)
	if err != nil {
		return err
	}
	player := web.PlayerIn(c, seen.ContestID)
	if player != 0 && a.Rooms.Known(seen, player) != nil {
		h := a.hall(seen.RoomID)
		h.poll(player, a.millis())
		if held > 0 {
			h.hold(player, int(held))
		}
	}
	if after > 0 && seen.Version() <= after {
		return web.NoContent(c)
	}
	return a.snapshot(c, seen, player)
}

// Stream begins a stream of server-sent events, and returns; the hub goes on with it.
func (a *API) Stream(c *gin.Context) error {
	seen, err := a.seen(c)
	if err != nil {
		return err
	}
	on, err := formAsked(c)
	if err != nil {
		return err
	}
	player := web.PlayerIn(c, seen.ContestID)
	member, err := a.Rooms.MemberOf(c.Request.Context(), seen, player) // who joined by another node, too
	if err != nil {
		return err
	}
	if member == nil {
		player = 0 // not joined: looks on
	}
	return a.Hub.Serve(c.Writer, c.Request, hub.Subscription{
		Client: hub.Client{Room: seen.RoomID, Player: player, Plain: on == plain, Screen: on == screen,
			Network: rooms.Network(c.ClientIP())},
		First: a.first(seen.RoomID, player, on),
	})
}

type heldRequest struct {
	Round int `json:"round"`
}

// Held notes that the phone has the sealed question.
func (a *API) Held(c *gin.Context) error {
	player, seen, err := a.playerIn(c)
	if err != nil {
		return err
	}
	var body heldRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if body.Round == seen.State.Round() && a.Rooms.Known(seen, player) != nil {
		a.hall(seen.RoomID).hold(player, body.Round)
	}
	return web.NoContent(c)
}

type answerRequest struct {
	Round    int      `json:"round"`
	Revision int      `json:"revision"`
	Options  []string `json:"options"`
	Blanks   []string `json:"blanks"`
}

type countedReply struct {
	Counted    bool  `json:"counted"`
	Repeated   bool  `json:"repeated"`
	Revision   int   `json:"revision"`
	UsedMS     int64 `json:"used_ms"`
	LateMS     int64 `json:"late_ms"`
	ServerTime int64 `json:"server_time"`
}

// Answer takes an answer, or a changed one. Too late is an answer too: it says by how
// much.
func (a *API) Answer(c *gin.Context) error {
	player, seen, err := a.playerIn(c)
	if err != nil {
		return err
	}
	var body answerRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	for _, blank := range body.Blanks {
		if err := web.Text("blanks", blank, question.MaxBlankBytes); err != nil {
			return err
		}
	}
	counted, err := a.Rooms.Answer(c.Request.Context(), seen.RoomID, player, rooms.Response(body))
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, countedReply{counted.Counted, counted.Repeated, counted.Revision, counted.UsedMS,
		counted.LateMS, a.millis()})
}

// Revive plays a card for a player who is out.
func (a *API) Revive(c *gin.Context) error {
	player, seen, err := a.playerIn(c)
	if err != nil {
		return err
	}
	if seen, err = a.Rooms.Return(c.Request.Context(), seen.RoomID, player); err != nil {
		return err
	}
	return a.snapshot(c, seen, player)
}
