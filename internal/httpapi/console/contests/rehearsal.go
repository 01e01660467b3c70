package contests

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/staff"
)

type rehearsalReply struct {
	Slug     string `json:"slug"`
	Players  int64  `json:"players"`
	Attempts int64  `json:"attempts"`
	// Pass opens the rehearsal's pages, and so its questions with their answers; it is told
	// to those who may begin and end rehearsals.
	Pass string `json:"pass,omitempty"`
}

func (a *API) rehearsalOf(c *gin.Context, in *catalog.Contest) (*rehearsalReply, error) {
	ctx := c.Request.Context()
	stats, err := a.Play.Stats(ctx, in.ContestID)
	if err != nil {
		return nil, err
	}
	players, err := a.Players.Count(ctx, in.ContestID) // the counters may be some seconds old
	reply := &rehearsalReply{Slug: in.Slug, Players: players, Attempts: stats.Attempts}
	if console.Member(c).Role.May(staff.EditContests) {
		reply.Pass = a.Passes.OfContest(in)
	}
	return reply, err
}

// Rehearse begins a rehearsal of a contest.
func (a *API) Rehearse(c *gin.Context) error {
	in, err := a.Catalog.Rehearse(c.Request.Context(), console.Actor(c), c.Param("contest"))
	if err != nil {
		return err
	}
	reply, err := a.rehearsalOf(c, in)
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
