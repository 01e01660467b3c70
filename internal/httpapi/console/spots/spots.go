// Package spots is the console's page of the spots of a contest and their codes.
package spots

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/spot"
	"anquanda/internal/typed"
)

// API serves who prints codes.
type API struct {
	Catalog *catalog.Catalog
	Spots   *spot.Service
}

type spotReply struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Where string `json:"where"`
	Hours string `json:"hours"`
	Daily bool   `json:"daily"`
	Found int64  `json:"found"` // times; of a daily one once a player and day
}

// List lists the spots with how often they were found, without their codes.
func (a *API) List(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	counts, err := a.Spots.Counts(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	reply := []spotReply{}
	for i := range in.Spots {
		s := &in.Spots[i]
		reply = append(reply, spotReply{s.Key, s.Title, s.Where, string(s.Hours), s.Daily, counts[s.Key]})
	}
	return web.JSON(c, http.StatusOK, gin.H{
		"contest": gin.H{"slug": in.Slug, "title": in.Title, "organizer": in.Organizer}, "spots": reply,
	})
}

type codesRequest struct {
	From string `json:"from"`
	Days int    `json:"days"`
}

type codeReply struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Day   int    `json:"day"` // yyyymmdd; 0: every day
	Code  string `json:"code"`
	Path  string `json:"path"` // of the link, below the host
}

// Codes tells the codes, to print them.
func (a *API) Codes(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body codesRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	codes, err := a.Spots.Codes(c.Request.Context(), console.Actor(c), in, body.From, body.Days)
	if err != nil {
		return err
	}
	reply := make([]codeReply, len(codes))
	for i, code := range codes {
		// Behind the #, no log of a proxy and no referrer has it.
		reply[i] = codeReply{code.Spot.Key, code.Spot.Title, code.Day, typed.ShownCode(code.Code),
			"/c/" + in.Slug + "#/spots/" + code.Code}
	}
	return web.JSON(c, http.StatusOK, gin.H{"codes": reply})
}
