package rooms

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/live"
)

// listed is how many members one call lists.
const listed = 50

type memberReply struct {
	Number  int32  `json:"number"`
	Name    string `json:"name"`
	Shown   string `json:"shown"`
	Team    string `json:"team"`
	Hidden  bool   `json:"hidden"`
	Removed bool   `json:"removed"`
	Robot   bool   `json:"robot"`
	Alive   bool   `json:"alive"`
	Points  int32  `json:"points"`
	Rank    int32  `json:"rank"`
	Network string `json:"network"`
}

// Members lists who is in a room.
func (a *API) Members(c *gin.Context) error {
	seen, err := a.seen(c)
	if err != nil {
		return err
	}
	text, err := web.Query(c, "q")
	if err != nil {
		return err
	}
	after, err := web.Number(c, "after", 0, 0, 1<<30)
	if err != nil {
		return err
	}
	in, err := a.Catalog.Of(seen.ContestID)
	if err != nil {
		return err
	}
	found, err := a.Rooms.ListMembers(c.Request.Context(), seen, strings.TrimSpace(text), int32(after), listed)
	if err != nil {
		return err
	}
	reply := []memberReply{}
	for _, p := range found {
		m := seen.Member(p.Number)
		reply = append(reply, memberReply{Number: p.Number, Name: p.Name, Shown: p.Screen,
			Team:   live.TeamName(in, &seen.Plan.Live, m.Team),
			Hidden: m.Hidden, Removed: m.Removed, Robot: m.Robot, Alive: p.In && p.Out == 0, Points: p.Points, Rank: p.Rank,
			Network: m.Network})
	}
	return web.JSON(c, http.StatusOK, gin.H{"members": reply, "total": len(seen.Members)})
}

type treatRequest struct {
	Action live.Treatment `json:"action"`
}

// Treat removes a member, hides the name, or takes either back.
func (a *API) Treat(c *gin.Context) error {
	seen, err := a.seen(c)
	if err != nil {
		return err
	}
	number, err := strconv.ParseInt(c.Param("number"), 10, 32)
	if err != nil {
		return live.ErrMemberUnknown
	}
	var body treatRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	err = a.Rooms.Treat(c.Request.Context(), console.Actor(c), seen.RoomID, int32(number), body.Action)
	if err != nil {
		return err
	}
	return web.NoContent(c)
}

type networkRequest struct {
	Network string `json:"network"`
}

// RemoveNetwork removes everybody who joined from a network.
func (a *API) RemoveNetwork(c *gin.Context) error {
	seen, err := a.seen(c)
	if err != nil {
		return err
	}
	var body networkRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if body.Network == "" {
		return live.ErrMemberUnknown
	}
	if err := a.Rooms.RemoveNetwork(c.Request.Context(), console.Actor(c), seen.RoomID, body.Network); err != nil {
		return err
	}
	return web.NoContent(c)
}

type robotsRequest struct {
	Players int `json:"players"`
}

// Robots lets made-up players into a rehearsal.
func (a *API) Robots(c *gin.Context) error {
	seen, err := a.seen(c)
	if err != nil {
		return err
	}
	var body robotsRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if seen, err = a.Rooms.AddRobots(c.Request.Context(), console.Actor(c), seen.RoomID, body.Players); err != nil {
		return err
	}
	return a.show(c, http.StatusOK, seen)
}
