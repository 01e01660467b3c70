package console

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// FreezeDrawing begins to put the list together; how far it is and what came of it
// stands in the drawing.
func (a *API) FreezeDrawing(c *gin.Context) error {
	id, err := drawingID(c)
	if err != nil {
		return err
	}
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	if err := a.Drawn.StartFreeze(c.Request.Context(), actor(c), id); err != nil {
		return err
	}
	return a.showDrawing(c, id)
}

type reasonRequest struct {
	Reason string `json:"reason"`
}

// CancelDrawing gives a drawing up before its source is known.
func (a *API) CancelDrawing(c *gin.Context) error {
	id, err := drawingID(c)
	if err != nil {
		return err
	}
	var body reasonRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := a.Drawn.Cancel(c.Request.Context(), actor(c), id, body.Reason); err != nil {
		return err
	}
	return a.showDrawing(c, id)
}

type valuesRequest struct {
	Values []string `json:"values"` // of each source, in the order of the plan
}

// EnterSource takes the values of the public source from one of the two who enter
// them.
func (a *API) EnterSource(c *gin.Context) error {
	id, err := drawingID(c)
	if err != nil {
		return err
	}
	var body valuesRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if _, err := a.Drawn.Enter(c.Request.Context(), actor(c), id, body.Values); err != nil {
		return err
	}
	return a.showDrawing(c, id)
}

// DrawDrawing draws; again, the first result stands.
func (a *API) DrawDrawing(c *gin.Context) error {
	id, err := drawingID(c)
	if err != nil {
		return err
	}
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	if _, err := a.Drawn.Draw(c.Request.Context(), actor(c), id); err != nil {
		return err
	}
	return a.showDrawing(c, id)
}

// PublishDrawing makes the result public.
func (a *API) PublishDrawing(c *gin.Context) error {
	id, err := drawingID(c)
	if err != nil {
		return err
	}
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	if err := a.Drawn.Publish(c.Request.Context(), actor(c), id); err != nil {
		return err
	}
	return a.showDrawing(c, id)
}

type forfeitRequest struct {
	Place  int    `json:"place"`
	Reason string `json:"reason"`
}

// ForfeitPlace gives a place on to a reserve.
func (a *API) ForfeitPlace(c *gin.Context) error {
	id, err := drawingID(c)
	if err != nil {
		return err
	}
	var body forfeitRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if _, err := a.Drawn.Forfeit(c.Request.Context(), actor(c), id, body.Place, body.Reason); err != nil {
		return err
	}
	return a.showDrawing(c, id)
}

type excludeRequest struct {
	Reason prize.ExclusionReason `json:"reason"`
	Note   string                `json:"note"`
}

// Exclude keeps a player out of the drawings that are not frozen yet.
func (a *API) Exclude(c *gin.Context) error {
	in, err := a.Catalog.Current(c.Param("contest"))
	if err != nil {
		return err
	}
	player, ok := sqldb.ParseID(c.Param("player"))
	if !ok {
		return identity.ErrNotEnrolled
	}
	var body excludeRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := a.Drawn.Exclude(c.Request.Context(), actor(c), in.ContestID, player, body.Reason, body.Note); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}

// Readmit takes an exclusion back.
func (a *API) Readmit(c *gin.Context) error {
	in, err := a.Catalog.Current(c.Param("contest"))
	if err != nil {
		return err
	}
	player, ok := sqldb.ParseID(c.Param("player"))
	if !ok {
		return identity.ErrNotEnrolled
	}
	if err := a.Drawn.Readmit(c.Request.Context(), actor(c), in.ContestID, player); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}
