package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/board"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
)

// PublicLists lists the public lists of a contest, and on which of them who asks is.
func (a *API) PublicLists(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	lists, err := a.Lists.Of(c.Request.Context(), in, web.Player(c))
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"server_time": a.millis(), "lists": lists})
}

type listPageReply struct {
	ServerTime int64 `json:"server_time"`
	*contestview.ListPage
}

// PublicList shows a part of a public list.
func (a *API) PublicList(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	from, err := web.Number(c, "from", 1, 1, 1_000_000_000)
	if err != nil {
		return err
	}
	size, err := web.Number(c, "size", 50, 1, board.MaxPage)
	if err != nil {
		return err
	}
	page, err := a.Lists.Page(c.Request.Context(), in, c.Param("list"), int(from), int(size), web.Player(c))
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, listPageReply{a.millis(), page})
}
