package drawings

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/sqldb"
)

type doubtReply struct {
	Player   string `json:"player"`
	Nickname string `json:"nickname"`
	Signals  bool   `json:"signals"`
	Held     int    `json:"held"` // attempts that wait
}

// doubtsShown bounds what one call lists; the page of cases lists all.
const doubtsShown = 20

// Doubts tells what staff look at before they freeze a list.
func (a *API) Doubts(c *gin.Context) error {
	id, err := web.ID(c, "drawing", drawing.ErrDrawingUnknown)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	row, err := a.Drawings.Drawing(ctx, id)
	if err != nil {
		return err
	}
	doubts, err := a.Drawings.Doubts(ctx, id)
	if err != nil {
		return err
	}
	shown := doubts.Players[:min(len(doubts.Players), doubtsShown)]
	ids := make([]sqldb.ID, len(shown))
	for i := range shown {
		ids[i] = shown[i].PlayerID
	}
	names, err := a.Players.Enrolments(ctx, row.ContestID, ids)
	if err != nil {
		return err
	}
	players := []doubtReply{}
	for _, p := range shown {
		players = append(players, doubtReply{p.PlayerID.String(), names[p.PlayerID].Nickname, p.Signals, p.Held})
	}
	return web.JSON(c, http.StatusOK, gin.H{"looked_at": doubts.LookedAt, "signals": doubts.Signals, "held": doubts.Held,
		"total": len(doubts.Players), "players": players})
}
