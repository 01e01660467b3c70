package closings

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

// holdersReply is a unit with how many certificates its players hold.
type holdersReply struct {
	Unit         string `json:"unit"` // its id, or noUnit
	Name         string `json:"name"` // from the top down; empty with noUnit
	Certificates int    `json:"certificates"`
}

// noUnit stands for the players of no unit.
const noUnit = "none"

// Certified tells of which units players hold certificates, so that they can be printed
// and handed over by unit.
func (a *API) Certified(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	counted, err := a.Certificates.OfUnits(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	reply := []holdersReply{}
	for _, u := range in.Units.Units() {
		if n := counted[u.ID]; n > 0 {
			reply = append(reply, holdersReply{u.ID.String(), in.Units.Path(u.ID), n})
		}
	}
	if n := counted[0]; n > 0 {
		reply = append(reply, holdersReply{Unit: noUnit, Certificates: n})
	}
	return web.JSON(c, http.StatusOK, gin.H{"units": reply})
}

// sheetReply is a certificate to be printed.
type sheetReply struct {
	Name     string `json:"name"` // empty while the player has not told the real name that it bears
	Unit     string `json:"unit"` // as it stands on the certificate; empty: of none
	Title    string `json:"title"`
	Text     string `json:"text"`
	Score    string `json:"score"` // empty: none
	Number   string `json:"number"`
	Code     string `json:"code"`
	EarnedAt int64  `json:"earned_at"` // UTC ms
}

// Sheets tells what stands on the certificates of the players of a unit.
func (a *API) Sheets(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	of, _ := sqldb.ParseID(c.Param("unit"))
	if _, known := in.Units.Get(of); !known && c.Param("unit") != noUnit {
		return unit.ErrUnknown
	}
	after, _ := sqldb.ParseID(c.Query("after")) // 0: from the first
	sheets, more, err := a.Certificates.Sheets(c.Request.Context(), console.Actor(c), in, of, after)
	if err != nil {
		return err
	}
	reply := make([]sheetReply, len(sheets))
	for i := range sheets {
		s := &sheets[i]
		reply[i] = sheetReply{s.Shown, s.Unit, s.Title, s.Text, s.Score, s.Number.String(), a.Certificates.Code(s.Number),
			s.EarnedAt}
	}
	return web.JSON(c, http.StatusOK, gin.H{"title": in.Title, "organizer": in.Organizer,
		"rehearsal": in.RehearsalOf != 0, "certificates": reply, "more": more})
}
