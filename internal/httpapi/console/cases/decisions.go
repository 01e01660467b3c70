package cases

import (
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/conduct"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
)

type decisionReply struct {
	State       conduct.State `json:"state"` // proposed, standing, undone, or closed when it was withdrawn
	Reason      string        `json:"reason"`
	ProposedBy  string        `json:"proposed_by"`
	ProposedAt  int64         `json:"proposed_at"`
	Mine        bool          `json:"mine"`   // who looks has proposed it
	Judged      bool          `json:"judged"` // who looks has proposed it or agreed, and so answers no appeal
	AgreedBy    string        `json:"agreed_by"`
	Note        string        `json:"note"` // of the two who decided; mostly empty
	DecidedAt   int64         `json:"decided_at"`
	EndedBy     string        `json:"ended_by"`
	EndedAt     int64         `json:"ended_at"`
	EndedReason string        `json:"ended_reason"`
	Appeal      *appealReply  `json:"appeal"`
	Undo        *undoReply    `json:"undo"` // what somebody has proposed, to end it
}

type undoReply struct {
	Reason string `json:"reason"`
	By     string `json:"by"`
	At     int64  `json:"at"`
	Mine   bool   `json:"mine"`
}

type appealReply struct {
	Text       string `json:"text"`
	MadeAt     int64  `json:"made_at"`
	Answer     string `json:"answer"`
	AnsweredBy string `json:"answered_by"`
	AnsweredAt int64  `json:"answered_at"`
}

func decisionOf(d *conduct.Decision, viewer sqldb.ID) decisionReply {
	reply := decisionReply{State: conduct.Proposed, Reason: d.Reason, ProposedBy: d.FirstName, ProposedAt: d.ProposedAt,
		Mine: d.FirstBy == viewer, AgreedBy: d.SecondName, Note: d.Note,
		DecidedAt: d.DecidedAt, EndedBy: d.EndedName, EndedAt: d.EndedAt,
		EndedReason: d.EndedReason}
	reply.Judged = d.FirstBy == viewer || d.SecondBy != nil && *d.SecondBy == viewer
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
func (a *API) decisionsOf(c *gin.Context, id sqldb.ID) ([]decisionReply, error) {
	decisions, err := a.Conduct.Decisions(c.Request.Context(), id)
	if err != nil {
		return nil, err
	}
	appeals, err := a.Conduct.AppealsOf(c.Request.Context(), decisions)
	reply := []decisionReply{}
	for i := range decisions {
		d := decisionOf(&decisions[i], console.Member(c).ID)
		undo, err := a.Conduct.UndoWaiting(c.Request.Context(), &decisions[i])
		if err != nil {
			return nil, err
		}
		if undo != nil {
			d.Undo = &undoReply{Reason: undo.Reason, By: undo.By.Name, At: undo.At, Mine: undo.By.ID == console.Member(c).ID}
		}
		if of, ok := appeals[decisions[i].ID]; ok {
			d.Appeal = &appealReply{
				Text: of.Text, MadeAt: of.MadeAt, Answer: of.Answer, AnsweredBy: of.AnsweredName, AnsweredAt: of.AnsweredAt,
			}
		}
		reply = append(reply, d)
	}
	return reply, err
}

// show answers with a case and all that it rests on.
func (a *API) show(c *gin.Context, id sqldb.ID) error {
	of, err := a.Conduct.Case(c.Request.Context(), id)
	if err != nil {
		return err
	}
	in, err := a.Catalog.Of(of.ContestID)
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
	reply := gin.H{"contest": contestview.HeadingOf(in), "evidence": evidence, "decisions": decisions,
		"found": json.RawMessage(of.Evidence), "closed_by": of.ClosedName, "closed_at": of.ClosedAt,
		"closed_note": of.ClosedNote}
	for i := range newest {
		if newest[i].ID == id {
			reply["case"] = caseOf(&newest[i], func(sqldb.ID) personReply { return evidence.Who })
		}
	}
	return web.JSON(c, http.StatusOK, reply)
}

// Case shows one case.
func (a *API) Case(c *gin.Context) error {
	id, err := web.ID(c, "case", conduct.ErrCase)
	if err != nil {
		return err
	}
	return a.show(c, id)
}
