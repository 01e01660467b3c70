package player

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/conduct"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
)

// decisionReply is what a player is told about being disqualified.
type decisionReply struct {
	State       conduct.State `json:"state"` // standing or undone
	Reason      string        `json:"reason"`
	DecidedAt   int64         `json:"decided_at"`
	EndedAt     int64         `json:"ended_at"`
	EndedReason string        `json:"ended_reason"`
	Appeal      *appealReply  `json:"appeal"`
}

type appealReply struct {
	Text       string `json:"text"`
	MadeAt     int64  `json:"made_at"`
	Answer     string `json:"answer"` // empty before it is answered
	AnsweredAt int64  `json:"answered_at"`
}

// Decision tells a player about the newest decision; null for none.
func (a *API) Decision(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	reply, err := a.decisionAbout(c.Request.Context(), in.ContestID, player)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"decision": reply, "contact": in.Contact})
}

func (a *API) decisionAbout(ctx context.Context, contestID, player sqldb.ID) (*decisionReply, error) {
	d, err := a.Conduct.LastOf(ctx, contestID, player)
	if err != nil || d == nil {
		return nil, err
	}
	reply := &decisionReply{State: stateOf(d), Reason: d.Reason, DecidedAt: d.DecidedAt, EndedAt: d.EndedAt,
		EndedReason: d.EndedReason}
	appeals, err := a.Conduct.AppealsOf(ctx, []conduct.Decision{*d})
	if of, ok := appeals[d.ID]; ok {
		reply.Appeal = &appealReply{Text: of.Text, MadeAt: of.MadeAt, Answer: of.Answer, AnsweredAt: of.AnsweredAt}
	}
	return reply, err
}

func stateOf(d *conduct.Decision) conduct.State {
	if d.Stands() {
		return conduct.Standing
	}
	return conduct.Undone
}

// restoredShown is how long the home page tells that a disqualification was taken
// back, in ms.
const restoredShown = 14 * 24 * 60 * 60 * 1000

// decisionState is what the home page tells: standing, lately undone, or empty.
func (a *API) decisionState(ctx context.Context, contestID, player sqldb.ID) (conduct.State, error) {
	d, err := a.Conduct.LastOf(ctx, contestID, player)
	if err != nil || d == nil || !d.Stands() && a.millis()-d.EndedAt > restoredShown {
		return "", err
	}
	return stateOf(d), nil
}

type appealRequest struct {
	Text string `json:"text"`
}

// Appeal takes what the player says against the decision that stands, once.
func (a *API) Appeal(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	var body appealRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	ctx := c.Request.Context()
	if err := a.Conduct.Appeal(ctx, in.ContestID, player, body.Text); err != nil {
		return err
	}
	reply, err := a.decisionAbout(ctx, in.ContestID, player)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"decision": reply, "contact": in.Contact})
}
