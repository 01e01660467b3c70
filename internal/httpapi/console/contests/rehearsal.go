package contests

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
)

type rehearsalReply struct {
	Slug     string `json:"slug"`
	Players  int64  `json:"players"`
	Attempts int64  `json:"attempts"`
}

func (a *API) rehearsalOf(ctx context.Context, in *catalog.Contest) (*rehearsalReply, error) {
	stats, err := a.Play.Stats(ctx, in.ContestID)
	if err != nil {
		return nil, err
	}
	players, err := a.Players.Count(ctx, in.ContestID) // the counters may be some seconds old
	return &rehearsalReply{Slug: in.Slug, Players: players, Attempts: stats.Attempts}, err
}

// Rehearse begins a rehearsal of a contest.
func (a *API) Rehearse(c *gin.Context) error {
	in, err := a.Catalog.Rehearse(c.Request.Context(), console.Actor(c), c.Param("contest"))
	if err != nil {
		return err
	}
	reply, err := a.rehearsalOf(c.Request.Context(), in)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"rehearsal": reply})
}

// EndRehearsal ends the rehearsal of a contest and deletes all of it.
func (a *API) EndRehearsal(c *gin.Context) error {
	if err := a.DeleteRehearsal(c.Request.Context(), console.Actor(c), c.Param("contest")); err != nil {
		return err
	}
	return web.NoContent(c)
}
