package httpapi

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/referral"
)

// short sends who opens the short address of a channel on to its contest. The code names
// a channel and nobody, and what it leads to is public.
func (s *Server) short(c *gin.Context) error {
	code := c.Param("code")
	id, err := s.Player.Referrals.ContestOfChannel(c.Request.Context(), code)
	if err == nil {
		in, missing := s.Player.Catalog.Of(id)
		if missing == nil {
			c.Header("Cache-Control", "no-store")
			c.Redirect(http.StatusFound, "/c/"+in.Slug+"?c="+code)
			return nil
		}
		err = missing
	}
	if errors.Is(err, referral.ErrChannelUnknown) || errors.Is(err, catalog.ErrUnknown) {
		s.Pages.ServeHTTP(c.Writer, c.Request)
		return nil
	}
	return err
}
