package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

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
	ctx := c.Request.Context()
	e, err := a.Players.Enrolment(ctx, in.ContestID, player)
	if err != nil {
		return err
	}
	corrected, err := a.Certificates.CorrectName(ctx, in.ContestID, player, c.Param("certificate"), a.millis())
	if err != nil {
		return err
	}
	reply, err := a.certificateOf(corrected, e)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, reply)
}
