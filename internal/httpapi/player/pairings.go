package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/contest"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
)

// Pairings tells which units meet, what they have so far and who won.
func (a *API) Pairings(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	states, err := a.Pairs.Pairings.Seen(c.Request.Context(), in)
	if err != nil {
		return err
	}
	var failed error
	pairings, err := a.Pairs.Of(c.Request.Context(), in, states, a.millis(), func(of contest.Board) sqldb.ID {
		mine, err := a.rankedAs(c, in, of)
		failed = err
		return mine
	})
	if err == nil {
		err = failed
	}
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"server_time": a.millis(), "pairings": pairings})
}
