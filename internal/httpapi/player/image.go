package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
)

// Image sends the picture of a question. Its name tells what it holds, so phones
// keep it for ever.
func (a *API) Image(c *gin.Context) error {
	name := c.Param("image")
	if len(name) > 64 {
		return bank.ErrNoImage
	}
	image, err := a.Banks.Image(c.Request.Context(), name)
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "public, max-age=31536000, immutable")
	c.Header("X-Content-Type-Options", "nosniff")
	c.Data(http.StatusOK, image.MIME, image.Body)
	return nil
}
