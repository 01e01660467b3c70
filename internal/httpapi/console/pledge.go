package console

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/pledge"
)

// signaturesListed is how many signatures one call lists.
const signaturesListed = 50

type signatureReply struct {
	Number   int64  `json:"number"`
	Name     string `json:"name"` // as the wall shows it while it is not hidden
	Hidden   bool   `json:"hidden"`
	Depth    int    `json:"depth"`
	SignedAt int64  `json:"signed_at"`
}

// Signatures lists who signed a contest's pledge, newest first.
func (a *API) Signatures(c *gin.Context) error {
	in, err := a.pledged(c)
	if err != nil {
		return err
	}
	before, err := web.Number(c, "before", 0, 1, 1<<53)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	rows, err := a.Pledges.List(ctx, in.ContestID, before, signaturesListed)
	if err != nil {
		return err
	}
	count, err := a.Pledges.Count(ctx, in.ContestID)
	if err != nil {
		return err
	}
	reply := make([]signatureReply, len(rows))
	for i, row := range rows {
		reply[i] = signatureReply{Number: row.Number, Hidden: row.Hidden, Depth: row.Depth, SignedAt: row.SignedAt}
		row.Hidden = false
		reply[i].Name = row.Shown()
	}
	return web.JSON(c, http.StatusOK, gin.H{"title": in.Pledge.Title, "signed": count, "signatures": reply})
}

// pledged is the contest that the address names, if it has a pledge.
func (a *API) pledged(c *gin.Context) (*catalog.Contest, error) {
	in, err := a.Catalog.Current(c.Param("contest"))
	if err == nil && in.Pledge == nil {
		err = pledge.ErrNone
	}
	return in, err
}

type hideRequest struct {
	Hidden bool   `json:"hidden"`
	Reason string `json:"reason"`
}

// HideSignature takes a name from the wall, or shows it again.
func (a *API) HideSignature(c *gin.Context) error {
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
	if err := a.Pledges.Hide(c.Request.Context(), actor(c), in, number, body.Hidden, body.Reason); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}
