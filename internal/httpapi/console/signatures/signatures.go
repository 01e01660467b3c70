// Package signatures is the console's screen of who signed a pledge.
package signatures

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/pledge"
)

// API serves who looks after a pledge.
type API struct {
	Catalog *catalog.Catalog
	Pledges *pledge.Service
}

// listed is how many signatures one call lists.
const listed = 50

type signatureReply struct {
	Number   int64  `json:"number"`
	Name     string `json:"name"` // as the wall shows it while it is not hidden
	Hidden   bool   `json:"hidden"`
	Depth    int    `json:"depth"`
	SignedAt int64  `json:"signed_at"`
}

// List lists who signed a contest's pledge, newest first.
func (a *API) List(c *gin.Context) error {
	in, err := a.pledged(c)
	if err != nil {
		return err
	}
	before, err := web.Number(c, "before", 0, 1, 1<<53)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	rows, err := a.Pledges.List(ctx, in.ContestID, before, listed)
	if err != nil {
		return err
	}
	count, err := a.Pledges.Count(ctx, in.ContestID)
	if err != nil {
		return err
	}
	reply := make([]signatureReply, len(rows))
	for i, row := range rows {
		reply[i] = signatureReply{Number: row.Number, Hidden: !row.NameState.Public(), Depth: row.Depth,
			SignedAt: row.SignedAt}
		reply[i].Name = row.AsChosen()
	}
	return web.JSON(c, http.StatusOK, gin.H{"title": in.Pledge.Title, "signed": count, "signatures": reply})
}

// pledged is the contest that the address names, if it has a pledge.
func (a *API) pledged(c *gin.Context) (*catalog.Contest, error) {
	in, err := web.Contest(c, a.Catalog)
	if err == nil && in.Pledge == nil {
		err = pledge.ErrNone
	}
	return in, err
}

type hideRequest struct {
	Hidden bool   `json:"hidden"`
	Reason string `json:"reason"`
}

// Hide takes a name from the wall, or shows it again.
func (a *API) Hide(c *gin.Context) error {
	in, err := a.pledged(c)
	if err != nil {
		return err
	}
	number, err := strconv.ParseInt(c.Param("number"), 10, 64)
	if err != nil || number < 1 {
		return pledge.ErrNotSigned
	}
	var body hideRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := web.Text("reason", body.Reason, 200); err != nil {
		return err
	}
	if err := a.Pledges.Hide(c.Request.Context(), console.Actor(c), in, number, body.Hidden, body.Reason); err != nil {
		return err
	}
	return web.NoContent(c)
}
