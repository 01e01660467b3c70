package console

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/conduct"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

type decisionReply struct {
	State       conduct.State `json:"state"` // proposed, standing, undone, or closed when it was withdrawn
	Reason      string        `json:"reason"`
	ProposedBy  string        `json:"proposed_by"`
	ProposedAt  int64         `json:"proposed_at"`
	Mine        bool          `json:"mine"` // who looks has proposed it
	AgreedBy    string        `json:"agreed_by"`
	DecidedAt   int64         `json:"decided_at"`
	EndedBy     string        `json:"ended_by"`
	EndedAt     int64         `json:"ended_at"`
	EndedReason string        `json:"ended_reason"`
	Appeal      *appealReply  `json:"appeal"`
}

type appealReply struct {
	Text       string `json:"text"`
	MadeAt     int64  `json:"made_at"`
	Answer     string `json:"answer"`
	AnsweredBy string `json:"answered_by"`
	AnsweredAt int64  `json:"answered_at"`
}

func decisionOf(d *conduct.Decision, viewer sqldb.ID) decisionReply {
	reply := decisionReply{State: conduct.Proposed, Reason: d.Reason, ProposedBy: d.FirstName, ProposedAt: d.ProposedAt, Mine: d.FirstBy == viewer,
		AgreedBy: d.SecondName, DecidedAt: d.DecidedAt, EndedBy: d.EndedName, EndedAt: d.EndedAt, EndedReason: d.EndedReason}
	switch {
	case d.Stands():
		reply.State = conduct.Standing
	case d.EndedAt != 0 && d.DecidedAt != 0:
		reply.State = conduct.Undone
	case d.EndedAt != 0:
		reply.State = conduct.Closed
	}
	return reply
}

// decisionsOf reads the decisions of a case with their appeals, the newest first.
func (a *API) decisionsOf(c *gin.Context, caseID sqldb.ID) ([]decisionReply, error) {
	decisions, err := a.Conduct.Decisions(c.Request.Context(), caseID)
	if err != nil {
		return nil, err
	}
	appeals, err := a.Conduct.AppealsOf(c.Request.Context(), decisions)
	reply := []decisionReply{}
	for i := range decisions {
		d := decisionOf(&decisions[i], member(c).ID)
		if of, ok := appeals[decisions[i].ID]; ok {
			d.Appeal = &appealReply{of.Text, of.MadeAt, of.Answer, of.AnsweredName, of.AnsweredAt}
		}
		reply = append(reply, d)
	}
	return reply, err
}

func caseID(c *gin.Context) (sqldb.ID, error) {
	id, ok := sqldb.ParseID(c.Param("case"))
	if !ok {
		return 0, conduct.ErrCase
	}
	return id, nil
}

// showCase answers with a case and all that it rests on.
func (a *API) showCase(c *gin.Context, id sqldb.ID) error {
	of, err := a.Conduct.Case(c.Request.Context(), id)
	if err != nil {
		return err
	}
	in, err := a.Drawn.ContestOf(of.ContestID)
	if err != nil {
		return err
	}
	evidence, err := a.evidenceOf(c, in, of.PlayerID)
	if err != nil {
		return err
	}
	decisions, err := a.decisionsOf(c, id)
	if err != nil {
		return err
	}
	newest, err := a.Conduct.CasesOf(c.Request.Context(), of.ContestID, of.PlayerID)
	if err != nil {
		return err
	}
	reply := gin.H{"contest": gin.H{"slug": in.Slug, "title": in.Title}, "evidence": evidence, "decisions": decisions,
		"found": json.RawMessage(of.Evidence), "closed_by": of.ClosedName, "closed_at": of.ClosedAt, "closed_note": of.ClosedNote}
	for i := range newest {
		if newest[i].ID == id {
			reply["case"] = caseOf(&newest[i], func(sqldb.ID) personReply { return evidence.Who })
		}
	}
	return web.JSON(c, http.StatusOK, reply)
}

// Case shows one case.
func (a *API) Case(c *gin.Context) error {
	id, err := caseID(c)
	if err != nil {
		return err
	}
	return a.showCase(c, id)
}

type noteRequest struct {
	Note string `json:"note"`
}

type answerRequest struct {
	Answer string `json:"answer"`
}

// ProposeCase is the first half of disqualifying a player.
func (a *API) ProposeCase(c *gin.Context) error {
	var body reasonRequest
	return a.stepCase(c, &body, func(ctx context.Context, by staff.Actor, id sqldb.ID) error {
		return a.Conduct.Propose(ctx, by, id, body.Reason)
	})
}

// AgreeCase is the second half, by another person.
func (a *API) AgreeCase(c *gin.Context) error {
	return a.stepCase(c, &struct{}{}, a.Conduct.Agree)
}

// WithdrawCase takes a proposal back.
func (a *API) WithdrawCase(c *gin.Context) error {
	return a.stepCase(c, &struct{}{}, a.Conduct.Withdraw)
}

// UndoCase takes a disqualification back.
func (a *API) UndoCase(c *gin.Context) error {
	var body reasonRequest
	return a.stepCase(c, &body, func(ctx context.Context, by staff.Actor, id sqldb.ID) error {
		return a.Conduct.Undo(ctx, by, id, body.Reason)
	})
}

// CloseCase ends a case that led to nothing.
func (a *API) CloseCase(c *gin.Context) error {
	var body noteRequest
	return a.stepCase(c, &body, func(ctx context.Context, by staff.Actor, id sqldb.ID) error {
		return a.Conduct.Close(ctx, by, id, body.Note)
	})
}

// AnswerAppeal answers what the player said against the decision.
func (a *API) AnswerAppeal(c *gin.Context) error {
	var body answerRequest
	return a.stepCase(c, &body, func(ctx context.Context, by staff.Actor, id sqldb.ID) error {
		return a.Conduct.AnswerAppeal(ctx, by, id, body.Answer)
	})
}

// stepCase reads a body, does one step and shows the case as it stands then.
func (a *API) stepCase(c *gin.Context, body any, step func(context.Context, staff.Actor, sqldb.ID) error) error {
	id, err := caseID(c)
	if err != nil {
		return err
	}
	if err := web.Decode(c, body); err != nil {
		return err
	}
	if err := step(c.Request.Context(), actor(c), id); err != nil {
		return err
	}
	return a.showCase(c, id)
}
