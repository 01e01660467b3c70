package banks

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
)

// Write begins a draft for questions that are written in the console.
func (a *API) Write(c *gin.Context) error {
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	ctx := c.Request.Context()
	id, err := a.Banks.WriteDraft(ctx, a.IDs, console.Actor(c))
	if err != nil {
		return err
	}
	d, err := a.Banks.Draft(ctx, id)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, draftOf(d))
}

// AddRow adds a question to a written draft.
func (a *API) AddRow(c *gin.Context) error {
	id, err := web.ID(c, "draft", bank.ErrNoDraft)
	if err != nil {
		return err
	}
	q, err := rowQuestion(c)
	if err != nil {
		return err
	}
	row, err := a.Banks.AddRow(c.Request.Context(), id, *q)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, rowOf(row))
}

// DropRow takes a question out of a written draft.
func (a *API) DropRow(c *gin.Context) error {
	id, ordinal, err := rowOfDraft(c)
	if err != nil {
		return err
	}
	if err := a.Banks.DropRow(c.Request.Context(), id, ordinal); err != nil {
		return err
	}
	return web.NoContent(c)
}
