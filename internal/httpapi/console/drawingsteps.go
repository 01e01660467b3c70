package console

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// drawingStep takes a drawing one step on, by what the request holds, and shows it.
func drawingStep[T any](a *API, c *gin.Context, take func(ctx context.Context, id sqldb.ID, body T) error) error {
	id, err := drawingID(c)
	if err != nil {
		return err
	}
	var body T
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := take(c.Request.Context(), id, body); err != nil {
		return err
	}
	return a.showDrawing(c, id)
}

// FreezeDrawing begins to put the list together; how far it is and what came of it
// stands in the drawing.
func (a *API) FreezeDrawing(c *gin.Context) error {
	return drawingStep(a, c, func(ctx context.Context, id sqldb.ID, _ struct{}) error {
		return a.Drawn.StartFreeze(ctx, actor(c), id)
	})
}

type reasonRequest struct {
	Reason string `json:"reason"`
}

// CancelDrawing gives a drawing up before its source is known.
func (a *API) CancelDrawing(c *gin.Context) error {
	return drawingStep(a, c, func(ctx context.Context, id sqldb.ID, body reasonRequest) error {
		return a.Drawn.Cancel(ctx, actor(c), id, body.Reason)
	})
}

type valuesRequest struct {
	Values []string `json:"values"` // of each source, in the order of the plan
}

// EnterSource takes the values of the public source from one of the two who enter
// them.
func (a *API) EnterSource(c *gin.Context) error {
	return drawingStep(a, c, func(ctx context.Context, id sqldb.ID, body valuesRequest) error {
		_, err := a.Drawn.Enter(ctx, actor(c), id, body.Values)
		return err
	})
}

// DrawDrawing draws; again, the first result stands.
func (a *API) DrawDrawing(c *gin.Context) error {
	return drawingStep(a, c, func(ctx context.Context, id sqldb.ID, _ struct{}) error {
		_, err := a.Drawn.Draw(ctx, actor(c), id)
		return err
	})
}

// PublishDrawing makes the result public.
func (a *API) PublishDrawing(c *gin.Context) error {
	return drawingStep(a, c, func(ctx context.Context, id sqldb.ID, _ struct{}) error {
		return a.Drawn.Publish(ctx, actor(c), id)
	})
}

type forfeitRequest struct {
	Place  int    `json:"place"`
	Reason string `json:"reason"`
}

// ForfeitPlace gives a place on to a reserve.
func (a *API) ForfeitPlace(c *gin.Context) error {
	return drawingStep(a, c, func(ctx context.Context, id sqldb.ID, body forfeitRequest) error {
		_, err := a.Drawn.Forfeit(ctx, actor(c), id, body.Place, body.Reason)
		return err
	})
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
