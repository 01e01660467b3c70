package console

import (
	"bytes"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/prize"
)

type stateCountReply struct {
	Title  string       `json:"title"`
	Status prize.Status `json:"status"`
	Count  int          `json:"count"`
}

// ClaimCounts tells how far the handing out of each prize is.
func (a *API) ClaimCounts(c *gin.Context) error {
	in, err := a.Catalog.Current(c.Param("contest"))
	if err != nil {
		return err
	}
	counts, err := a.Claims.Counts(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	reply := []stateCountReply{}
	for _, n := range counts {
		reply = append(reply, stateCountReply{titleOf(in, n.PrizeKey), n.Status, n.Count})
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": gin.H{"slug": in.Slug, "title": in.Title}, "counts": reply})
}

// ExportWinners sends the winners as a workbook for the warehouse. It is whole
// before the first byte goes out: half a list would be worse than none.
func (a *API) ExportWinners(c *gin.Context) error {
	in, err := a.Catalog.Current(c.Param("contest"))
	if err != nil {
		return err
	}
	var sheet bytes.Buffer
	if _, err := a.Claims.WriteSheet(c.Request.Context(), actor(c), in, &sheet); err != nil {
		return err
	}
	sendFile(c, in.Slug+"-winners.xlsx", sheet.Bytes())
	return nil
}
