package httpapi

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/static"
)

// verifier sends the page that checks public drawings, to be kept and opened from
// the disk.
func verifier(c *gin.Context) {
	c.Header("Content-Disposition", `attachment; filename="verify.html"`)
	c.Header("Cache-Control", "no-cache")
	c.Data(http.StatusOK, "text/html; charset=utf-8", static.Verifier)
}
