package rooms

import (
	"bytes"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
)

// Results sends who answered what as a workbook. It is whole before the first byte goes
// out.
func (a *API) Results(c *gin.Context) error {
	seen, err := a.seen(c)
	if err != nil {
		return err
	}
	var book bytes.Buffer
	if err := a.Rooms.WriteResults(c.Request.Context(), console.Actor(c), seen, &book); err != nil {
		return err
	}
	web.SendFile(c, "live-"+seen.RoomID.String()+".xlsx", book.Bytes())
	return nil
}
