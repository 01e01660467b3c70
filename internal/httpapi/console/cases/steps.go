package cases

import (
	"context"

	"github.com/gin-gonic/gin"

	"anquanda/internal/conduct"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

type reasonRequest struct {
	Reason string `json:"reason"`
}

type noteRequest struct {
	Note string `json:"note"`
}

type answerRequest struct {
	Answer string `json:"answer"`
}

// Propose is the first half of disqualifying a player.
func (a *API) Propose(c *gin.Context) error {
	var body reasonRequest
	return a.step(c, &body, func(ctx context.Context, by staff.Actor, id sqldb.ID) error {
		return a.Conduct.Propose(ctx, by, id, body.Reason)
	})
}

// Agree is the second half, by another person.
func (a *API) Agree(c *gin.Context) error {
	return a.step(c, &struct{}{}, a.Conduct.Agree)
}

// Withdraw takes a proposal back.
func (a *API) Withdraw(c *gin.Context) error {
	return a.step(c, &struct{}{}, a.Conduct.Withdraw)
}

// AgreeUndo is the second half of taking a disqualification back.
func (a *API) AgreeUndo(c *gin.Context) error {
	return a.step(c, &struct{}{}, a.Conduct.AgreeUndo)
}

// WithdrawUndo leaves a disqualification as it is.
func (a *API) WithdrawUndo(c *gin.Context) error {
	return a.step(c, &struct{}{}, a.Conduct.WithdrawUndo)
}

// Undo is the first half of taking a disqualification back.
func (a *API) Undo(c *gin.Context) error {
	var body reasonRequest
	return a.step(c, &body, func(ctx context.Context, by staff.Actor, id sqldb.ID) error {
		return a.Conduct.Undo(ctx, by, id, body.Reason)
	})
}

// Close ends a case that led to nothing.
func (a *API) Close(c *gin.Context) error {
	var body noteRequest
	return a.step(c, &body, func(ctx context.Context, by staff.Actor, id sqldb.ID) error {
		return a.Conduct.Close(ctx, by, id, body.Note)
	})
}

// AnswerAppeal answers what the player said against the decision.
func (a *API) AnswerAppeal(c *gin.Context) error {
	var body answerRequest
	return a.step(c, &body, func(ctx context.Context, by staff.Actor, id sqldb.ID) error {
		return a.Conduct.AnswerAppeal(ctx, by, id, body.Answer)
	})
}

// step reads a body, does one step and shows the case as it stands then.
func (a *API) step(c *gin.Context, body any, step func(context.Context, staff.Actor, sqldb.ID) error) error {
	id, err := web.ID(c, "case", conduct.ErrCase)
	if err != nil {
		return err
	}
	if err := web.Decode(c, body); err != nil {
		return err
	}
	if err := step(c.Request.Context(), console.Actor(c), id); err != nil {
		return err
	}
	return a.show(c, id)
}
