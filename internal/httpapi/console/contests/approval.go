package contests

import (
	"context"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
)

type approvalReply struct {
	Needed bool         `json:"needed"`
	Asked  *askingReply `json:"asked"` // null where nobody has asked
}

type askingReply struct {
	By     string `json:"by"`
	At     int64  `json:"at"`
	Reason string `json:"reason"`
	Hash   string `json:"hash"` // of the text that would be published
	Own    bool   `json:"own"`  // who looks has asked, or wrote it last
}

func (a *API) approvalOf(ctx context.Context, me sqldb.ID, d catalog.Draft) (*approvalReply, error) {
	needed, err := a.Catalog.ApprovalNeeded(ctx)
	if err != nil {
		return nil, err
	}
	p, asked, err := a.Catalog.Approval(ctx, d)
	if err != nil || p == nil {
		return &approvalReply{Needed: needed}, err
	}
	return &approvalReply{needed, &askingReply{By: p.FirstName, At: p.ProposedAt, Reason: asked.Reason, Hash: asked.Hash,
		Own: p.FirstBy == me || d.SavedBy == me}}, nil
}

// NeedApproval makes publishing need another person's agreement. Only who holds the
// server takes that back.
func (a *API) NeedApproval(c *gin.Context) error {
	var body struct {
		Needed bool `json:"needed"`
	}
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := a.Catalog.NeedApproval(c.Request.Context(), console.Actor(c), body.Needed); err != nil {
		return err
	}
	return web.NoContent(c)
}

// AskApproval asks another person to publish a draft.
func (a *API) AskApproval(c *gin.Context) error {
	id, err := draftID(c)
	if err != nil {
		return err
	}
	var body struct {
		Revision int    `json:"revision"`
		Reason   string `json:"reason"`
	}
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := web.Text("reason", body.Reason, 600); err != nil {
		return err
	}
	err = a.Catalog.AskApproval(c.Request.Context(), console.Actor(c), id, body.Revision, strings.TrimSpace(body.Reason))
	if err != nil {
		return wrong(err)
	}
	return web.NoContent(c)
}

// Approve publishes what another person asked for.
func (a *API) Approve(c *gin.Context) error {
	id, err := draftID(c)
	if err != nil {
		return err
	}
	var body struct {
		Hash string `json:"hash"`
	}
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	applied, err := a.Catalog.Approve(c.Request.Context(), console.Actor(c), id, body.Hash)
	if err != nil {
		return wrong(err)
	}
	shown, err := a.contestOf(c, applied)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": shown})
}

// WithdrawApproval lets a draft be changed again that waits to be published.
func (a *API) WithdrawApproval(c *gin.Context) error {
	id, err := draftID(c)
	if err == nil {
		err = a.Catalog.WithdrawApproval(c.Request.Context(), console.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return web.NoContent(c)
}
