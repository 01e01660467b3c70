package contests

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
)

type draftReply struct {
	ID        string `json:"id"`
	Contest   string `json:"contest"` // slug of the contest that it changes; empty: a new one
	Base      int    `json:"base"`
	Revision  int    `json:"revision"`
	Title     string `json:"title"`
	SavedBy   string `json:"saved_by"`
	SavedAt   int64  `json:"saved_at"`
	CreatedAt int64  `json:"created_at"`
	Waiting   bool   `json:"waiting"`   // for somebody to agree that it is published
	Rehearsed bool   `json:"rehearsed"` // now
}

func (a *API) draftOf(d catalog.Draft) draftReply {
	reply := draftReply{ID: d.ID.String(), Base: d.Base, Revision: d.Revision, Title: d.Title, SavedBy: d.SavedName,
		SavedAt: d.SavedAt, CreatedAt: d.CreatedAt, Waiting: d.Waiting != 0, Rehearsed: d.Rehearsal != 0}
	if in, err := a.Catalog.Of(d.ContestID); err == nil {
		reply.Contest = in.Slug
	}
	return reply
}

// Drafts lists what is being written.
func (a *API) Drafts(c *gin.Context) error {
	drafts, err := a.Catalog.Drafts(c.Request.Context())
	if err != nil {
		return err
	}
	needed, err := a.Catalog.ApprovalNeeded(c.Request.Context())
	if err != nil {
		return err
	}
	reply := make([]draftReply, len(drafts))
	for i, d := range drafts {
		reply[i] = a.draftOf(d)
	}
	return web.JSON(c, http.StatusOK, gin.H{"drafts": reply, "approval": needed})
}

type draftRequest struct {
	Contest  string          `json:"contest"`
	Base     int             `json:"base"`
	Revision int             `json:"revision"`
	Text     string          `json:"text"`
	Form     json.RawMessage `json:"form"`
}

// form is what the form remembers besides the text; "{}" for nothing.
func (r *draftRequest) form() string {
	if len(r.Form) == 0 {
		return "{}"
	}
	return string(r.Form)
}

// BeginDraft keeps what somebody has begun to write.
func (a *API) BeginDraft(c *gin.Context) error {
	var body draftRequest
	if err := web.DecodeUpTo(c, &body, maxTextBody); err != nil {
		return err
	}
	d, err := a.Catalog.BeginDraft(c.Request.Context(), console.Actor(c), body.Contest, body.Base, body.Text, body.form())
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"draft": a.draftOf(d.Draft)})
}

// SaveDraft keeps the next state of a draft.
func (a *API) SaveDraft(c *gin.Context) error {
	id, err := draftID(c)
	if err != nil {
		return err
	}
	var body draftRequest
	if err := web.DecodeUpTo(c, &body, maxTextBody); err != nil {
		return err
	}
	d, err := a.Catalog.SaveDraft(c.Request.Context(), console.Actor(c), id,
		catalog.Save{Revision: body.Revision, Base: body.Base, Text: body.Text, Form: body.form()})
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"draft": a.draftOf(d.Draft)})
}

func draftID(c *gin.Context) (sqldb.ID, error) { return web.ID(c, "writing", catalog.ErrNoDraft) }

// Draft is a draft to go on with, and who may look at it or has to.
func (a *API) Draft(c *gin.Context) error {
	id, err := draftID(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	d, err := a.Catalog.Draft(ctx, id)
	if err != nil {
		return err
	}
	approval, err := a.approvalOf(ctx, console.Member(c).ID, d.Draft)
	if err != nil {
		return err
	}
	links, err := a.linksOf(ctx, id)
	if err != nil {
		return err
	}
	rehearsal, err := a.draftRehearsalOf(c, id)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"draft": a.draftOf(d.Draft), "text": d.Body, "form": json.RawMessage(d.Form),
		"approval": approval, "links": links, "rehearsal": rehearsal})
}

// DropDraft throws a draft away.
func (a *API) DropDraft(c *gin.Context) error {
	id, err := draftID(c)
	if err == nil {
		err = a.Catalog.DropDraft(c.Request.Context(), console.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return web.NoContent(c)
}

func (a *API) draftRehearsalOf(c *gin.Context, id sqldb.ID) (*rehearsalReply, error) {
	in, err := a.Catalog.DraftRehearsal(id)
	if errors.Is(err, catalog.ErrNoRehearsal) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return a.rehearsalOf(c, in)
}

// RehearseDraft begins a rehearsal of a draft, which nothing public tells of.
func (a *API) RehearseDraft(c *gin.Context) error {
	id, err := draftID(c)
	if err != nil {
		return err
	}
	in, err := a.Catalog.RehearseDraft(c.Request.Context(), console.Actor(c), id)
	if err != nil {
		return wrong(err)
	}
	reply, err := a.rehearsalOf(c, in)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"rehearsal": reply})
}

// EndDraftRehearsal ends the rehearsal of a draft and deletes all of it.
func (a *API) EndDraftRehearsal(c *gin.Context) error {
	id, err := draftID(c)
	if err == nil {
		err = a.DeleteDraftRehearsal(c.Request.Context(), console.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return web.NoContent(c)
}

type linkReply struct {
	ID     string `json:"id"`
	MadeBy string `json:"made_by"`
	MadeAt int64  `json:"made_at"`
	EndsAt int64  `json:"ends_at"`
}

func linkOf(link catalog.DraftLink) linkReply {
	return linkReply{ID: link.ID.String(), MadeBy: link.MadeName, MadeAt: link.MadeAt, EndsAt: link.EndsAt}
}

func (a *API) linksOf(ctx context.Context, id sqldb.ID) ([]linkReply, error) {
	links, err := a.Catalog.DraftLinks(ctx, id)
	reply := make([]linkReply, len(links))
	for i, link := range links {
		reply[i] = linkOf(link)
	}
	return reply, err
}

// LinkDraft makes a link by which somebody without an account looks at a draft.
func (a *API) LinkDraft(c *gin.Context) error {
	id, err := draftID(c)
	if err != nil {
		return err
	}
	var body struct {
		Days int `json:"days"`
	}
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	link, token, err := a.Catalog.LinkDraft(c.Request.Context(), console.Actor(c), id, body.Days)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"link": linkOf(*link), "token": token})
}

// WithdrawLink ends a link to a draft.
func (a *API) WithdrawLink(c *gin.Context) error {
	id, err := draftID(c)
	if err != nil {
		return err
	}
	link, err := web.ID(c, "link", catalog.ErrNoLink)
	if err == nil {
		err = a.Catalog.WithdrawLink(c.Request.Context(), console.Actor(c), id, link)
	}
	if err != nil {
		return err
	}
	return web.NoContent(c)
}
