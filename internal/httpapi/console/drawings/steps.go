package drawings

import (
	"context"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/sqldb"
)

// step takes a drawing one step on, by what the request holds, and shows it.
func step[T any](a *API, c *gin.Context, take func(ctx context.Context, id sqldb.ID, body T) error) error {
	id, err := web.ID(c, "drawing", drawing.ErrDrawingUnknown)
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

type freezeRequest struct {
	Signals *int `json:"signals"` // players with open signals, as seen
	Held    *int `json:"held"`    // attempts that wait, as seen
}

// Freeze begins to put the list together; how far it is and what came of it
// stands in the drawing.
func (a *API) Freeze(c *gin.Context) error {
	return step(a, c, func(ctx context.Context, id sqldb.ID, body freezeRequest) error {
		if body.Signals == nil {
			return errs.InvalidField("signals", "请先看一遍线索，确认后再冻结")
		}
		if body.Held == nil {
			return errs.InvalidField("held", "请先看一遍等待查看的答题，确认后再冻结")
		}
		return a.Drawings.StartFreeze(ctx, console.Actor(c), id, drawing.Seen{Signals: *body.Signals, Held: *body.Held})
	})
}

type reasonRequest struct {
	Reason string `json:"reason"`
}

// Cancel gives a drawing up before its source is known.
func (a *API) Cancel(c *gin.Context) error {
	return step(a, c, func(ctx context.Context, id sqldb.ID, body reasonRequest) error {
		return a.Drawings.Cancel(ctx, console.Actor(c), id, body.Reason)
	})
}

type valuesRequest struct {
	Values []string `json:"values"` // of each source, in the order of the plan
}

// EnterSource takes the values of the public source from one of the two who enter
// them.
func (a *API) EnterSource(c *gin.Context) error {
	return step(a, c, func(ctx context.Context, id sqldb.ID, body valuesRequest) error {
		_, err := a.Drawings.Enter(ctx, console.Actor(c), id, body.Values)
		return err
	})
}

// Draw draws; again, the first result stands.
func (a *API) Draw(c *gin.Context) error {
	return step(a, c, func(ctx context.Context, id sqldb.ID, _ struct{}) error {
		_, err := a.Drawings.Draw(ctx, console.Actor(c), id)
		return err
	})
}

// Publish makes the result public.
func (a *API) Publish(c *gin.Context) error {
	return step(a, c, func(ctx context.Context, id sqldb.ID, _ struct{}) error {
		return a.Drawings.Publish(ctx, console.Actor(c), id)
	})
}

type forfeitRequest struct {
	Place  int    `json:"place"`
	Reason string `json:"reason"`
}

// Forfeit proposes to give a place on to a reserve.
func (a *API) Forfeit(c *gin.Context) error {
	return step(a, c, func(ctx context.Context, id sqldb.ID, body forfeitRequest) error {
		return a.Drawings.ProposeForfeit(ctx, console.Actor(c), id, body.Place, body.Reason)
	})
}
