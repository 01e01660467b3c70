package player

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity/signin/booth"
)

// BoothCode makes the code that a player shows to staff, who confirm the person.
func (a *API) BoothCode(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	at := booth.Contest{ID: in.ContestID, Definition: in.Definition}
	code, until, err := a.Booth.Code(c.Request.Context(), at, player)
	if err != nil {
		return err
	}
	page := a.site(c) + "/console#/c/" + url.PathEscape(in.Slug) + "/proofs/" + strings.ReplaceAll(code, " ", "")
	return web.JSON(c, http.StatusCreated, gin.H{"server_time": a.millis(), "code": code, "expires_at": until,
		"address": page})
}
