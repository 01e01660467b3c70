package prizes

import (
	"bytes"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/contestview"
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
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	counts, err := a.Claims.Counts(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	reply := []stateCountReply{}
	for _, n := range counts {
		reply = append(reply, stateCountReply{Title: contestview.PrizeTitle(in, n.PrizeKey), Status: n.Status,
			Count: n.Count})
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": contestview.HeadingOf(in), "counts": reply})
}

// ExportWinners sends the winners as a workbook for the warehouse. It is whole
// before the first byte goes out: half a list would be worse than none.
func (a *API) ExportWinners(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var sheet bytes.Buffer
	if _, err := a.Claims.WriteSheet(c.Request.Context(), console.Actor(c), in, &sheet); err != nil {
		return err
	}
	web.SendFile(c, in.Slug+"-winners.xlsx", sheet.Bytes())
	return nil
}
