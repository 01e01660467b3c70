package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
)

type contestsReply struct {
	ServerTime int64              `json:"server_time"`
	Meant      string             `json:"meant"` // slug of the one to open unasked; empty where people choose
	Public     string             `json:"public"`
	Contests   []contestview.Line `json:"contests"`
}

// Contests tells what is open, what comes next and what is over.
func (a *API) Contests(c *gin.Context) error {
	now := a.millis()
	scheduled := a.Catalog.Scheduled(now)
	reply := contestsReply{ServerTime: now, Public: a.Public, Contests: contestview.LinesOf(scheduled, now)}
	if meant := catalog.Meant(scheduled, now); meant != nil {
		reply.Meant = meant.Slug
	}
	return web.JSON(c, http.StatusOK, reply)
}

// choice lists the contests that who asks for the current one may mean; nothing
// where the address names a contest, or one is meant.
func (a *API) choice(c *gin.Context, now int64) []contestview.Line {
	if c.Param("contest") != catalog.CurrentSlug {
		return nil
	}
	scheduled := a.Catalog.Scheduled(now)
	if catalog.Meant(scheduled, now) != nil {
		return nil
	}
	return contestview.LinesOf(scheduled, now)
}
