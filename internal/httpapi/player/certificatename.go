package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/certificate"
	"anquanda/internal/httpapi/web"
)

// CorrectName prints the real name that the player tells now on a certificate that bears a
// mistyped one.
func (a *API) CorrectName(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	ctx, key := c.Request.Context(), c.Param("certificate")
	e, err := a.Players.Enrolment(ctx, in.ContestID, player)
	if err != nil {
		return err
	}
	if err := a.Certificates.CorrectName(ctx, in.ContestID, player, key, a.millis()); err != nil {
		return err
	}
	held, err := a.Certificates.Of(ctx, in.ContestID, player)
	if err != nil {
		return err
	}
	for i := range held {
		if held[i].Key != key {
			continue
		}
		reply, err := a.certificateOf(&held[i], e)
		if err != nil {
			return err
		}
		return web.JSON(c, http.StatusOK, reply)
	}
	return certificate.ErrNotHeld
}
