package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
)

type rulesReply struct {
	Title    string                `json:"title"`
	Version  int                   `json:"version"` // of the contest; one more with each change
	Sections []contestview.Section `json:"sections"`
}

// Rules tells the rules of the contest as they hold now, made from its definition.
func (a *API) Rules(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, rulesReply{Title: in.Title, Version: in.Version,
		Sections: contestview.RulesOf(in.Definition)})
}
