package drawings

import (
	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/sqldb"
)

type exclusionReply struct {
	Player   string                  `json:"player"`
	Nickname string                  `json:"nickname"`
	Reason   drawing.ExclusionReason `json:"reason"`
	Note     string                  `json:"note"`
	By       string                  `json:"by"`
	At       int64                   `json:"at"`
}

func (a *API) exclusionsOf(c *gin.Context, in *catalog.Contest) ([]exclusionReply, error) {
	excluded, err := a.Drawings.Exclusions(c.Request.Context(), in.ContestID)
	if err != nil {
		return nil, err
	}
	players := make([]sqldb.ID, len(excluded))
	for i := range excluded {
		players[i] = excluded[i].PlayerID
	}
	names, err := a.Players.Enrolments(c.Request.Context(), in.ContestID, players)
	if err != nil {
		return nil, err
	}
	reply := []exclusionReply{}
	for _, e := range excluded {
		reply = append(reply, exclusionReply{
			Player: e.PlayerID.String(), Nickname: names[e.PlayerID].Nickname, Reason: e.Reason, Note: e.Note, By: e.By,
			At: e.At,
		})
	}
	return reply, nil
}

type excludeRequest struct {
	Reason drawing.ExclusionReason `json:"reason"`
	Note   string                  `json:"note"`
}

// Exclude proposes to keep a player out of the drawings that are not frozen yet.
func (a *API) Exclude(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	player, err := web.ID(c, "player", identity.ErrNotEnrolled)
	if err != nil {
		return err
	}
	var body excludeRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	err = a.Drawings.Exclude(c.Request.Context(), console.Actor(c), in.ContestID, player, body.Reason, body.Note)
	if err != nil {
		return err
	}
	return web.NoContent(c)
}

// Readmit proposes to take an exclusion back.
func (a *API) Readmit(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	player, err := web.ID(c, "player", identity.ErrNotEnrolled)
	if err != nil {
		return err
	}
	if err := a.Drawings.Readmit(c.Request.Context(), console.Actor(c), in.ContestID, player); err != nil {
		return err
	}
	return web.NoContent(c)
}
